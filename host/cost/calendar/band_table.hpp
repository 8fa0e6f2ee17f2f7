// BandTable: which band of the day it is, by kind of day and minute of the wall clock.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>

#include "host/base/status.hpp"
#include "host/cost/calendar/time_rules.hpp"

namespace pf::host::cost {

// Immutable; usable from any thread.
class BandTable {
  public:
    // INVALID_ARGUMENT (ERROR_COST_MODEL) when hours overlap, or leave some of a day without a band
    // and there is no band for the others; names the day and the time.
    static Result<BandTable> make(const TimeRules& rules);

    // The band at a minute of the wall clock, 0 to 1439.
    const std::string& band_at(std::size_t kind, int minute) const;
    // The first minute after `minute` at which another band may begin; 1440 at the latest.
    int end_of(std::size_t kind, int minute) const;

  private:
    using Begins = std::map<int, std::string>;  // the band from a minute on
    std::array<Begins, day_kinds> kinds_;
};

}  // namespace pf::host::cost
