// The management module by API v4: golden rows, directly, from the library and through the proxy.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "tests/abi/proxy/proxy.hpp"

namespace {

using pf::testing::FakeHost;
using pf::testing::Run;

const std::string testdata = PF_MODULE_SOURCE_DIRECTORY "/testdata/";
constexpr const char* kinds[] = {"project", "category", "protection_policy"};
constexpr const char* gold = "d3be75f0-5ef1-42c1-9b88-c5d60b3b4fa3";

std::string page(const std::string& name) {
    return pf::testing::read_file(testdata + name + ".json");
}

void script(FakeHost& host) {
    for (const char* endpoint : {"projects", "categories", "protection_policies", "clusters"}) {
        host.page(endpoint, page(endpoint));
    }
    host.page("protection_policies", page("protection_policies_odd"));
}

}  // namespace

TEST_CASE("rows are the golden rows") {
    FakeHost host(pf_module_entry_v0());
    script(host);
    for (const std::string kind : kinds) {
        CAPTURE(kind);
        const Run run = host.collect(kind);
        CHECK(run.status == PF_OK);
        CHECK(run.problems.empty());
        CHECK(run.refused.empty());
        CHECK(run.lost.empty());
        REQUIRE(run.skips.size() == 1);
        CHECK(run.skips[0].code == kind + ".no_id");
        CHECK(run.notes_of("protection_policy.category_unknown") ==
              (kind == "protection_policy" ? 1 : 0));
        CHECK(pf::testing::golden_difference(testdata + "rows_" + kind + ".json", run.rows()) ==
              "");
    }
}

TEST_CASE("the library and the proxy give what the sources give") {
    for (const char* kind : kinds) {
        CAPTURE(kind);
        FakeHost direct(pf_module_entry_v0());
        script(direct);
        FakeHost loaded(pf::testing::ModuleLibrary(PF_MODULE_LIBRARY).module());
        script(loaded);
        CHECK(loaded.collect(kind).text() == direct.collect(kind).text());
        const pf::test::Proxy proxy(pf_module_entry_v0());
        FakeHost behind(proxy.module());
        script(behind);
        CHECK(behind.collect(kind).text() == direct.collect(kind).text());
    }
}

TEST_CASE("positions are those of the descriptor") {
    FakeHost host(pf_module_entry_v0());
    const auto& descriptor = host.descriptor();
    CHECK(pf::testing::order_difference(descriptor, "endpoints",
                                        {"projects", "categories", "category_values",
                                         "protection_policies", "clusters", "subnets"}) == "");
    CHECK(pf::testing::order_difference(descriptor, "lookups",
                                        {"clusters", "subnets", "categories"}) == "");
    CHECK(pf::testing::order_difference(descriptor, "outputs",
                                        {"project", "category", "protection_policy"}) == "");
}

TEST_CASE("the identity of a category holds the Prism Central, and no two become one") {
    FakeHost host(pf_module_entry_v0());
    host.page("categories", R"([{"extId":"1","key":"a:b","value":"c"},
                                {"extId":"2","key":"a","value":"b:c"},
                                {"extId":"3","key":"a%3Ab","value":"c"}])");
    const std::string prefix = "category:" + host.script().central_uuid + ":";
    const Run run = host.collect("category");
    REQUIRE(run.records.size() == 3);
    CHECK(run.records[0].id == prefix + "a%3Ab:c");
    CHECK(run.records[1].id == prefix + "a:b:c");
    CHECK(run.records[2].id == prefix + "a%253Ab:c");
}

TEST_CASE("without Prism Central's UUID no category can be told from another's") {
    FakeHost host(pf_module_entry_v0());
    script(host);
    host.script().central_uuid.clear();
    const Run run = host.collect("category");
    CHECK(run.status == PF_FAILED_PRECONDITION);
    CHECK(run.why.find("UUID") != std::string::npos);
    CHECK(run.records.empty());
    CHECK(host.collect("project").status == PF_OK);
}

TEST_CASE("a failed look-up keeps what CloudForet has and spares the rest") {
    FakeHost host(pf_module_entry_v0());
    script(host);
    host.fail_lookup("categories", PF_UNAVAILABLE);
    CHECK(host.collect("protection_policy").record(gold).unknown ==
          std::vector<std::string>{"categories"});
    host.fail_lookup("clusters", PF_UNAVAILABLE);
    const Run run = host.collect("protection_policy");
    CHECK(run.status == PF_OK);
    CHECK(run.problems.empty());
    CHECK(run.record(gold).unknown ==
          std::vector<std::string>{"locations", "schedules", "categories"});
    CHECK(run.record(gold).content["data"]["policy"]["objective_seconds"].whole == 3600);
    // It names no cluster, so nothing of it is hidden.
    CHECK(run.record("d3be75f0-5ef1-42c1-9b88-c5d60b3b4fa4").unknown ==
          std::vector<std::string>{"categories"});
}

TEST_CASE("a cancelled call ends with its status wherever it stands") {
    for (const char* kind : kinds) {
        for (std::size_t calls = 1; calls <= 4; ++calls) {
            CAPTURE(kind, calls);
            FakeHost host(pf_module_entry_v0());
            script(host);
            host.cancel_after(calls, PF_DEADLINE_EXCEEDED);
            const Run run = host.collect(kind);
            CHECK(run.status == PF_DEADLINE_EXCEEDED);
            CHECK(run.problems.empty());
        }
    }
}
