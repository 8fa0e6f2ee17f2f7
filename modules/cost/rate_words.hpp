// Rates and capacities in words, for the lines of an explanation.
#pragma once

#include <string>

#include "run.hpp"

namespace cost {

// What one unit of the slot costs: billionths with 9 decimals, e.g. "0.022650751".
std::string unit_price(const Rate& rate, Wide per_unit);

// Amounts of vCPUs, or GiB, out of Capacity's unit times seconds.
std::string amount_text(Resource resource, Wide sellable, Wide seconds);

// "vCPU" or "GiB".
std::string_view amount_unit(Resource resource) noexcept;

// How the rate of a slot comes about on a day.
std::string rate_formula(const Run& run, std::size_t cluster, std::size_t day, std::size_t slot);

// The rate of any slot for the cluster on the day.
const Rate& rate_of(const Run& run, std::size_t cluster, std::size_t day, std::size_t slot);

// The price of one usage_unit of a slot.
std::string slot_price(const Run& run, std::size_t cluster, std::size_t day, std::size_t slot);

// Millionths as text with 6 decimals.
std::string money(std::int64_t micros);

}  // namespace cost
