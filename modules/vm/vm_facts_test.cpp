// The parts of the mapping that have more cases than a golden row shows.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "vm_guest.hpp"
#include "vm_record.hpp"

namespace {

std::string size_text(std::int64_t vcpus, std::int64_t bytes) {
    vm::Size size;
    size.vcpus = vcpus;
    size.memory_bytes = bytes;
    std::string out = "old";
    vm::print_size(out, size);
    return out;
}

std::vector<std::string_view> sorted_addresses(const pf::testing::Document& nics,
                                               vm::Addresses& addresses) {
    addresses.gather(pf::Value(pf::testing::document_reader(), nics.root()));
    return addresses.sorted();
}

}  // namespace

TEST_CASE("sizes are in GiB with at most two decimals") {
    constexpr std::int64_t gib = std::int64_t{1} << 30;
    CHECK(size_text(4, 16 * gib) == "4 vCPU / 16 GB");
    CHECK(size_text(2, gib + gib / 2) == "2 vCPU / 1.5 GB");
    CHECK(size_text(2, gib + gib / 4) == "2 vCPU / 1.25 GB");
    CHECK(size_text(1, gib / 1024) == "1 vCPU / 0 GB");
    CHECK(size_text(1, gib / 16) == "1 vCPU / 0.06 GB");
    CHECK(size_text(8, 0) == "8 vCPU");
    CHECK(size_text(0, gib) == "1 GB");
    CHECK(size_text(0, 0).empty());
}

TEST_CASE("threads count, and counts that cannot be true do not") {
    const auto vcpus = [](std::string_view text) {
        const pf::testing::Document document(text);
        return vm::size_of(pf::Value(pf::testing::document_reader(), document.root())).vcpus;
    };
    CHECK(vcpus(R"({"numSockets":2,"numCoresPerSocket":4,"numThreadsPerCore":2})") == 16);
    CHECK(vcpus(R"({"numSockets":2,"numCoresPerSocket":4})") == 8);
    CHECK(vcpus(R"({"numSockets":2})") == 0);
    CHECK(vcpus(R"({"numSockets":-2,"numCoresPerSocket":-4})") == 0);
    CHECK(vcpus(R"({"numSockets":9223372036854775807,"numCoresPerSocket":4})") == 0);
    CHECK(vcpus(R"({"numSockets":"2","numCoresPerSocket":4})") == 0);
}

TEST_CASE("power states") {
    CHECK(vm::instance_state("ON") == "RUNNING");
    CHECK(vm::instance_state("OFF") == "STOPPED");
    CHECK(vm::instance_state("PAUSED") == "SUSPENDED");
    CHECK(vm::instance_state("SUSPENDED") == "SUSPENDED");
    CHECK(vm::instance_state("UNDETERMINED").empty());
    CHECK(vm::instance_state("").empty());
}

TEST_CASE("guest systems") {
    CHECK(vm::os_type("linux:64:Ubuntu Linux-22.04", "Ubuntu 22.04.5 LTS") == "LINUX");
    CHECK(vm::os_type("", "Microsoft Windows Server 2022 (64-bit)") == "WINDOWS");
    CHECK(vm::os_type("windows:64:x", "") == "WINDOWS");
    CHECK(vm::os_type("", "Rocky 9.3") == "LINUX");
    CHECK(vm::os_type("", "FreeBSD 14") == "");
    CHECK(vm::os_type("", "") == "");
    CHECK(vm::os_distro("Red Hat Enterprise Linux 9.2") == "redhat");
    CHECK(vm::os_distro("Oracle Linux Server 8.9 (Red Hat compatible)") == "oracle");
    CHECK(vm::os_distro("SLES 15 SP5") == "suse");
    CHECK(vm::os_distro("something else") == "");
}

TEST_CASE("addresses are sorted by number and told once") {
    const pf::testing::Document nics(R"([
        {"networkInfo":{"ipv4Info":{"learnedIpAddresses":[{"value":"169.254.1.1"},{"value":"10.0.0.10"}]}}},
        {"nicNetworkInfo":{"ipv4Config":{"ipAddress":{"value":"10.0.0.9"}},
                           "ipv4Info":{"learnedIpAddresses":[{"value":"10.0.0.9"},{"value":"10.0.0.10"}]},
                           "ipv6Info":{"learnedIpv6Addresses":[{"value":"fe80::1"},{"value":"2001:db8::1"}]}},
         "networkInfo":{"ipv4Config":{"ipAddress":{"value":"1.1.1.1"}}}},
        {"networkInfo":{"ipv4Config":{"ipAddress":{"value":"10.0.0.256"}}}}])");
    vm::Addresses addresses;
    CHECK(sorted_addresses(nics, addresses) ==
          std::vector<std::string_view>{"10.0.0.9", "10.0.0.10", "169.254.1.1", "10.0.0.256",
                                        "2001:db8::1", "fe80::1"});
    CHECK(addresses.primary() == "10.0.0.10");
    std::vector<std::string_view> second;
    addresses.each_of(1, [&](std::string_view text) { second.push_back(text); });
    CHECK(second ==
          std::vector<std::string_view>{"10.0.0.9", "10.0.0.10", "fe80::1", "2001:db8::1"});

    const pf::testing::Document none("[]");
    CHECK(sorted_addresses(none, addresses).empty());
    CHECK(addresses.primary().empty());
}
