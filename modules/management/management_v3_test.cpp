// The management module by API v3: what differs from v4, side by side, and golden rows.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "tests/abi/proxy/proxy.hpp"

namespace {

using pf::testing::FakeHost;
using pf::testing::Run;
using pf::testing::SideBySide;

const std::string testdata = PF_MODULE_SOURCE_DIRECTORY "/testdata/";

std::string page(const std::string& name) {
    return pf::testing::read_file(testdata + name + ".json");
}

void script_v4(FakeHost& host) {
    for (const char* endpoint : {"protection_policies", "clusters", "categories"}) {
        host.page(endpoint, page(endpoint));
    }
}

void script_v3(FakeHost& host) {
    host.dialect(3);
    for (const char* endpoint :
         {"projects", "categories", "protection_policies", "clusters", "subnets"}) {
        host.page(endpoint, page(std::string("v3/") + endpoint));
    }
    const auto values = pf::testing::Json::parse(page("v3/category_values"));
    for (const auto& key : values.children) {
        host.detail("category_values", key.key, key.dump());
    }
}

void check_good(const Run& run) {
    CHECK(run.status == PF_OK);
    CHECK(run.problems.empty());
    CHECK(run.refused.empty());
    CHECK(run.lost.empty());
    CHECK(run.skips.empty());
    CHECK(run.notes.empty());
}

}  // namespace

TEST_CASE("by v3 rows are the golden rows") {
    FakeHost host(pf_module_entry_v0());
    script_v3(host);
    for (const std::string kind : {"project", "category", "protection_policy"}) {
        CAPTURE(kind);
        const Run run = host.collect(kind);
        check_good(run);
        CHECK(pf::testing::golden_difference(testdata + "v3/rows_" + kind + ".json", run.rows()) ==
              "");
    }
}

TEST_CASE("side by side: a policy by v3 equals the policy by v4 where both know") {
    FakeHost v4(pf_module_entry_v0());
    script_v4(v4);
    FakeHost v3(pf_module_entry_v0());
    script_v3(v3);
    SideBySide sides(
        {"$.data.categories[*].uuid", "$.data.locations[*].label", "$.data.policy.needs_approval"});
    CHECK(sides.compare(v4.collect("protection_policy"), v3.collect("protection_policy")) == "");
    CHECK(sides.unused() == "");
}

TEST_CASE("side by side: a project by v3 equals the project by v4 where both know") {
    FakeHost v4(pf_module_entry_v0());
    v4.page("projects", R"([{"extId":"ddc6cec0-bd36-4ae4-be2d-1f453bb3daa4","name":"default",
        "description":"","state":"COMPLETE","isDefault":true,"isSystemDefined":true,
        "createdTimestamp":1772442946269181}])");
    FakeHost v3(pf_module_entry_v0());
    auto projects = pf::testing::Json::parse(page("v3/projects"));
    const std::string first = projects["entities"].at(0).dump();
    v3.dialect(3).page("projects", "[" + first + "]");
    v3.page("clusters", page("v3/clusters")).page("subnets", page("v3/subnets"));
    SideBySide sides({"$.data.project.is_system_defined", "$.data.project.owner_uuid",
                      "$.data.quotas[*]", "$.data.usage.vcpus", "$.data.usage.memory_bytes",
                      "$.data.usage.storage_bytes", "$.data.clusters[*]", "$.data.subnets[*]"});
    CHECK(sides.compare(v4.collect("project"), v3.collect("project")) == "");
    CHECK(sides.unused() == "");
}

TEST_CASE("side by side: a category by v3 equals the category by v4 where both know") {
    FakeHost v4(pf_module_entry_v0());
    const auto all = pf::testing::Json::parse(page("categories"));
    std::string some;
    for (std::size_t i = 0; i < 5; ++i) some += (i == 0 ? "" : ",") + all["data"].at(i).dump();
    v4.page("categories", "[" + some + "]");
    FakeHost v3(pf_module_entry_v0());
    script_v3(v3);
    SideBySide sides(
        {"$.data.category.owner_uuid", "$.data.category.type", "$.data.category.uuid"});
    const Run by_v3 = v3.collect("category");
    CHECK(sides.compare(v4.collect("category"), by_v3) == "");
    CHECK(sides.unused() == "");
    CHECK(by_v3.filtered == 1);  // a key without values
}

TEST_CASE("by v3 the values of a key that cannot be read are missing, never gone") {
    FakeHost host(pf_module_entry_v0());
    script_v3(host);
    host.fail_detail("category_values", "AppTier", PF_UNAVAILABLE);
    const Run run = host.collect("category");
    CHECK(run.status == PF_OK);
    CHECK(run.problems.empty());
    REQUIRE(run.skips.size() == 1);
    CHECK(run.skips[0].code == "category.no_values");
    CHECK(run.skips[0].id == "AppTier");
    CHECK(run.records.size() == 4);
}

TEST_CASE("what is in use is told in steps, so that an idle project writes no history") {
    const auto used = [](const std::string& resource) {
        FakeHost host(pf_module_entry_v0());
        host.dialect(3).page(
            "projects", R"([{"status":{"name":"a","resources":{"resource_domain":{"resources":[)" +
                            resource + R"(]}}},"metadata":{"uuid":"1"}}])");
        return host.collect("project").record("1").content["data"]["usage"].dump();
    };
    CHECK(used(R"({"resource_type":"STORAGE","units":"BYTES","limit":1000,"value":559})") ==
          R"({"storage_bytes":550})");
    CHECK(used(R"({"resource_type":"STORAGE","units":"BYTES","value":3221225473})") ==
          R"({"storage_bytes":3221225472})");
    CHECK(used(R"({"resource_type":"VCPUS","units":"COUNT","limit":1000,"value":559})") ==
          R"({"vcpus":559})");
    CHECK(used(R"({"resource_type":"A.B","value":1},{"resource_type":"a b","value":2})") ==
          R"({"a_b":1})");
}

TEST_CASE("by v3 a failed look-up keeps what CloudForet has") {
    FakeHost host(pf_module_entry_v0());
    script_v3(host);
    host.fail_lookup("subnets", PF_PERMISSION_DENIED);
    const Run run = host.collect("project");
    CHECK(run.status == PF_OK);
    CHECK(run.record("ddc6cec0-bd36-4ae4-be2d-1f453bb3daa4").unknown ==
          std::vector<std::string>{"subnets"});
    CHECK(run.record("b4d9eb78-8999-432f-9f66-f03798d09b05").unknown.empty());
}

TEST_CASE("by v3 through the proxy everything is the same") {
    for (const char* kind : {"project", "category", "protection_policy"}) {
        FakeHost direct(pf_module_entry_v0());
        script_v3(direct);
        const pf::test::Proxy proxy(pf_module_entry_v0());
        FakeHost behind(proxy.module());
        script_v3(behind);
        CHECK(behind.collect(kind).text() == direct.collect(kind).text());
    }
}
