#include "host/cost/decimal.hpp"

#include <algorithm>

namespace pf::host::cost {
namespace {

constexpr std::size_t most_whole = 12;
constexpr std::size_t most_behind = 9;
constexpr std::uint64_t largest_whole = 999'999'999'999;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What is wrong with a text that is not made of digits and points alone.
std::string odd_text(std::string_view text) {
    if (text.empty()) {
        return "is empty; write a number, e.g. 0.05";
    }
    if (text.front() == '-') {
        return "must not be negative; write 0 or more";
    }
    if (text.find(',') != text.npos) {
        return "holds a comma; write the decimal point as '.', and nothing between thousands";
    }
    const bool has_exponent =
        is_digit(text.front()) && text.find_first_not_of("0123456789.eE+-") == text.npos;
    return has_exponent ? "has a sign or an exponent; write it in full, e.g. 0.001"
                        : "is no number; write digits, e.g. 0.05";
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text, std::string& why) {
    if (text.empty() || text.find_first_not_of("0123456789.") != text.npos) {
        why = odd_text(text);
        return std::nullopt;
    }
    const std::size_t point = std::min(text.find('.'), text.size());
    std::string_view whole = text.substr(0, point);
    std::string_view behind = point < text.size() ? text.substr(point + 1) : std::string_view();
    const bool has_point = point < text.size();
    if (whole.empty() || (has_point && behind.empty()) || behind.find('.') != behind.npos) {
        why = "is no number; write digits on both sides of one point, e.g. 0.05";
        return std::nullopt;
    }
    whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
    behind = behind.substr(0, behind.find_last_not_of('0') + 1);
    if (whole.size() > most_whole) {
        why = "is too large; 12 digits before the point are allowed";
        return std::nullopt;
    }
    if (behind.size() > most_behind) {
        why = "has more than 9 digits behind the point; round it";
        return std::nullopt;
    }
    Wide billionths = 0;
    for (const char c : whole) {
        billionths = billionths * 10 + static_cast<unsigned>(c - '0');
    }
    for (std::size_t i = 0; i < most_behind; ++i) {
        billionths =
            billionths * 10 + (i < behind.size() ? static_cast<unsigned>(behind[i] - '0') : 0);
    }
    return of_billionths(billionths);
}

std::string Decimal::text() const {
    std::string digits;
    for (Wide rest = billionths_; rest != 0; rest /= 10) {
        digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
    }
    digits.append(digits.size() <= most_behind ? most_behind + 1 - digits.size() : 0, '0');
    std::reverse(digits.begin(), digits.end());
    digits.insert(digits.size() - most_behind, 1, '.');
    digits.resize(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') {
        digits.pop_back();
    }
    return digits;
}

std::optional<Decimal> Decimal::times(const Decimal& other) const {
    // Both below 2^64, so that the product cannot overflow.
    constexpr Wide bound = Wide{1} << 64;
    if (billionths_ >= bound || other.billionths_ >= bound) {
        return std::nullopt;
    }
    const Wide product = billionths_ * other.billionths_;
    if (product % one != 0 || product / one > Wide{largest_whole} * one) {
        return std::nullopt;
    }
    return of_billionths(product / one);
}

}  // namespace pf::host::cost
