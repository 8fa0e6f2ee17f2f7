// What a cost line of a total-cost block costs a cluster on a day, in millionths.
#pragma once

#include <cstdint>

#include "capacity.hpp"
#include "days.hpp"
#include "model.hpp"
#include "rate.hpp"

namespace cost {

struct LineContext {
    const Block& block;
    const Day& day;
    const Capacity& capacity;
    Wide exchange_rate = nano;  // of the block's currency on the day
    Wide machine_seconds = 0;   // of all machines of the cluster
    Wide measured_watts = 0;    // billionths, average per node; 0 = not measured
};

// The amount of a day. What is per month or year is cut from the month's running total, so that the
// days of a month add up to the month.
std::int64_t line_amount(const Line& line, const LineContext& context);

// Divides an amount among the resources by the line's split.
void split_line(const Line& line, std::int64_t amount, std::int64_t (&parts)[resource_count]);

// A monthly amount per second by the day's month.
Rate per_second(const Rate& month, const Day& day);

// Billionths of money over a month for a purchase, whatever its salvage leaves.
Rate month_of(const Purchase& purchase, int month);

// A price of a period as a rate per second.
Rate price_per_second(Wide price, Period period, const Day& day);

// Millionths that a rate per second makes on the day, cut from its month's running total.
std::int64_t share_of_day(const Rate& second, const Day& day);

}  // namespace cost
