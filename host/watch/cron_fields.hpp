// CronFields: the five fields of a cron expression, as sets of numbers.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>

#include "host/base/status.hpp"

namespace pf::host::watch {

// Times are what the clock on the wall shows, counted as host/cost/calendar/zone.hpp says.
class CronFields {
  public:
    // "minute hour day month weekday". INVALID_ARGUMENT (ERROR_CONFIG) names the field.
    static Result<CronFields> parse(std::string_view text);

    bool matches(std::int64_t shown) const;
    // The first minute from `from` on, before `until`, that matches.
    std::optional<std::int64_t> first(std::int64_t from, std::int64_t until) const;
    // It comes in all hours of its days, so it follows the clock when that is turned.
    bool is_of_every_hour() const { return hours_.count() == 24; }

  private:
    bool matches_day(std::int64_t day) const;

    std::bitset<60> minutes_;
    std::bitset<24> hours_;
    std::bitset<32> days_;     // from 1
    std::bitset<13> months_;   // from 1
    std::bitset<8> weekdays_;  // Sunday is 0
    bool needs_both_ = true;   // day and weekday; else either will do
};

}  // namespace pf::host::watch
