// Clusters, hosts and disks of which one value is missing or odd, each in turn, by v4 and by v3.
#include <catch2/catch.hpp>
#include <prismforet/testing/odd_data.hpp>

namespace {

using pf::testing::FakeHost;

std::string page(const std::string& name) {
    return pf::testing::read_file(PF_MODULE_SOURCE_DIRECTORY "/testdata/" + name + ".json");
}

void script_v4(FakeHost& host) {
    host.page("clusters", page("clusters"))
        .page("hosts", page("hosts_1"))
        .page("disks", page("disks"))
        .page("categories", page("categories"));
}

void script_v3(FakeHost& host) {
    host.dialect(3);
    host.page("clusters", page("v3/clusters")).page("hosts", page("v3/hosts"));
}

void check(const pf::testing::OddData& what, std::size_t entities, std::size_t changes) {
    CAPTURE(what.kind);
    const auto result = pf::testing::try_odd_data(what);
    CHECK(result.complaints == "");
    CHECK(result.entities == entities);
    CHECK(result.changes > changes);
    CHECK(result.told > changes / 20);
}

const pf_module* module() { return pf_module_entry_v0(); }

}  // namespace

TEST_CASE("odd data by v4: everything goes out, and no loss is silent") {
    check({module(), "cluster", script_v4}, 4, 1000);
    check({module(), "host", script_v4}, 3, 500);
    check({module(), "disk", script_v4}, 5, 300);
}

TEST_CASE("odd data by v3: everything goes out, and no loss is silent") {
    check({module(), "cluster", script_v3}, 4, 500);
    check({module(), "host", script_v3}, 6, 300);
}

TEST_CASE("odd hosts leave the clusters whole") {
    check({module(), "cluster", script_v4, "hosts"}, 3, 500);
    check({module(), "cluster", script_v3, "hosts"}, 6, 300);
}
