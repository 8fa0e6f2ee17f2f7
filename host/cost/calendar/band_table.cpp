#include "host/cost/calendar/band_table.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

namespace pf::host::cost {
namespace {

constexpr std::array<const char*, day_kinds> kind_names = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "a holiday"};

std::string clock(int minute) {
    const auto two = [](int number) {
        return std::string(number < 10 ? "0" : "") + std::to_string(number);
    };
    return two(minute / 60) + ":" + two(minute % 60);
}

Status wrong(std::size_t kind, int from, int to, const std::string& what) {
    return Status(Code::invalid_argument, "ERROR_COST_MODEL",
                  std::string("on ") + kind_names[kind] + " from " + clock(from) + " to " +
                      clock(to) + " " + what);
}

}  // namespace

Result<BandTable> BandTable::make(const TimeRules& rules) {
    BandTable table;
    const bool knows_holidays =
        std::any_of(rules.hours.begin(), rules.hours.end(),
                    [](const BandHours& hours) { return hours.days[holiday_kind]; });
    for (std::size_t kind = 0; kind < day_kinds; ++kind) {
        // Where nothing is said of holidays they are as Sundays.
        const std::size_t as = kind == holiday_kind && !knows_holidays ? holiday_kind - 1 : kind;
        std::vector<BandHours> hours;
        std::copy_if(rules.hours.begin(), rules.hours.end(), std::back_inserter(hours),
                     [as](const BandHours& one) { return one.days[as]; });
        std::stable_sort(hours.begin(), hours.end(),
                         [](const BandHours& a, const BandHours& b) { return a.from < b.from; });
        int at = 0;
        const auto fill_to = [&](int next) {
            if (at < next && rules.other_band.empty()) {
                return wrong(kind, at, next,
                             "there is no band; name these hours, or give other_band");
            }
            if (at < next) {
                table.kinds_[kind].emplace(at, rules.other_band);
            }
            return Status();
        };
        for (const BandHours& one : hours) {
            if (one.from < at) {
                return wrong(kind, one.from, std::min(at, one.to),
                             "there are two bands; let their hours not overlap");
            }
            if (const Status filled = fill_to(one.from); !filled.ok()) {
                return filled;
            }
            table.kinds_[kind].emplace(one.from, one.band);
            at = one.to;
        }
        if (const Status filled = fill_to(minutes_of_day); !filled.ok()) {
            return filled;
        }
    }
    return table;
}

const std::string& BandTable::band_at(std::size_t kind, int minute) const {
    return std::prev(kinds_[kind].upper_bound(minute))->second;
}

int BandTable::end_of(std::size_t kind, int minute) const {
    const auto next = kinds_[kind].upper_bound(minute);
    return next == kinds_[kind].end() ? minutes_of_day : next->first;
}

}  // namespace pf::host::cost
