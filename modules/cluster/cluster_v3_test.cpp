// Clusters and hosts by API v3: what differs from v4, side by side, and the odd ones.
#include <algorithm>
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>
#include <set>

#include "tests/abi/proxy/proxy.hpp"

namespace {

using pf::testing::FakeHost;
using pf::testing::Record;
using pf::testing::Run;

const std::string testdata = PF_MODULE_SOURCE_DIRECTORY "/testdata/";

std::string page(const std::string& name) {
    return pf::testing::read_file(testdata + name + ".json");
}

void script_v4(FakeHost& host) {
    for (const char* endpoint : {"clusters", "categories"}) host.page(endpoint, page(endpoint));
    host.page("hosts", page("hosts_1"));
}

void script_v3(FakeHost& host) {
    host.dialect(3);
    host.page("clusters", page("v3/clusters")).page("hosts", page("v3/hosts"));
}

// What one generation knows and the other does not, by the end of its path; all else is equal.
const std::set<std::string> allowed = {
    // clusters
    "$.data.cluster.type", "$.data.cluster.upgrade_status", "$.data.cluster.encryption",
    "$.data.cluster.remote_support", "$.data.network.vcenter_ip",
    "$.data.network.segmented_backplane", "$.data.resilience.tolerated_failures",
    "$.data.resilience.wanted_tolerated_failures", "$.data.resilience.fault_tolerance",
    "$.data.resilience.wanted_fault_tolerance", "$.data.capacity.storage_bytes",
    "$.data.categories[*].uuid", "$.data.usage.vm_count",
    // hosts
    "$.data.host.state", "$.data.host.connection", "$.data.host.maintenance",
    "$.data.host.node_status", "$.data.host.degraded", "$.data.host.secure_boot",
    "$.data.host.reboot_pending", "$.data.hardware.threads", "$.data.hardware.frequency_ghz",
    "$.data.hardware.gpu_driver", "$.data.hypervisor.type", "$.data.controller_vm.backplane_ip",
    "$.data.controller_vm.maintenance", "$.data.disks[*].serial", "$.data.disks[*].tier",
    "$.data.disks[*].size", "$.data.disks[*].mount_path"};

// "$.a[12].b: expected ..." -> "$.a[*].b"
std::string pattern_of(const std::string& line) {
    std::string pattern;
    for (const char c : line.substr(0, line.find(": "))) {
        const bool is_digit = c >= '0' && c <= '9';
        if (is_digit && !pattern.empty() && pattern.back() == '*') continue;
        pattern += is_digit && !pattern.empty() && pattern.back() == '[' ? '*' : c;
    }
    return pattern;
}

void compare(const Run& by_v4, const Run& by_v3, std::set<std::string>& used) {
    CHECK(by_v3.records.size() == by_v4.records.size());
    for (const Record& expected : by_v4.records) {
        const Record& actual = by_v3.record(expected.id);
        CAPTURE(expected.id);
        CHECK(actual.unknown == expected.unknown);
        const std::string text = pf::testing::difference(expected.canonical(), actual.canonical());
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = text.find('\n', at);
            const std::string line = text.substr(at, end - at);
            at = end + 1;
            const std::string pattern = pattern_of(line);
            used.insert(pattern);
            if (!allowed.contains(pattern)) FAIL_CHECK(line);
        }
    }
}

}  // namespace

TEST_CASE("side by side: clusters and hosts by v3 equal those by v4 where both know") {
    std::set<std::string> used;
    for (const char* kind : {"cluster", "host"}) {
        CAPTURE(kind);
        FakeHost v4(pf_module_entry_v0());
        script_v4(v4);
        FakeHost v3(pf_module_entry_v0());
        script_v3(v3);
        const Run by_v3 = v3.collect(kind);
        CHECK(by_v3.status == PF_OK);
        CHECK(by_v3.problems.empty());
        CHECK(by_v3.lost.empty());
        CHECK(by_v3.notes.empty());
        CHECK(by_v3.odd_reads == 0);
        compare(v4.collect(kind), by_v3, used);
    }
    // An exception nobody needs any more is taken off the list.
    CHECK(used == allowed);
}

TEST_CASE("by v3: Prism Central and its pseudo hosts are neither cluster nor host") {
    for (const auto& [kind, filtered] : {std::pair("cluster", 1 + 6), std::pair("host", 2)}) {
        CAPTURE(kind);
        FakeHost host(pf_module_entry_v0());
        script_v3(host);
        const Run run = host.collect(kind);
        CHECK(run.filtered == static_cast<std::size_t>(filtered));
        REQUIRE(run.skips.size() == 1);
        CHECK(run.skips[0].code == std::string(kind) + ".no_id");
        CHECK(run.rows().dump().find("never-emitted") == std::string::npos);
        const std::string golden = testdata + "v3/" + kind + "_rows.json";
        CHECK(pf::testing::golden_difference(golden, run.rows()) == "");
    }
}

TEST_CASE("by v3: a host's cluster has its name from the look-up") {
    FakeHost host(pf_module_entry_v0());
    script_v3(host);
    host.fail_lookup("clusters", PF_UNAVAILABLE);
    const Run run = host.collect("host");
    CHECK(run.status == PF_OK);
    REQUIRE(run.records.size() == 3);
    for (const Record& record : run.records) {
        CHECK(record.unknown == std::vector<std::string>{"cluster"});
        CHECK(record.content["region"].kind == PF_KIND_STRING);
    }
}

TEST_CASE("by v3 there are no disks, and the module says so") {
    FakeHost host(pf_module_entry_v0());
    script_v3(host);
    const Run run = host.collect("disk");
    CHECK(run.status == PF_NOT_FOUND);
    CHECK(run.records.empty());
}

TEST_CASE("by v3 through the proxy everything is the same") {
    const pf::test::Proxy proxy(pf_module_entry_v0());
    for (const char* kind : {"cluster", "host"}) {
        FakeHost direct(pf_module_entry_v0());
        script_v3(direct);
        FakeHost behind(proxy.module());
        script_v3(behind);
        CHECK(behind.collect(kind).text() == direct.collect(kind).text());
    }
}
