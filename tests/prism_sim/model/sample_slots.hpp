#pragma once
// Which samples a request for statistics gets: one per interval, as far as they are measured and
// kept. The same for every thing the request is about.

#include <cstdint>
#include <optional>
#include <vector>

#include "tests/prism_sim/statistics_readings.hpp"

namespace pf::sim {

/// What was asked for. Samples whose time is from start_s to end_s, both included.
struct SampleWindow {
    std::uint64_t start_s = 0, end_s = 0;
    std::uint32_t step_s = 30;
    StatType type = StatType::avg;
};

/// One sample: the time it is shown with, and what it is made of.
struct SampleSlot {
    std::uint64_t shown_s = 0, from_s = 0, to_s = 0;
};

/// How many samples lie in the window, measured or not; what bounds are held against.
std::uint64_t count_slots(const SampleWindow& window, const StatisticsReadings& readings);
/// The samples, newest first, at most `most` of them.
std::vector<SampleSlot> sample_slots(const SampleWindow& window, const StatisticsReadings& readings,
                                     std::uint64_t now_s, std::uint64_t most);
/// The newest base sample, if any can be there.
std::optional<SampleSlot> newest_slot(const StatisticsReadings& readings, std::uint64_t now_s);

}  // namespace pf::sim
