// Entities of which one value is missing or odd, each in turn, by v4 and by v3.
#include <catch2/catch.hpp>
#include <prismforet/testing/odd_data.hpp>

#include "testdata_pages.hpp"

namespace {

using network::test::kinds;

// Enough changes of each kind that a list which stopped being tried is noticed.
constexpr std::size_t fewest_changes = 150;

}  // namespace

TEST_CASE("odd data by v4: every entity goes out, and no loss is silent") {
    for (const auto& each : kinds) {
        CAPTURE(each.kind);
        const auto result = pf::testing::try_odd_data(
            {pf_module_entry_v0(), each.kind,
             [](pf::testing::FakeHost& host) { network::test::script_v4(host); }});
        CHECK(result.complaints == "");
        CHECK(result.entities >= 2);
        CHECK(result.changes > fewest_changes);
        CHECK(result.told > 0);
    }
}

TEST_CASE("odd data by v3: every entity goes out, and no loss is silent") {
    for (const auto& each : kinds) {
        if (!each.has_v3) continue;
        CAPTURE(each.kind);
        const auto result =
            pf::testing::try_odd_data({pf_module_entry_v0(), each.kind, network::test::script_v3});
        CHECK(result.complaints == "");
        CHECK(result.entities >= 2);
        CHECK(result.changes > fewest_changes);
        CHECK(result.told > 0);
    }
}
