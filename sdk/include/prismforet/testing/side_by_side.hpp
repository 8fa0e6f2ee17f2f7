// SideBySide: holds what a module makes of one generation of Prism's API against what it makes of
// another. What only one of them knows is on a list, and an entry nobody needs is a failure too.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "prismforet/testing/compare.hpp"
#include "prismforet/testing/run.hpp"

namespace pf::testing {

class SideBySide {
  public:
    // `allowed` are places such as "$.data.disks[*].uuid" that may differ.
    explicit SideBySide(std::vector<std::string> allowed) : allowed_(std::move(allowed)) {}

    // What else differs between all records of both runs, found by their ids; empty when nothing.
    std::string compare(const Run& expected, const Run& actual) {
        std::string out;
        if (expected.records.size() != actual.records.size()) {
            out += "the runs have " + std::to_string(expected.records.size()) + " and " +
                   std::to_string(actual.records.size()) + " records\n";
        }
        for (const Record& record : expected.records) {
            const Json& other = actual.record(record.id).content;
            const std::string lines = difference(record.content.sorted(), other.sorted());
            for (std::size_t at = 0; at < lines.size();) {
                const std::size_t end = std::min(lines.find('\n', at), lines.size());
                const std::string line = lines.substr(at, end - at);
                if (!is_allowed(pattern_of(line))) out += record.id + " " + line + "\n";
                at = end + 1;
            }
        }
        return out;
    }

    // The places on the list at which nothing differed.
    std::string unused() const {
        std::string out;
        for (const std::string& pattern : allowed_) {
            if (!used_.contains(pattern)) out += pattern + "\n";
        }
        return out;
    }

  private:
    // "$.a[12].b: expected ..." -> "$.a[*].b"
    static std::string pattern_of(std::string_view line) {
        std::string pattern;
        for (const char c : line.substr(0, line.find(": "))) {
            const bool is_digit = c >= '0' && c <= '9';
            if (is_digit && !pattern.empty() && pattern.back() == '*') continue;
            pattern += is_digit && !pattern.empty() && pattern.back() == '[' ? '*' : c;
        }
        return pattern;
    }

    bool is_allowed(const std::string& pattern) {
        const bool is_listed =
            std::find(allowed_.begin(), allowed_.end(), pattern) != allowed_.end();
        if (is_listed) used_.insert(pattern);
        return is_listed;
    }

    std::vector<std::string> allowed_;
    std::set<std::string> used_;
};

}  // namespace pf::testing
