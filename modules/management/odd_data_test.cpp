// Projects, categories and policies of which one value is missing or odd, each in turn.
#include <catch2/catch.hpp>
#include <prismforet/testing/odd_data.hpp>

namespace {

using pf::testing::FakeHost;

std::string page(const std::string& name) {
    return pf::testing::read_file(PF_MODULE_SOURCE_DIRECTORY "/testdata/" + name + ".json");
}

void script_v4(FakeHost& host) {
    for (const char* endpoint : {"projects", "categories", "protection_policies", "clusters"}) {
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

void check(const pf::testing::OddData& what, std::size_t least) {
    const auto result = pf::testing::try_odd_data(what);
    CHECK(result.complaints == "");
    CHECK(result.changes > least);
}

}  // namespace

TEST_CASE("odd data by v4: every project, category and policy goes out") {
    check({pf_module_entry_v0(), "project", script_v4}, 50);
    const char* reason = "the identity of a category is made of it";
    check(
        {pf_module_entry_v0(), "category", script_v4, {}, {}, {{"key", reason}, {"value", reason}}},
        100);
    check({pf_module_entry_v0(), "protection_policy", script_v4}, 300);
}

TEST_CASE("odd data by v3: every project and policy goes out") {
    check({pf_module_entry_v0(), "project", script_v3}, 100);
    check({pf_module_entry_v0(), "protection_policy", script_v3}, 300);
}
