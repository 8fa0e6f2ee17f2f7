// For tests of a module: the rows of one world by v4 and by v3 are equal but for what is on a list.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <initializer_list>
#include <prismforet/testing.hpp>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace pf::test {

// What one generation knows and the other does not.
struct Allowed {
    const char* path;  // "*" stands for any index
    const char* reason;
};

// "$.a[12].b: expected ..." -> "$.a[*].b"
inline std::string pattern_of(const std::string& line) {
    std::string pattern;
    for (const char c : line.substr(0, line.find(": "))) {
        const bool is_digit = c >= '0' && c <= '9';
        if (!is_digit || pattern.empty() || pattern.back() != '*') {
            const bool is_index = is_digit && !pattern.empty() && pattern.back() == '[';
            pattern += is_index ? '*' : c;
        }
    }
    return pattern;
}

inline std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

// Checks each record of `by_v4` against its like. An exception nobody needs any more is a failure,
// so that it is taken off the list.
inline void check_side_by_side(const testing::Run& by_v4, const testing::Run& by_v3,
                               std::span<const Allowed> allowed) {
    REQUIRE(by_v3.records.size() == by_v4.records.size());
    std::set<std::string> used;
    for (const testing::Record& expected : by_v4.records) {
        const testing::Record& actual = by_v3.record(expected.id);
        CAPTURE(expected.id);
        CHECK(actual.id == expected.id);
        CHECK(actual.output == expected.output);
        CHECK(actual.unknown == expected.unknown);
        for (const std::string& line :
             lines_of(testing::difference(expected.canonical(), actual.canonical()))) {
            const std::string pattern = pattern_of(line);
            const bool is_allowed =
                std::any_of(allowed.begin(), allowed.end(),
                            [&](const Allowed& each) { return pattern == each.path; });
            CHECKED_IF(is_allowed) { used.insert(pattern); }
            CHECKED_ELSE(is_allowed) { FAIL_CHECK(line); }
        }
    }
    CHECK(used.size() == allowed.size());
}

}  // namespace pf::test
