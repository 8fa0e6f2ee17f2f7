#pragma once
// Filters by time: `creationTime ge 2026-11-22T00:00:00Z and creationTime lt 2026-11-23T00:00:00Z`.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pf::sim {

/// The field of a Filter that holds bounds of times: its value is the text as it was sent.
inline constexpr std::string_view kTimes = "$times";

struct TimeBound {
    enum class Is : std::uint8_t { before, until, from, after };
    std::string field;
    Is is = Is::from;
    std::uint64_t at_us = 0;
    [[nodiscard]] bool holds(std::uint64_t us) const;
};

/// The bounds, joined by `and`; nothing for any other text.
std::optional<std::vector<TimeBound>> parse_time_filter(std::string_view text);

}  // namespace pf::sim
