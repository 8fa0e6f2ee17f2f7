// Condition: what a value must be like for its resource to be shown, as people write it: "vCPU>=8",
// "Memory<16GiB", "Cluster!=east", "name~web", "Created At>=7d".
#pragma once

#include <chrono>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "host/base/status.hpp"
#include "host/cli/console/field_reader.hpp"

namespace pf::host::cli {

using TimePoint = std::chrono::system_clock::time_point;

enum class Comparison : std::uint8_t {
    equal,     // =   nothing behind it: there is no value
    unequal,   // !=  nothing behind it: there is a value
    contains,  // ~
    lacks,     // !~
    less,      // <
    at_most,   // <=
    more,      // >
    at_least,  // >=
};

// A condition as it is written.
struct Condition {
    std::string text;    // all of it
    std::string column;  // a title or a path
    Comparison comparison = Comparison::equal;
    std::string value;

    // True when the values have to have an order.
    bool is_ordering() const { return comparison >= Comparison::less; }
};

// Takes "COLUMN<comparison>VALUE" apart; blanks around each part do not count. INVALID_ARGUMENT
// (ERROR_USAGE) for a text without a column or a comparison.
Result<Condition> parse_condition(const std::string& text);

// A point in time: RFC 3339, a date (its begin in UTC), or a span such as 24h before `now`.
std::optional<TimePoint> parse_moment(std::string_view text, TimePoint now);

// A condition on one field.
class FieldCondition {
  public:
    // `now` is what spans count back from.
    FieldCondition(const Condition& condition, const Field& field, TimePoint now);

    // INVALID_ARGUMENT (ERROR_USAGE) for an order in which the condition's value has no place: a
    // size needs a unit, a time is one of parse_moment(), anything else a number or a time. Such a
    // condition never holds.
    Status check(const Condition& condition) const;

    // Where a field has several values one has to be so; for != and !~ none may be otherwise. A
    // resource without a value is unequal to all, lacks all, and has no place in an order. Capitals
    // do not count, and a word of an enum is known by its title, too.
    bool holds(const nlohmann::ordered_json& resource) const;

  private:
    bool has_equal(const nlohmann::ordered_json& resource) const;
    bool has_containing(const nlohmann::ordered_json& resource) const;
    bool has_in_order(const nlohmann::ordered_json& resource) const;

    Comparison comparison_;
    std::string word_;  // small letters
    std::optional<double> number_;
    std::optional<TimePoint> moment_;
    FieldReader raw_;
    FieldReader shown_;
};

}  // namespace pf::host::cli
