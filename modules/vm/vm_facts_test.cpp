// The parts of the mapping that have more cases than a golden row shows.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "vm_guest.hpp"
#include "vm_power.hpp"
#include "vm_time.hpp"
#include "vm_v3.hpp"
#include "vm_v4.hpp"

namespace {

std::string size_text(std::int64_t vcpus, std::int64_t bytes) {
    vm::Size size;
    size.vcpus = vcpus;
    size.memory_bytes = bytes;
    std::string out = "old";
    vm::print_size(out, size);
    return out;
}

// The facts of a machine in JSON, by one generation's form.
class Read {
  public:
    Read(int dialect, std::string_view machine) : document_(machine) {
        const pf::Value value(pf::testing::document_reader(), document_.root());
        dialect == 3 ? vm::read_v3(value, facts) : vm::read_v4(value, facts);
    }
    vm::Facts facts;

  private:
    pf::testing::Document document_;
};

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
    const auto v4 = [](std::string_view text) { return Read(4, text).facts.size.vcpus; };
    CHECK(v4(R"({"numSockets":2,"numCoresPerSocket":4,"numThreadsPerCore":2})") == 16);
    CHECK(v4(R"({"numSockets":2,"numCoresPerSocket":4})") == 8);
    CHECK(v4(R"({"numSockets":2})") == 0);
    CHECK(v4(R"({"numSockets":-2,"numCoresPerSocket":-4})") == 0);
    CHECK(v4(R"({"numSockets":9223372036854775807,"numCoresPerSocket":4})") == 0);
    CHECK(v4(R"({"numSockets":"2","numCoresPerSocket":4})") == 0);
    const auto v3 = [](const std::string& resources) {
        return Read(3, R"({"status":{"resources":)" + resources + "}}").facts.size;
    };
    CHECK(v3(R"({"num_sockets":2,"num_vcpus_per_socket":4,"num_threads_per_core":2})").vcpus == 16);
    CHECK(v3(R"({"num_sockets":2,"num_vcpus_per_socket":4})").vcpus == 8);
    CHECK(v3(R"({"num_sockets":2.5,"num_vcpus_per_socket":4})").vcpus == 0);
    CHECK(v3(R"({"memory_size_mib":1536})").memory_bytes == 1610612736);
    CHECK(v3(R"({"memory_size_mib":-1})").memory_bytes == 0);
    CHECK(v3(R"({"memory_size_mib":9223372036854775807})").memory_bytes == 0);
}

TEST_CASE("times are in whole seconds") {
    std::string buffer;
    CHECK(vm::whole_seconds("2026-03-02T09:15:46.269181Z", buffer) == "2026-03-02T09:15:46Z");
    CHECK(vm::whole_seconds("2026-03-02T09:15:46Z", buffer) == "2026-03-02T09:15:46Z");
    CHECK(vm::whole_seconds("2026-03-02T09:15:46.5+01:00", buffer) == "2026-03-02T09:15:46+01:00");
    CHECK(vm::whole_seconds("2026-03-02T09:15:46.", buffer) == "2026-03-02T09:15:46");
    CHECK(vm::whole_seconds("", buffer).empty());
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
    using Texts = std::vector<std::string_view>;
    Read v4(4, R"({"nics":[
        {"networkInfo":{"ipv4Info":{"learnedIpAddresses":[{"value":"169.254.1.1"},{"value":"10.0.0.10"}]}}},
        {"nicNetworkInfo":{"ipv4Config":{"ipAddress":{"value":"10.0.0.9"}},
                           "ipv4Info":{"learnedIpAddresses":[{"value":"10.0.0.9"},{"value":"10.0.0.10"}]},
                           "ipv6Info":{"learnedIpv6Addresses":[{"value":"fe80::1"},{"value":"2001:db8::1"}]}},
         "networkInfo":{"ipv4Config":{"ipAddress":{"value":"1.1.1.1"}}}},
        {"networkInfo":{"ipv4Config":{"ipAddress":{"value":"10.0.0.256"}}}}]})");
    Read v3(3, R"({"status":{"resources":{"nic_list":[
        {"ip_endpoint_list":[{"ip":"169.254.1.1","type":"LEARNED"},{"ip":"10.0.0.10","type":"LEARNED"}]},
        {"ip_endpoint_list":[{"ip":"fe80::1","type":"LEARNED"},{"ip":"10.0.0.10","type":"LEARNED"},
                             {"ip":"10.0.0.9","type":"LEARNED"},{"ip":"10.0.0.9","type":"ASSIGNED"},
                             {"ip":"2001:db8::1","type":"LEARNED"}]},
        {"ip_endpoint_list":[{"ip":"10.0.0.256","type":"ASSIGNED"}]}]}}})");
    for (Read* read : {&v4, &v3}) {
        vm::Addresses& addresses = read->facts.addresses;
        CHECK(addresses.sorted() == Texts{"10.0.0.9", "10.0.0.10", "169.254.1.1", "10.0.0.256",
                                          "2001:db8::1", "fe80::1"});
        CHECK(addresses.primary() == "10.0.0.10");
        Texts second;
        addresses.each_of(1, [&](std::string_view text) { second.push_back(text); });
        CHECK(second == Texts{"10.0.0.9", "10.0.0.10", "fe80::1", "2001:db8::1"});
        read->facts.clear();
        CHECK(addresses.sorted().empty());
        CHECK(addresses.primary().empty());
    }
}
