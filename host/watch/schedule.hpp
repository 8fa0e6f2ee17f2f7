// Schedule: when something is due: "every 1h", "30m", or the five fields of cron.
//
// Cron fields are minute, hour, day of month, month, day of week; each is *, a number, a range
// "1-5", a list "1,15", or * or a range with a step "*/10". Months and days of the week have names
// too (jan, mon); 0 and 7 are Sunday. When no kind of day begins with *, either will do.
// @hourly, @daily (@midnight), @weekly, @monthly and @yearly (@annually) are short for these.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "host/base/status.hpp"

namespace pf::host::watch {

// Immutable; usable from any thread.
class Schedule {
  public:
    // `zone` is the IANA name of the time zone of cron's fields. INVALID_ARGUMENT (ERROR_CONFIG)
    // for anything else than the above, for an interval below a minute or above a year, and for
    // dates that never come; ERROR_COST_TIME_ZONE and ERROR_COST_TIME_ZONES as the calendar has
    // them.
    static Result<Schedule> parse(std::string_view text, const std::string& zone = "UTC");

    // The first time after `after` (UTC seconds since 1970). Intervals are counted from 1970, so
    // that a restart does not shift them. A time of day that the clock skips comes when it would
    // have been; one that it shows twice comes the first time only, but what comes every hour or
    // minute comes in each of them. Nothing: not within the years that zones are known for.
    std::optional<std::int64_t> next(std::int64_t after) const;

  private:
    struct Cron;
    std::chrono::seconds every_{0};     // 0 = cron
    std::shared_ptr<const Cron> cron_;  // null = interval
};

}  // namespace pf::host::watch
