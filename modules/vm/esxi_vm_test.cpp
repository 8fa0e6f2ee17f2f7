// Kind esxi_vm: golden rows, v4 and v3 side by side, odd machines, failed look-ups.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "tests/modules/pages.hpp"
#include "tests/modules/side_by_side.hpp"

namespace {

using pf::testing::FakeHost;
using pf::testing::Run;

void script_v4(FakeHost& host) {
    host.page("esxi_vms", pf::test::page("esxi_vm/vms"));
    pf::test::answer(host, "", {"clusters", "hosts", "categories", "storage_containers"});
    pf::test::answer(host, "esxi_vm/", {"clusters", "hosts"});
}

void script_v3(FakeHost& host) {
    host.dialect(3).page("esxi_vms", pf::test::page("esxi_vm/vms_v3"));
    pf::test::answer(host, "v3/", {"clusters", "hosts"});
    pf::test::answer(host, "esxi_vm/v3/", {"clusters"});
}

constexpr const char* esx_app_01 = "576d4e73-18ed-4f58-bf21-f5bd050407a4";
constexpr const char* esx_db_03 = "00000000-0000-4000-8000-000000000e03";

const pf::test::Allowed allowed[] = {
    {"$.data.categories[*].uuid", "v3 names categories by key and value; UUIDs are v4's"},
    {"$.data.nutanix.hardware_version", "v3 does not show vCenter's hardware version"},
    {"$.data.os.details", "v3 has no text of vCenter, only that of the guest tools"},
    {"$.data.os.os_distro", "as details"},
    {"$.data.os.os_type", "as details"},
};

}  // namespace

TEST_CASE("ESXi rows are the golden rows") {
    FakeHost host(pf_module_entry_v0());
    script_v4(host);
    const Run run = host.collect("esxi_vm");
    CHECK(run.status == PF_OK);
    CHECK(run.problems.empty());
    CHECK(run.refused.empty());
    CHECK(run.lost.empty());
    CHECK(run.notes.empty());
    CHECK(pf::testing::golden_difference(pf::test::testdata + "esxi_vm/rows.json", run.rows()) ==
          "");
    CHECK(run.record(esx_app_01).content["ip_addresses"].children.empty());
    CHECK(run.record(esx_db_03).content["ip_addresses"].dump() ==
          R"(["10.20.1.9","10.20.1.10","10.20.2.9"])");
}

TEST_CASE("side by side: an ESXi VM by v3 equals the one by v4 where both know") {
    FakeHost v4(pf_module_entry_v0());
    script_v4(v4);
    FakeHost v3(pf_module_entry_v0());
    script_v3(v3);
    const Run by_v4 = v4.collect("esxi_vm");
    const Run by_v3 = v3.collect("esxi_vm");
    CHECK(by_v3.status == PF_OK);
    CHECK(by_v3.problems.empty());
    CHECK(by_v3.filtered == 1);
    CHECK(by_v3.notes.empty());
    REQUIRE(by_v4.records.size() == 3);
    pf::test::check_side_by_side(by_v4, by_v3, allowed);
}

TEST_CASE("by v3: a machine that does not tell its hypervisor is of the kind of its cluster") {
    const auto collect = [](const char* kind, const char* endpoint, pf_status of_clusters) {
        FakeHost host(pf_module_entry_v0());
        script_v3(host);
        host.dialect(3).page(endpoint, pf::test::page("esxi_vm/v3/vms_in_error"));
        if (of_clusters != PF_OK) host.fail_lookup("clusters", of_clusters);
        return host.collect(kind);
    };
    constexpr const char* on_ahv = "00000000-0000-4000-8000-000000000ea1";
    constexpr const char* on_esxi = "00000000-0000-4000-8000-000000000ea2";
    constexpr const char* nowhere = "00000000-0000-4000-8000-000000000ea3";

    const Run esxi = collect("esxi_vm", "esxi_vms", PF_OK);
    CHECK(esxi.problems.empty());
    CHECK(esxi.filtered == 3);  // on AHV, in no cluster, and one of AHV on the first page
    CHECK(esxi.notes_of("vm.no_resources") == 1);
    const auto& broken = esxi.record(on_esxi);
    CHECK(broken.content["ip_addresses"].kind == PF_KIND_ABSENT);
    CHECK(broken.content["region"].text == "00061f7f-44f7-19dc-0000-000000000a02");
    CHECK(broken.content["data"]["compute"]["instance_state"].text == "PENDING");
    CHECK(broken.unknown == std::vector<std::string>{"hardware", "os", "primary_ip_address",
                                                     "storage", "nutanix", "nics", "disks", "host",
                                                     "categories"});

    const Run ahv = collect("vm", "vms", PF_OK);
    CHECK(ahv.problems.empty());
    CHECK(ahv.filtered == 1);
    REQUIRE(ahv.records.size() == 2);
    CHECK(ahv.record(on_ahv).content["region"].text == "00061f7f-44f7-19dc-0000-000000000a01");
    CHECK(ahv.record(nowhere).content["name"].text == "nowhere");
}

TEST_CASE("by v3: a machine whose hypervisor cannot be found out is not given a wrong identity") {
    for (const auto& [kind, endpoint] :
         {std::pair{"vm", "vms"}, std::pair{"esxi_vm", "esxi_vms"}}) {
        CAPTURE(kind);
        FakeHost host(pf_module_entry_v0());
        host.dialect(3).page(endpoint, pf::test::page("esxi_vm/v3/vms_in_error"));
        host.fail_lookup("clusters", PF_UNAVAILABLE);
        const Run run = host.collect(kind);
        CHECK(run.status == PF_OK);
        CHECK(run.problems.empty());
        REQUIRE(run.skips.size() == 2);
        CHECK(run.skips[0].code == "vm.no_hypervisor");
        CHECK(run.records.size() + run.filtered == 1);
    }
}

TEST_CASE("odd ESXi machines go out with what is known") {
    FakeHost host(pf_module_entry_v0());
    script_v4(host);
    host.page("esxi_vms", pf::test::page("esxi_vm/vms_odd"));
    const Run run = host.collect("esxi_vm");
    CHECK(run.status == PF_OK);
    CHECK(run.problems.empty());
    REQUIRE(run.skips.size() == 1);
    CHECK(run.skips[0].code == "vm.no_id");
    CHECK(run.notes_of("vm.no_cluster") == 1);
    CHECK(run.notes_of("vm.power_state") == 1);
    CHECK(run.notes_of("vm.category_unknown") == 1);
    const auto& content = run.record("00000000-0000-4000-8000-000000000e10").content;
    CHECK(content["data"]["compute"]["instance_state"].text == "PENDING");
    CHECK(content["data"]["hardware"].dump() == "{}");
    CHECK(content["instance_type"].kind == PF_KIND_ABSENT);
}

TEST_CASE("a failed look-up of an ESXi machine makes its own key unknown") {
    const std::pair<const char*, std::vector<std::string>> cases[] = {
        {"clusters", {"cluster"}},
        {"hosts", {"host"}},
        {"categories", {"categories"}},
        {"storage_containers", {"disks"}}};
    for (const auto& [lookup, unknown] : cases) {
        CAPTURE(lookup);
        FakeHost host(pf_module_entry_v0());
        script_v4(host);
        host.fail_lookup(lookup, PF_UNAVAILABLE);
        const Run run = host.collect("esxi_vm");
        CHECK(run.status == PF_OK);
        const bool is_of_first = std::string(lookup) != "categories";
        CHECK(run.record(is_of_first ? esx_app_01 : esx_db_03).unknown == unknown);
    }
}

TEST_CASE("ESXi machines are the same everywhere and end when cancelled") {
    CHECK(pf::test::is_same_everywhere("esxi_vm", script_v4));
    CHECK(pf::test::is_same_everywhere("esxi_vm", script_v3));
    CHECK(pf::test::ends_wherever_cancelled("esxi_vm", script_v4, 9));
    CHECK(pf::test::ends_wherever_cancelled("esxi_vm", script_v3, 5));
}
