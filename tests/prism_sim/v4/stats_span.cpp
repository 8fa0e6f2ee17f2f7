#include <charconv>
#include <chrono>
#include <cstdio>

#include "tests/prism_sim/v4/detail.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kSecondUs = 1'000'000;
constexpr std::uint64_t kUsualStepS = 30;

// "2026-11-23T10:00:00Z", with or without a fraction.
std::optional<std::uint64_t> parse_time(const std::string& text) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    if (text.empty() || text.back() != 'Z' ||
        std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d", &year, &month, &day, &hour, &minute,
                    &second) != 6) {
        return std::nullopt;
    }
    using namespace std::chrono;
    const year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)),
                              std::chrono::day(unsigned(day))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    const auto at = sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
    return static_cast<std::uint64_t>(duration_cast<microseconds>(at.time_since_epoch()).count());
}

}  // namespace

std::variant<StatsSpan, QueryProblem> parse_stats_span(const Request& request) {
    StatsSpan span;
    for (const auto& [name, value] :
         {std::pair("$startTime", &span.start_us), std::pair("$endTime", &span.end_us)}) {
        const auto text = request.parameter(name);
        const auto time = text ? parse_time(std::string(*text)) : std::nullopt;
        if (!time) return QueryProblem{name, "a time in ISO 8601 is needed"};
        *value = *time;
    }
    if (span.start_us >= span.end_us)
        return QueryProblem{"$startTime", "the start must be before the end"};
    std::uint64_t step = kUsualStepS;
    if (const auto text = request.parameter("$samplingInterval")) {
        const std::string number(*text);
        const auto [at, error] =
            std::from_chars(number.data(), number.data() + number.size(), step);
        if (error != std::errc{} || at != number.data() + number.size() || step == 0)
            return QueryProblem{"$samplingInterval", "a whole number of seconds is needed"};
    }
    if (const auto type = request.parameter("$statType")) {
        const bool is_known = *type == "SUM" || *type == "MIN" || *type == "MAX" ||
                              *type == "AVG" || *type == "COUNT" || *type == "LAST";
        if (!is_known) return QueryProblem{"$statType", "unknown statistic"};
    }
    span.step_us = step * kSecondUs;
    return span;
}

}  // namespace pf::sim
