// The vm module as a whole: golden rows, directly, from the library and through the proxy.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "tests/abi/proxy/proxy.hpp"

namespace {

using pf::testing::FakeHost;
using pf::testing::Run;

const std::string testdata = PF_MODULE_SOURCE_DIRECTORY "/testdata/";

std::string page(const std::string& name) {
    return pf::testing::read_file(testdata + name + ".json");
}

void script(FakeHost& host) {
    host.page("vms", page("vms_1")).page("vms", page("vms_2"));
    for (const char* endpoint : {"clusters", "hosts", "subnets", "categories", "storage_containers",
                                 "projects", "images"}) {
        host.page(endpoint, page(endpoint));
    }
}

constexpr const char* web_01 = "9b8f8626-ae01-40a3-a38d-6d4c2cc3254c";

}  // namespace

TEST_CASE("rows are the golden rows") {
    FakeHost host(pf_module_entry_v0());
    script(host);
    const Run run = host.collect("vm");
    CHECK(run.status == PF_OK);
    CHECK(run.problems.empty());
    CHECK(run.refused.empty());
    CHECK(run.lost.empty());
    REQUIRE(run.skips.size() == 1);
    CHECK(run.skips[0].code == "vm.no_id");
    CHECK(run.notes_of("vm.no_cluster") == 1);
    CHECK(run.notes_of("vm.category_unknown") == 1);
    CHECK(run.notes_of("vm.power_state") == 2);
    CHECK(run.rows().dump().find("never-emitted") == std::string::npos);
    CHECK(pf::testing::golden_difference(testdata + "rows.json", run.rows()) == "");
}

TEST_CASE("the library gives what the sources give") {
    FakeHost direct(pf_module_entry_v0());
    script(direct);
    FakeHost loaded(pf::testing::ModuleLibrary(PF_MODULE_LIBRARY).module());
    script(loaded);
    CHECK(loaded.collect("vm").text() == direct.collect("vm").text());
}

TEST_CASE("through the proxy everything is the same") {
    FakeHost direct(pf_module_entry_v0());
    script(direct);
    const pf::test::Proxy proxy(pf_module_entry_v0());
    FakeHost behind(proxy.module());
    script(behind);
    const Run run = behind.collect("vm", {"{}", "00061f7f-44f7-19dc-0000-000000000a01"});
    CHECK(run.text() ==
          direct.collect("vm", {"{}", "00061f7f-44f7-19dc-0000-000000000a01"}).text());
    CHECK(run.problems.empty());
    CHECK(run.requests.at(0).cluster == "00061f7f-44f7-19dc-0000-000000000a01");
    CHECK(proxy.frames() > 10);
    CHECK(pf::testing::golden_difference(testdata + "rows.json", run.rows()) == "");
}

TEST_CASE("a failed look-up keeps what CloudForet has and spares the rest") {
    struct Case {
        const char* lookup;
        std::vector<std::string> unknown;
    };
    const Case cases[] = {{"clusters", {"cluster"}},
                          {"hosts", {"host"}},
                          {"subnets", {"nics", "subnet", "vpc"}},
                          {"categories", {"categories"}},
                          {"storage_containers", {"disks"}},
                          {"projects", {"project"}},
                          {"images", {}}};
    for (const Case& each : cases) {
        CAPTURE(each.lookup);
        FakeHost host(pf_module_entry_v0());
        script(host);
        host.fail_lookup(each.lookup, PF_UNAVAILABLE);
        const Run run = host.collect("vm");
        CHECK(run.status == PF_OK);
        CHECK(run.problems.empty());
        const pf::testing::Record& record = run.record(web_01);
        CHECK(record.unknown == each.unknown);
        CHECK(record.content["region"].text == "00061f7f-44f7-19dc-0000-000000000a01");
        CHECK(record.content["data"]["compute"]["instance_state"].text == "RUNNING");
        const bool has_tags = record.content["tags"].kind == PF_KIND_OBJECT;
        CHECK(has_tags == (std::string(each.lookup) != "categories"));
    }
}

TEST_CASE("an API this Prism does not have leaves ids without names") {
    FakeHost host(pf_module_entry_v0());
    script(host);
    host.absent("projects");
    const Run run = host.collect("vm");
    const pf::testing::Record& record = run.record(web_01);
    CHECK(record.unknown.empty());
    CHECK(record.content["data"]["project"].dump() ==
          R"({"uuid":"ddc6cec0-bd36-4ae4-be2d-1f453bb3daa4"})");
}

TEST_CASE("a list that is cut short ends the call with its status") {
    FakeHost host(pf_module_entry_v0());
    script(host);
    host.fail_page("vms", 1, PF_UNAVAILABLE);
    const Run run = host.collect("vm");
    CHECK(run.status == PF_UNAVAILABLE);
    CHECK(run.why.empty());
    CHECK(run.records.size() == 2);
}

TEST_CASE("a cancelled call ends with its status wherever it stands") {
    for (std::size_t calls = 1; calls <= 15; ++calls) {
        CAPTURE(calls);
        FakeHost host(pf_module_entry_v0());
        script(host);
        host.cancel_after(calls, PF_DEADLINE_EXCEEDED);
        const Run run = host.collect("vm");
        CHECK(run.status == PF_DEADLINE_EXCEEDED);
        CHECK(run.problems.empty());
    }
}
