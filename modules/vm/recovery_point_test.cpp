// Kind recovery_point: golden rows, groups, v4 and v3 side by side, what is missing.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "tests/modules/pages.hpp"
#include "tests/modules/side_by_side.hpp"

namespace {

using pf::testing::FakeHost;
using pf::testing::Run;

void script_v4(FakeHost& host) {
    host.page("recovery_points", pf::test::page("recovery_point/points"));
    host.page("vms", pf::test::page("vms_1"));
    pf::test::answer(host, "", {"clusters"});
}

void script_v3(FakeHost& host) {
    host.dialect(3).page("recovery_points", pf::test::page("recovery_point/points_v3"));
    host.page("vms", pf::test::page("v3/vms_1"));
    pf::test::answer(host, "v3/", {"clusters"});
}

constexpr const char* rp_web_1 = "8f8596cc-e92e-4c5f-8c8f-9cedfc5ff6c8";
constexpr const char* web_of_group = "00000000-0000-4000-8000-000000000b31";
constexpr const char* of_deleted = "00000000-0000-4000-8000-000000000b51";

const pf::test::Allowed allowed[] = {
    {"$.data.recovery_point.whole_uuid", "v3 lists the parts only"},
    {"$.data.recovery_point.secure", "new in v4.1"},
    {"$.data.usage.exclusive_bytes", "new in v4.2"},
    {"$.data.usage.group_exclusive_bytes", "new in v4.2"},
};

}  // namespace

TEST_CASE("recovery point rows are the golden rows: one for each machine") {
    FakeHost host(pf_module_entry_v0());
    script_v4(host);
    const Run run = host.collect("recovery_point");
    CHECK(run.status == PF_OK);
    CHECK(run.problems.empty());
    CHECK(run.refused.empty());
    CHECK(run.lost.empty());
    CHECK(run.skips.empty());
    CHECK(run.filtered == 1);  // of a volume group only
    CHECK(run.records.size() == 5);
    CHECK(pf::testing::golden_difference(pf::test::testdata + "recovery_point/rows.json",
                                         run.rows()) == "");
}

TEST_CASE("what deleting a group frees is not counted once per machine") {
    FakeHost host(pf_module_entry_v0());
    script_v4(host);
    const Run run = host.collect("recovery_point");
    CHECK(run.record(rp_web_1).content["data"]["usage"].dump() ==
          R"({"exclusive_bytes":1073741824})");
    CHECK(run.record(web_of_group).content["data"]["usage"].dump() ==
          R"({"group_exclusive_bytes":2147483648})");
    CHECK(run.record(of_deleted).content["region"].text == "prism-central");
    CHECK(run.record(of_deleted).content["data"]["vm"].dump() ==
          R"({"uuid":"00000000-0000-4000-8000-00000000dead"})");
}

TEST_CASE("side by side: a recovery point by v3 equals the one by v4 where both know") {
    FakeHost v4(pf_module_entry_v0());
    script_v4(v4);
    FakeHost v3(pf_module_entry_v0());
    script_v3(v3);
    const Run by_v3 = v3.collect("recovery_point");
    CHECK(by_v3.status == PF_OK);
    CHECK(by_v3.problems.empty());
    pf::test::check_side_by_side(v4.collect("recovery_point"), by_v3, allowed);
}

TEST_CASE("a recovery point that does not show its machines is missing, never gone") {
    FakeHost host(pf_module_entry_v0());
    script_v4(host);
    host.page("recovery_points", pf::test::page("recovery_point/points_odd"));
    const Run run = host.collect("recovery_point");
    CHECK(run.status == PF_OK);
    CHECK(run.problems.empty());
    REQUIRE(run.skips.size() == 3);
    CHECK(run.skips[0].code == "recovery_point.no_id");
    CHECK(run.skips[1].code == "recovery_point.no_parts");
    CHECK(run.skips[2].code == "recovery_point.no_parts");
    // The machine that has an id goes out all the same.
    CHECK(run.record("00000000-0000-4000-8000-000000000b11").content["data"]["vm"]["name"].text ==
          "db-02");
}

TEST_CASE("a failed look-up of a recovery point makes its own key unknown") {
    for (const auto& [lookup, unknown] :
         {std::pair{"vms", "vm"}, std::pair{"clusters", "cluster"}}) {
        FakeHost host(pf_module_entry_v0());
        script_v4(host);
        host.fail_lookup(lookup, PF_UNAVAILABLE);
        CHECK(host.collect("recovery_point").record(rp_web_1).unknown ==
              std::vector<std::string>{unknown});
    }
}

TEST_CASE("recovery points are the same everywhere and end when cancelled") {
    CHECK(pf::test::is_same_everywhere("recovery_point", script_v4));
    CHECK(pf::test::is_same_everywhere("recovery_point", script_v3));
    CHECK(pf::test::ends_wherever_cancelled("recovery_point", script_v4, 9));
}
