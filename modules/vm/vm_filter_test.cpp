// The options power_state and categories, for every kind they concern.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "tests/modules/pages.hpp"

namespace {

using pf::testing::FakeHost;
using pf::testing::Run;

void script(FakeHost& host, int dialect) {
    if (dialect == 3) {
        host.dialect(3).page("vms", pf::test::page("v3/vms_1"));
        host.page("esxi_vms", pf::test::page("esxi_vm/vms_v3"));
        host.page("images", pf::test::page("image/images_v3"));
        return;
    }
    host.page("vms", pf::test::page("vms_1")).page("vms", pf::test::page("vms_3"));
    host.page("esxi_vms", pf::test::page("esxi_vm/vms"));
    host.page("images", pf::test::page("image/images"));
    host.page("templates", pf::test::page("template/templates"));
    host.page("categories", pf::test::page("categories"));
}

// Names of what a kind brings under these options; checks that the rest was filtered.
std::vector<std::string> names(const char* kind, const std::string& options, int dialect = 4) {
    FakeHost all(pf_module_entry_v0());
    script(all, dialect);
    FakeHost host(pf_module_entry_v0());
    script(host, dialect);
    const Run everything = all.collect(kind);
    const Run run = host.collect(kind, {options, {}});
    CHECK(run.status == PF_OK);
    CHECK(run.problems.empty());
    CHECK(run.lost.empty());
    CHECK(run.records.size() + run.filtered == everything.records.size() + everything.filtered);
    std::vector<std::string> found;
    for (const auto& record : run.records) found.push_back(record.content["name"].text);
    return found;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("power_state takes Prism's words and CloudForet's") {
    for (const int dialect : {4, 3}) {
        CAPTURE(dialect);
        CHECK(names("vm", R"({"power_state":["ON"]})", dialect) == Names{"web-01"});
        CHECK(names("vm", R"({"power_state":["stopped"]})", dialect) == Names{"db-02"});
        CHECK(names("vm", R"({"power_state":["RUNNING","off"]})", dialect) ==
              Names{"web-01", "db-02"});
        CHECK(names("vm", R"({"power_state":["NOSUCH"]})", dialect).empty());
        CHECK(names("esxi_vm", R"({"power_state":["SUSPENDED"]})", dialect) == Names{"esx-app-02"});
    }
}

TEST_CASE("categories bring what carries one of them") {
    for (const int dialect : {4, 3}) {
        CAPTURE(dialect);
        CHECK(names("vm", R"({"categories":["AppTier:Web"]})", dialect) ==
              Names{"web-01", "win-03"});
        CHECK(names("vm", R"({"categories":["AppTier:We"]})", dialect).empty());
        CHECK(names("esxi_vm", R"({"categories":["x:y","AppTier:Backup"]})", dialect) ==
              Names{"esx-db-03"});
        CHECK(names("image", R"({"categories":["AppTier:Web"]})", dialect) ==
              Names{"ubuntu-22.04"});
        CHECK(names("vm", R"({"categories":["AppTier:Web"],"power_state":["OFF"]})", dialect)
                  .empty());
    }
    CHECK(names("template", R"({"categories":["Environment:Production"]})") == Names{"web-golden"});
}

TEST_CASE("options of no list ask for everything") {
    CHECK(names("vm", R"({"categories":[],"power_state":[]})").size() == 3);
    CHECK(names("vm", R"({"categories":null})").size() == 3);
}

TEST_CASE("without the list of categories the option cannot be obeyed, and nothing is hidden") {
    FakeHost host(pf_module_entry_v0());
    script(host, 4);
    host.fail_lookup("categories", PF_UNAVAILABLE);
    const Run run = host.collect("vm", {R"({"categories":["AppTier:Web"]})", {}});
    CHECK(run.status == PF_UNAVAILABLE);
    CHECK(run.why.find("categories") != std::string::npos);
}

TEST_CASE("a machine whose state Prism does not show is not filtered by state") {
    FakeHost host(pf_module_entry_v0());
    host.dialect(3).page("vms", R"({"entities":[{"status":{"name":"broken","state":"ERROR"},
        "metadata":{"uuid":"1"}}]})");
    CHECK(host.collect("vm", {R"({"power_state":["ON"]})", {}}).records.size() == 1);
}
