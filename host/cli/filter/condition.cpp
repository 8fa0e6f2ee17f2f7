#include "host/cli/filter/condition.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "host/app/units.hpp"
#include "host/cli/human.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Sign {
    std::string_view text;
    Comparison comparison;
};

// The longer ones first: "<=" begins with "<".
constexpr std::array<Sign, 8> signs = {{{"!=", Comparison::unequal},
                                        {"!~", Comparison::lacks},
                                        {"<=", Comparison::at_most},
                                        {">=", Comparison::at_least},
                                        {"=", Comparison::equal},
                                        {"~", Comparison::contains},
                                        {"<", Comparison::less},
                                        {">", Comparison::more}}};

Status usage(const Condition& condition, const std::string& message) {
    return Status(Code::invalid_argument, "ERROR_USAGE", condition.text + ": " + message);
}

std::string trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(' ');
    return begin == text.npos
               ? std::string()
               : std::string(text.substr(begin, text.find_last_not_of(' ') + 1 - begin));
}

std::optional<double> parse_number(std::string_view text) {
    double number = 0;
    const char* const end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && at == end ? std::optional(number) : std::nullopt;
}

// "8 GiB" as a table shows it, and "8GiB".
std::optional<double> parse_bytes(std::string text) {
    std::erase(text, ' ');
    const auto bytes = app::parse_size(text);
    return bytes ? std::optional(static_cast<double>(*bytes)) : std::nullopt;
}

template <class Value>
bool is_ordered(Comparison comparison, const Value& value, const Value& wanted) {
    switch (comparison) {
        case Comparison::less:
            return value < wanted;
        case Comparison::at_most:
            return value <= wanted;
        case Comparison::more:
            return value > wanted;
        default:
            return value >= wanted;
    }
}

}  // namespace

Result<Condition> parse_condition(const std::string& text) {
    Condition condition;
    condition.text = text;
    const std::size_t at = text.find_first_of("=!~<>");
    const std::string_view rest =
        at == text.npos ? std::string_view() : std::string_view(text).substr(at);
    const auto* const sign = std::find_if(signs.begin(), signs.end(), [&](const Sign& one) {
        return rest.substr(0, one.text.size()) == one.text;
    });
    condition.column = trimmed(std::string_view(text).substr(0, at));
    if (sign == signs.end() || condition.column.empty()) {
        return usage(condition,
                     "is no condition; write COLUMN, one of = != ~ !~ < <= > >=, and a value, "
                     "e.g. 'vCPU>=8'");
    }
    condition.comparison = sign->comparison;
    condition.value = trimmed(rest.substr(sign->text.size()));
    return condition;
}

std::optional<TimePoint> parse_moment(std::string_view text, TimePoint now) {
    constexpr std::size_t length_of_date = 10;
    if (const auto span = app::parse_duration(text)) {
        return now - *span;
    }
    return parse_time(text.size() == length_of_date ? std::string(text) + "T00:00Z"
                                                    : std::string(text));
}

FieldCondition::FieldCondition(const Condition& condition, const Field& field, TimePoint now)
    : comparison_(condition.comparison),
      word_(lower_ascii(condition.value)),
      raw_(field, ValueStyle::machines, true),
      shown_(field, ValueStyle::people, true) {
    if (field.type == FieldType::size) {
        number_ = parse_bytes(condition.value);
    } else if (field.type == FieldType::datetime) {
        moment_ = parse_moment(condition.value, now);
    } else {
        number_ = parse_number(condition.value);
        moment_ = number_ ? std::nullopt : parse_time(condition.value);
    }
}

Status FieldCondition::check(const Condition& condition) const {
    if (!condition.is_ordering() || number_ || moment_) {
        return Status();
    }
    const Field& field = raw_.field();
    std::string advice = "only numbers, sizes and times have an order: = != ~ !~ take texts";
    if (field.type == FieldType::size) {
        advice = "a size needs a unit, e.g. 8GiB";
    } else if (field.type == FieldType::datetime) {
        advice = "a time is written 2026-11-23, 2026-11-23T08:15:00Z or 24h";
    }
    return usage(condition, "\"" + condition.value + "\" has no place in the order of " +
                                field.title + "; " + advice);
}

bool FieldCondition::holds(const Json& resource) const {
    switch (comparison_) {
        case Comparison::equal:
            return has_equal(resource);
        case Comparison::unequal:
            return !has_equal(resource);
        case Comparison::contains:
            return has_containing(resource);
        case Comparison::lacks:
            return !has_containing(resource);
        default:
            return has_in_order(resource);
    }
}

bool FieldCondition::has_equal(const Json& resource) const {
    const FieldValue raw = raw_.value(resource);
    if (word_.empty()) {
        return raw.is_empty();
    }
    const auto is_equal = [this](const Piece& piece) {
        return lower_ascii(piece.text) == word_ || (moment_ && parse_time(piece.text) == moment_);
    };
    const std::vector<double> numbers = number_ ? raw_.numbers(resource) : std::vector<double>();
    const std::vector<Piece> shown =
        raw.is_empty() ? std::vector<Piece>() : shown_.value(resource).pieces;
    return std::any_of(raw.pieces.begin(), raw.pieces.end(), is_equal) ||
           std::any_of(shown.begin(), shown.end(), is_equal) ||
           std::find(numbers.begin(), numbers.end(), number_) != numbers.end();
}

bool FieldCondition::has_containing(const Json& resource) const {
    const auto contains = [this](const Piece& piece) {
        return lower_ascii(piece.text).find(word_) != std::string::npos;
    };
    const FieldValue raw = raw_.value(resource);
    const std::vector<Piece> shown =
        raw.is_empty() ? std::vector<Piece>() : shown_.value(resource).pieces;
    return std::any_of(raw.pieces.begin(), raw.pieces.end(), contains) ||
           std::any_of(shown.begin(), shown.end(), contains);
}

bool FieldCondition::has_in_order(const Json& resource) const {
    if (number_) {
        const std::vector<double> numbers = raw_.numbers(resource);
        return std::any_of(numbers.begin(), numbers.end(), [this](double number) {
            return is_ordered(comparison_, number, *number_);
        });
    }
    const FieldValue raw = raw_.value(resource);
    return std::any_of(raw.pieces.begin(), raw.pieces.end(), [this](const Piece& piece) {
        const auto moment = parse_time(piece.text);
        return moment && moment_ && is_ordered(comparison_, *moment, *moment_);
    });
}

}  // namespace pf::host::cli
