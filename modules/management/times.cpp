#include "times.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace management {
namespace {

constexpr std::int64_t earliest = 1'000'000'000;  // 2001-09-09, in seconds
constexpr std::int64_t thousand = 1000;

}  // namespace

std::string time_of_count(std::int64_t count) {
    while (count >= earliest * thousand) count /= thousand;
    if (count < earliest) return {};
    namespace chrono = std::chrono;
    const chrono::sys_seconds at{chrono::seconds(count)};
    const auto day = chrono::floor<chrono::days>(at);
    const chrono::year_month_day date{day};
    const chrono::hh_mm_ss clock{at - day};
    char text[32];
    const int length = std::snprintf(
        text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()));
    return {text, static_cast<std::size_t>(std::max(length, 0))};
}

std::string whole_seconds(std::string_view time) {
    const std::size_t dot = time.find('.');
    if (dot == time.npos) return std::string(time);
    const std::size_t zone = std::min(time.find_first_not_of("0123456789", dot + 1), time.size());
    return std::string(time.substr(0, dot)).append(time.substr(zone));
}

}  // namespace management
