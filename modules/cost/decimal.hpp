// Decimal numbers as whole billionths: how prices, ratios and amounts are kept. "0.05" is
// 50'000'000.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wide.hpp"

namespace cost {

inline constexpr std::int64_t nano = 1'000'000'000;  // one, in billionths
inline constexpr std::int64_t nano_per_micro = 1'000;

// The number a text says exactly, in billionths. Nothing for what is no decimal number, is
// negative, has more than 9 decimals that count, or more than 12 digits before the point.
std::optional<Wide> parse_decimal(std::string_view text) noexcept;

// Billionths as text with `places` decimals (0 to 9), half-even. Negative numbers are fine.
std::string decimal_text(Wide billionths, int places);

// Billionths as text with as many decimals as count.
std::string plain_text(Wide billionths);

// A share, number/by, as text with 9 decimals, half-even. Neither is negative, `by` is not 0.
std::string ratio_text(Wide number, Wide by);

// Billionths rounded to millionths, half-even; not negative.
inline std::int64_t to_micros(Wide billionths) {
    return narrow(divide_half_even(billionths, nano_per_micro));
}

}  // namespace cost
