// Divides a whole amount by weights without losing or making a unit: each part is what it is due,
// rounded down, and the units left over go to those with the largest remainders. Among equals the
// earlier one gets it, so the order of the weights has to be one that does not change.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "wide.hpp"

namespace cost {

// The most parts one amount is divided into.
inline constexpr std::size_t max_parts = 256;

// Divides `total` (not negative) by `weights` (not negative, at most max_parts) into `parts`, of
// which there are as many. All weights 0: the first part gets it all; no weights: nothing happens.
void split_by_weight(std::int64_t total, std::span<const Wide> weights,
                     std::span<std::int64_t> parts);

// Rounds parts in billionths to millionths that add up to `total`, which is at least the sum of the
// parts rounded down, and at most that of the parts rounded up.
void round_to_total(std::int64_t total_micros, std::span<const Wide> billionths,
                    std::span<std::int64_t> micros);

}  // namespace cost
