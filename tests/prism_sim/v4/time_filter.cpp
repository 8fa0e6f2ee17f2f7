#include "tests/prism_sim/v4/time_filter.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

namespace pf::sim {
namespace {

constexpr std::pair<std::string_view, TimeBound::Is> kWords[] = {{" lt ", TimeBound::Is::before},
                                                                 {" le ", TimeBound::Is::until},
                                                                 {" ge ", TimeBound::Is::from},
                                                                 {" gt ", TimeBound::Is::after}};

std::optional<int> part(std::string_view text, std::size_t at, std::size_t size) {
    int value = 0;
    if (text.size() < at + size) return std::nullopt;
    const char* end = text.data() + at + size;
    const auto [stop, error] = std::from_chars(text.data() + at, end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

// Microseconds since 1970 of a UTC time with seconds, and a fraction if need be.
std::optional<std::uint64_t> moment(std::string_view text) {
    const auto year = part(text, 0, 4), month = part(text, 5, 2), day = part(text, 8, 2);
    const auto hour = part(text, 11, 2), minute = part(text, 14, 2), second = part(text, 17, 2);
    if (!year || !month || !day || !hour || !minute || !second || text.back() != 'Z')
        return std::nullopt;
    const std::chrono::sys_days date = std::chrono::year(*year) / *month / *day;
    std::uint64_t fraction = 0, unit = 100'000;
    for (std::size_t at = 20; at + 1 < text.size(); ++at, unit /= 10)
        fraction += static_cast<std::uint64_t>(text[at] - '0') * unit;
    const std::int64_t hours = std::int64_t{date.time_since_epoch().count()} * 24 + *hour;
    return static_cast<std::uint64_t>((hours * 60 + *minute) * 60 + *second) * 1'000'000 + fraction;
}

std::optional<TimeBound> parse_bound(std::string_view text) {
    for (const auto& [word, is] : kWords) {
        const std::size_t at = text.find(word);
        if (at == std::string_view::npos) continue;
        const auto us = moment(text.substr(at + word.size()));
        if (!us) return std::nullopt;
        return TimeBound{std::string(text.substr(0, at)), is, *us};
    }
    return std::nullopt;
}

}  // namespace

bool TimeBound::holds(std::uint64_t us) const {
    switch (is) {
        case Is::before:
            return us < at_us;
        case Is::until:
            return us <= at_us;
        case Is::from:
            return us >= at_us;
        case Is::after:
            return us > at_us;
    }
    return false;
}

std::optional<std::vector<TimeBound>> parse_time_filter(std::string_view text) {
    std::vector<TimeBound> bounds;
    while (!text.empty()) {
        const std::string_view one = text.substr(0, text.find(" and "));
        text.remove_prefix(std::min(text.size(), one.size() + 5));
        const auto bound = parse_bound(one);
        if (!bound) return std::nullopt;
        bounds.push_back(*bound);
    }
    if (bounds.empty()) return std::nullopt;
    return bounds;
}

}  // namespace pf::sim
