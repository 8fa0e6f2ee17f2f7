#include "host/cli/explanations.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace cli = pf::host::cli;

TEST_CASE("a section is a code, what it means and what to do") {
    const auto found = cli::explanations_in(
        "# Title\n\nWords before.\n\n## ERROR_A\n\nIt is\nbroken.\n\nMend it.\n\nOr do\nnot.\n\n"
        "## ERROR_B\n\nOdd.\n\nWait.");
    REQUIRE(found.size() == 2);
    CHECK(found[0].code == "ERROR_A");
    CHECK(found[0].meaning == "It is broken.");
    CHECK(found[0].remedy == "Mend it. Or do not.");
    CHECK(found[1].meaning == "Odd.");
    CHECK(found[1].remedy == "Wait.");
    CHECK(cli::explanations_in("").empty());
    CHECK(cli::explanations_in("no section").empty());
    CHECK(cli::explanations_in("## ERROR_A").at(0).meaning.empty());
}

TEST_CASE("every explanation of the program says both, once, and they are in order") {
    const auto& all = cli::explanations();
    CHECK(all.size() > 80);
    for (const cli::Explanation& one : all) {
        INFO(one.code);
        CHECK(one.code.starts_with("ERROR_"));
        CHECK(one.meaning.size() > 10);
        CHECK(one.remedy.size() > 10);
    }
    CHECK(std::is_sorted(all.begin(), all.end(),
                         [](const auto& a, const auto& b) { return a.code < b.code; }));
    CHECK(std::adjacent_find(all.begin(), all.end(), [](const auto& a, const auto& b) {
              return a.code == b.code;
          }) == all.end());
}
