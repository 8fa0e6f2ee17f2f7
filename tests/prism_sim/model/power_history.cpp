#include "tests/prism_sim/model/power_history.hpp"

#include <algorithm>

#include "tests/prism_sim/model/random.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kDay = 86'400, kHour = 3'600;
constexpr std::uint64_t kSwitchCycle = 45;  // Days within which every such machine was switched.

// 0 is Monday; 1970 began on a Thursday.
std::uint64_t weekday(std::uint64_t day) { return (day + 3) % 7; }

}  // namespace

PowerHistory::PowerHistory(const Traits& traits)
    : seed_(traits.seed),
      machine_(traits.machine),
      created_s_(traits.created_s),
      today_(traits.now_s / kDay),
      is_on_(traits.is_on) {
    Draws draws(seed_, Kind::power_habit, machine_);
    const std::uint32_t roll = draws.below(100);
    habit_ = roll < 60   ? Habit::steady
             : roll < 72 ? Habit::office
             : roll < 80 ? Habit::nightly
             : roll < 90 ? Habit::switched_once
                         : Habit::restless;
    // The same day whenever the site is started, until the machine is switched again.
    const std::uint64_t phase = draws.below(kSwitchCycle);
    const std::uint64_t ago = 1 + (today_ + phase) % kSwitchCycle;
    switch_ = (today_ - std::min(today_, ago)) * kDay + draws.below(kDay);
}

PowerHistory PowerHistory::always() { return {}; }

PowerHistory::Day PowerHistory::day(std::uint64_t number) const {
    if (habit_ != Habit::steady && number < today_) return past_day(number);
    Day day;
    if (is_on_) day.add(number * kDay, (number + 1) * kDay);
    return day;
}

PowerHistory::Day PowerHistory::past_day(std::uint64_t number) const {
    const std::uint64_t begin = number * kDay, end = begin + kDay;
    if (habit_ == Habit::switched_once) return switching_day(number);
    Draws draws(seed_, Kind::power_day, mix64(machine_) + number);
    const bool is_last = number + 1 == today_;
    Day day;
    if (habit_ == Habit::office) {
        const std::uint64_t on = begin + 7 * kHour + draws.below(2 * kHour);
        const std::uint64_t off = begin + 17 * kHour + draws.below(2 * kHour);
        if (is_last && is_on_)
            day.add(on, end);
        else if (weekday(number) < 5)
            day.add(on, off);
    } else if (habit_ == Habit::nightly) {
        day.add(begin, begin + 4 * kHour + draws.below(kHour));
        const std::uint64_t on = begin + 21 * kHour + draws.below(kHour);
        if (!is_last || is_on_) day.add(on, end);
    } else {
        const std::uint64_t from = begin + draws.below(20 * kHour);
        const std::uint64_t to = from + 40 + draws.below(3 * kHour);
        const bool is_restless = draws.chance(30);
        if (!is_on_ && is_restless) day.add(from, to);
        if (is_on_ && !is_restless) day.add(begin, end);
        if (is_on_ && is_restless) {
            day.add(begin, from);
            day.add(to, end);
        }
    }
    return day;
}

PowerHistory::Day PowerHistory::switching_day(std::uint64_t number) const {
    const std::uint64_t begin = number * kDay, end = begin + kDay;
    const std::uint64_t at = std::clamp(switch_, begin, end);
    Day day;
    if (is_on_ && at < end) day.add(at, end);
    if (!is_on_ && begin < at) day.add(begin, at);
    return day;
}

template <class Use>
void PowerHistory::each_span(std::uint64_t from_s, std::uint64_t to_s, Use use) const {
    from_s = std::max(from_s, created_s_);
    if (from_s >= to_s) return;
    if (habit_ == Habit::steady) {
        if (is_on_) use(TimeSpan{from_s, to_s});
        return;
    }
    const std::uint64_t last_day = std::min((to_s - 1) / kDay, today_);
    for (std::uint64_t number = from_s / kDay; number < last_day; ++number) {
        const Day one = day(number);
        for (std::uint32_t i = 0; i < one.count; ++i) {
            const TimeSpan span{std::max(one.spans[i].from_s, from_s), one.spans[i].to_s};
            if (span.from_s < span.to_s) use(span);
        }
    }
    const std::uint64_t rest = std::max(from_s, last_day * kDay);
    if (last_day >= today_) {
        if (is_on_) use(TimeSpan{rest, to_s});
        return;
    }
    const Day one = day(last_day);
    for (std::uint32_t i = 0; i < one.count; ++i) {
        const TimeSpan span{std::max(one.spans[i].from_s, rest), std::min(one.spans[i].to_s, to_s)};
        if (span.from_s < span.to_s) use(span);
    }
}

void PowerHistory::spans(std::uint64_t from_s, std::uint64_t to_s,
                         std::vector<TimeSpan>& found) const {
    found.clear();
    each_span(from_s, to_s, [&found](const TimeSpan& span) {
        if (!found.empty() && found.back().to_s == span.from_s)
            found.back().to_s = span.to_s;
        else
            found.push_back(span);
    });
}

std::uint64_t PowerHistory::running_seconds(std::uint64_t from_s, std::uint64_t to_s) const {
    std::uint64_t seconds = 0;
    each_span(from_s, to_s,
              [&seconds](const TimeSpan& span) { seconds += span.to_s - span.from_s; });
    return seconds;
}

}  // namespace pf::sim
