// VMs by API v3: what differs from v4, side by side, and the odd ones as golden rows.
#include <algorithm>
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "tests/abi/proxy/proxy.hpp"
#include "tests/modules/side_by_side.hpp"

namespace {

using pf::testing::FakeHost;
using pf::testing::Record;
using pf::testing::Run;

const std::string testdata = PF_MODULE_SOURCE_DIRECTORY "/testdata/";

std::string page(const std::string& name) {
    return pf::testing::read_file(testdata + name + ".json");
}

// One world, twice: the same machines, clusters, networks by v4 and by v3.
void script_v4(FakeHost& host) {
    host.page("vms", page("vms_1")).page("vms", page("vms_3"));
    for (const char* endpoint : {"clusters", "hosts", "subnets", "categories", "storage_containers",
                                 "projects", "images"}) {
        host.page(endpoint, page(endpoint));
    }
}

void script_v3(FakeHost& host) {
    host.dialect(3).page("vms", page("v3/vms_1"));
    for (const char* endpoint : {"clusters", "hosts", "subnets", "projects", "images"}) {
        host.page(endpoint, page(std::string("v3/") + endpoint));
    }
}

// What one generation knows and the other does not. Everything else must be equal.
const pf::test::Allowed allowed[] = {
    {"$.data.categories[*].uuid", "v3 names categories by key and value; UUIDs are v4's"},
    {"$.data.nutanix.custom_attributes", "new in v4.2"},
    {"$.data.os.details", "v4.2 has the full name of the system, v3 only the tools' version text"},
    {"$.data.os.hostname", "guestInfo is new in v4.2"},
    {"$.data.os.last_boot_at", "guestInfo is new in v4.2"},
};

}  // namespace

TEST_CASE("side by side: a VM by v3 equals the VM by v4 where both know") {
    FakeHost v4(pf_module_entry_v0());
    script_v4(v4);
    FakeHost v3(pf_module_entry_v0());
    script_v3(v3);
    const Run by_v4 = v4.collect("vm");
    const Run by_v3 = v3.collect("vm");
    CHECK(by_v3.status == PF_OK);
    CHECK(by_v3.problems.empty());
    CHECK(by_v3.lost.empty());
    CHECK(by_v3.notes.empty());
    REQUIRE(by_v4.records.size() == 3);
    REQUIRE(by_v3.records.size() == by_v4.records.size());
    pf::test::check_side_by_side(by_v4, by_v3, allowed);
}

TEST_CASE("by v3: VMs without resources, of other hypervisors, and odd ones") {
    FakeHost host(pf_module_entry_v0());
    script_v3(host);
    host.page("vms", page("v3/vms_2"));
    const Run run = host.collect("vm");
    CHECK(run.status == PF_OK);
    CHECK(run.problems.empty());
    CHECK(run.refused.empty());
    CHECK(run.lost.empty());
    CHECK(run.filtered == 1);
    REQUIRE(run.skips.size() == 1);
    CHECK(run.skips[0].code == "vm.no_id");
    CHECK(run.notes_of("vm.no_resources") == 2);
    CHECK(run.notes_of("vm.no_cluster") == 2);
    CHECK(run.notes_of("vm.power_state") == 1);
    CHECK(run.rows().dump().find("never-emitted") == std::string::npos);
    CHECK(pf::testing::golden_difference(testdata + "v3/rows.json", run.rows()) == "");
}

TEST_CASE("by v3: what a VM without resources does not show is unknown, never none") {
    FakeHost host(pf_module_entry_v0());
    script_v3(host);
    host.page("vms", page("v3/vms_2"));
    const Record record = host.collect("vm").record("00000000-0000-4000-8000-000000000311");
    const std::vector<std::string> expected = {
        "disks", "hardware",           "host",    "nics",   "nutanix",
        "os",    "primary_ip_address", "storage", "subnet", "vpc"};
    std::vector<std::string> unknown = record.unknown;
    std::sort(unknown.begin(), unknown.end());
    CHECK(unknown == expected);
    CHECK(record.content["ip_addresses"].kind == PF_KIND_ABSENT);
    CHECK(record.content["region"].text == "00061f7f-44f7-19dc-0000-000000000a01");
    CHECK(record.content["data"]["compute"]["instance_state"].text == "PENDING");
    CHECK(record.content["tags"]["AppTier"].text == "Web");
}

TEST_CASE("by v3: names come with the VM, look-ups only fill gaps") {
    FakeHost host(pf_module_entry_v0());
    script_v3(host);
    for (const char* lookup : {"clusters", "hosts", "projects", "images"}) {
        host.fail_lookup(lookup, PF_UNAVAILABLE);
    }
    const Run run = host.collect("vm");
    CHECK(run.status == PF_OK);
    const Record& web_01 = run.record("9b8f8626-ae01-40a3-a38d-6d4c2cc3254c");
    CHECK(web_01.unknown.empty());
    CHECK(web_01.content["data"]["host"]["name"].text == "ahv-a1");
    // db-02 has its cluster's UUID only, win-03 also its host's and its project's.
    CHECK(run.record("9142ae8e-5b56-4f28-81eb-a146fb847183").unknown ==
          std::vector<std::string>{"cluster"});
    CHECK(run.record("00000000-0000-4000-8000-000000000300").unknown ==
          std::vector<std::string>{"host", "cluster", "project"});
}

TEST_CASE("a namespace of v4 that is missing is looked up by v3, with the same names") {
    FakeHost all(pf_module_entry_v0());
    script_v4(all);
    FakeHost mixed(pf_module_entry_v0());
    script_v4(mixed);
    for (const char* endpoint : {"clusters", "hosts", "subnets", "projects", "images"}) {
        mixed.dialect(endpoint, 3);
        mixed.script().endpoints[mixed.script().index("endpoints", endpoint)].pages = {
            page(std::string("v3/") + endpoint)};
    }
    CHECK(pf::testing::difference(all.collect("vm").rows(), mixed.collect("vm").rows()) == "");
}

TEST_CASE("by v3 through the proxy everything is the same") {
    FakeHost direct(pf_module_entry_v0());
    script_v3(direct);
    const pf::test::Proxy proxy(pf_module_entry_v0());
    FakeHost behind(proxy.module());
    script_v3(behind);
    CHECK(behind.collect("vm").text() == direct.collect("vm").text());
}

TEST_CASE("by v3 a cancelled call ends with its status wherever it stands") {
    for (std::size_t calls = 1; calls <= 8; ++calls) {
        CAPTURE(calls);
        FakeHost host(pf_module_entry_v0());
        script_v3(host);
        host.cancel_after(calls, PF_DEADLINE_EXCEEDED);
        const Run run = host.collect("vm");
        CHECK(run.status == PF_DEADLINE_EXCEEDED);
        CHECK(run.problems.empty());
    }
}
