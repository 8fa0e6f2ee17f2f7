// Where the checks put what they find, and the row they are looking at.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/row_check/row_check.hpp"
#include "tests/row_check/wire_reader.hpp"

namespace pf::test {

// Violations in order of arrival, at most `kept_per_rule` for each rule; all are counted.
class Findings {
  public:
    explicit Findings(std::size_t kept_per_rule) : kept_per_rule_(kept_per_rule) {}

    void add(std::string_view rule, std::string where, std::string what);
    const std::vector<Violation>& list() const { return list_; }
    std::uint64_t count_of(std::string_view rule) const;

  private:
    std::size_t kept_per_rule_;
    std::vector<Violation> list_;
    std::map<std::string, std::uint64_t, std::less<>> counts_;
};

// One row under examination. Checks report through it, so that each finding names the row.
class RowScope {
  public:
    RowScope(Findings& findings, const RowCheckOptions& options, std::uint64_t number)
        : findings_(findings), options_(options), number_(number) {}

    const RowCheckOptions& options() const { return options_; }

    // Names the row by what it is, once it is decoded.
    void describe_row(const DecodedRow& row);

    void fail(std::string_view rule, const std::string& place, std::string what);

    // As fail, and remembers that this top-level key is wrong already.
    void fail_key(std::string_view rule, const std::string& key, std::string what);
    bool is_flagged(std::string_view key) const { return flagged_.contains(key); }

    // The scope as a sink for the decoders.
    FaultSink sink();

    // The row's name, for checks between rows.
    std::string title() const;

  private:
    Findings& findings_;
    const RowCheckOptions& options_;
    std::uint64_t number_;
    std::string title_;
    std::set<std::string, std::less<>> flagged_;
};

// The text of a string value, or empty.
std::string_view text_of(const nlohmann::json& object, const char* key);

// The value under a key; null when there is none or the parent is no object.
const nlohmann::json& child_of(const nlohmann::json& object, const char* key);

// The value as short JSON for messages.
std::string brief(const nlohmann::json& value);

}  // namespace pf::test
