#include "decimal.hpp"

#include <algorithm>

namespace cost {
namespace {

constexpr int decimals = 9;
constexpr std::size_t digits_before_point = 12;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

Wide power_of_ten(int exponent) noexcept {
    Wide result = 1;
    for (int i = 0; i < exponent; ++i) result *= 10;
    return result;
}

std::string digits_of(Wide number) {
    std::string digits;
    do {
        digits.push_back(static_cast<char>('0' + static_cast<int>(number % 10)));
        number /= 10;
    } while (number != 0);
    std::reverse(digits.begin(), digits.end());
    return digits;
}

}  // namespace

std::optional<Wide> parse_decimal(std::string_view text) noexcept {
    const std::size_t point = text.find('.');
    std::string_view whole = text.substr(0, point);
    std::string_view fraction =
        point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (whole.empty() || (point != std::string_view::npos && fraction.empty())) return std::nullopt;
    if (!std::all_of(whole.begin(), whole.end(), is_digit)) return std::nullopt;
    if (!std::all_of(fraction.begin(), fraction.end(), is_digit)) return std::nullopt;
    while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
    while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
    if (whole.size() > digits_before_point || fraction.size() > decimals) return std::nullopt;
    Wide number = 0;
    for (const char c : whole) number = number * 10 + (c - '0');
    for (const char c : fraction) number = number * 10 + (c - '0');
    return number * power_of_ten(decimals - static_cast<int>(fraction.size()));
}

std::string decimal_text(Wide billionths, int places) {
    const bool is_negative = billionths < 0;
    const Wide size = is_negative ? -billionths : billionths;
    const Wide rounded = divide_half_even(size, power_of_ten(decimals - places));
    std::string digits = digits_of(rounded);
    const auto wanted = static_cast<std::size_t>(places) + 1;
    if (digits.size() < wanted) digits.insert(0, wanted - digits.size(), '0');
    if (places > 0) digits.insert(digits.size() - static_cast<std::size_t>(places), 1, '.');
    return is_negative && rounded != 0 ? "-" + digits : digits;
}

std::string plain_text(Wide billionths) {
    std::string text = decimal_text(billionths, decimals);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string ratio_text(Wide number, Wide by) {
    return decimal_text(divide_half_even(product(number, nano), by), decimals);
}

}  // namespace cost
