// Zone: a time zone, and what its clock shows.
//
// Instants are seconds of UTC since 1970. What the clock on the wall shows is counted in the same
// way, as if it were UTC: 0 is 00:00 on the 1st of January 1970, in any zone.
#pragma once

#include <cstdint>
#include <string>

#include "host/base/status.hpp"

namespace date {
class time_zone;
}

namespace pf::host::cost {

// While the clock runs evenly: [from, to), shown = instant + offset.
struct ZoneSpan {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t offset = 0;
};

// Immutable; usable from any thread. Copies are cheap.
class Zone {
  public:
    // The database of this system says nothing of later years.
    static constexpr std::int64_t first_instant = 86'400;        // 1970-01-02
    static constexpr std::int64_t last_instant = 2'145'744'000;  // 2037-12-30

    // INVALID_ARGUMENT (ERROR_COST_TIME_ZONE) for a zone that does not exist, FAILED_PRECONDITION
    // (ERROR_COST_TIME_ZONES) when this system has no time zone database.
    static Result<Zone> find(const std::string& name);

    // The span that an instant from first_instant to last_instant is in.
    ZoneSpan span_at(std::int64_t instant) const;
    // What the clock shows then.
    std::int64_t shown_at(std::int64_t instant) const { return instant + span_at(instant).offset; }
    const date::time_zone& rules() const { return *rules_; }

  private:
    explicit Zone(const date::time_zone* rules) : rules_(rules) {}
    const date::time_zone* rules_;
};

}  // namespace pf::host::cost
