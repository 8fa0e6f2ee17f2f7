// How a cost model sees time: its zone, its months, its hours of the day.
#pragma once

#include <array>
#include <set>
#include <string>
#include <vector>

namespace pf::host::cost {

// The kinds of days that hours of the day may differ by: Monday (0) to Sunday (6), and holidays.
inline constexpr std::size_t day_kinds = 8;
inline constexpr std::size_t holiday_kind = 7;
inline constexpr int minutes_of_day = 1440;

// "On these days, from here to there, it is `band`": minutes of the wall clock, 0 <= from < to <=
// 1440. Hours over midnight are two of them.
struct BandHours {
    std::string band;
    std::array<bool, day_kinds> days{};
    int from = 0;
    int to = minutes_of_day;
};

struct TimeRules {
    std::string zone = "UTC";          // IANA name
    bool has_calendar_months = false;  // else every month counts 730 hours
    std::vector<BandHours> hours;      // empty: no time of use
    std::string other_band;            // of all hours that nothing names; empty: there are none
    std::set<std::string> holidays;    // YYYY-MM-DD

    bool has_bands() const { return !hours.empty(); }
};

}  // namespace pf::host::cost
