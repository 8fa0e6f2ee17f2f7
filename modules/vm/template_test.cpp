// Kind template: golden rows, machines that are not shown, no customization.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "tests/modules/pages.hpp"

namespace {

using pf::testing::FakeHost;
using pf::testing::Run;

void script(FakeHost& host) {
    host.page("templates", pf::test::page("template/templates"));
    pf::test::answer(host, "", {"clusters", "subnets", "categories", "storage_containers"});
}

constexpr const char* web_golden = "00000000-0000-4000-8000-000000000c01";

}  // namespace

TEST_CASE("template rows are the golden rows") {
    FakeHost host(pf_module_entry_v0());
    script(host);
    const Run run = host.collect("template");
    CHECK(run.status == PF_OK);
    CHECK(run.problems.empty());
    CHECK(run.refused.empty());
    CHECK(run.lost.empty());
    REQUIRE(run.skips.size() == 1);
    CHECK(run.skips[0].code == "template.no_id");
    CHECK(run.rows().dump().find("never-emitted") == std::string::npos);
    CHECK(pf::testing::golden_difference(pf::test::testdata + "template/rows.json", run.rows()) ==
          "");
}

TEST_CASE("what a template without its machine does not show is unknown, never none") {
    FakeHost host(pf_module_entry_v0());
    script(host);
    const auto record = host.collect("template").record("00000000-0000-4000-8000-000000000c02");
    CHECK(record.unknown == std::vector<std::string>{"hardware", "os", "storage", "disks", "nics",
                                                     "cluster", "categories"});
    CHECK(record.content["tags"].kind == PF_KIND_ABSENT);
    CHECK(record.content["data"]["template"]["version"]["name"].text == "Initial Version");
}

TEST_CASE("a failed look-up of a template makes its own key unknown") {
    const std::pair<const char*, std::vector<std::string>> cases[] = {
        {"clusters", {"cluster"}},
        {"subnets", {"nics"}},
        {"categories", {"categories"}},
        {"storage_containers", {"disks"}}};
    for (const auto& [lookup, unknown] : cases) {
        CAPTURE(lookup);
        FakeHost host(pf_module_entry_v0());
        script(host);
        host.fail_lookup(lookup, PF_UNAVAILABLE);
        CHECK(host.collect("template").record(web_golden).unknown == unknown);
    }
}

TEST_CASE("a Prism Central without v4 has no templates to list") {
    FakeHost host(pf_module_entry_v0());
    host.dialect(3);
    const Run run = host.collect("template");
    CHECK(run.status == PF_NOT_FOUND);
    CHECK(run.records.empty());
}

TEST_CASE("templates are the same everywhere and end when cancelled") {
    CHECK(pf::test::is_same_everywhere("template", script));
    CHECK(pf::test::ends_wherever_cancelled("template", script, 7));
}
