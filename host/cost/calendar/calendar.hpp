// Calendar: the days of a billing time zone, as instants. Days may have 23 or 25 hours or any other
// length; they follow each other without gap, so what is summed over days is summed over time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/cost/calendar/time_rules.hpp"

namespace pf::host::cost {

// A part of a day in one band, [from, to) in seconds of UTC since 1970.
struct BandSpan {
    std::string band;
    std::int64_t from = 0;
    std::int64_t to = 0;
};

// One day of the zone.
struct Day {
    std::string date;  // YYYY-MM-DD
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t month_from = 0;     // the first instant of its month in the zone
    std::int64_t month_seconds = 0;  // of that whole month
    std::vector<BandSpan> bands;     // cover the day in order; empty without time of use
};

// Immutable; usable from any thread.
class Calendar {
  public:
    // Knows the years from 1970 to 2037, as far as the time zone database has them.
    // INVALID_ARGUMENT (ERROR_COST_MODEL) for bands that overlap or leave gaps,
    // INVALID_ARGUMENT (ERROR_COST_TIME_ZONE) for a zone that does not exist, FAILED_PRECONDITION
    // (ERROR_COST_TIME_ZONES) when this system has no time zone database.
    static Result<Calendar> open(const TimeRules& rules);

    // The days that lie wholly in [from, until), seconds of UTC: those that are over at `until`.
    // INVALID_ARGUMENT (ERROR_COST_PERIOD) for what is not within the years that are known.
    Result<std::vector<Day>> closed_days(std::int64_t from, std::int64_t until) const;

    // All days of the months from `first` to `last`, YYYY-MM, both included; at most 600 months. A
    // date that the zone never had is none of them.
    Result<std::vector<Day>> days_of_months(std::string_view first, std::string_view last) const;

    // The month, YYYY-MM, and the day, YYYY-MM-DD, that an instant is in. Same failure.
    Result<std::string> month_of(std::int64_t instant) const;
    Result<std::string> date_of(std::int64_t instant) const;

    // What the concern cost is given of days: JSON text of {"zone": ..., "days": [...]}.
    std::string days_json(const std::vector<Day>& days) const;

  private:
    struct Impl;
    explicit Calendar(std::shared_ptr<const Impl> impl);
    std::shared_ptr<const Impl> impl_;
};

}  // namespace pf::host::cost
