// One grid of times for all resources of an answer, and samples brought onto it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "metric_table.hpp"

namespace monitoring {

// Cell i covers [first_s + i * step_s, first_s + (i + 1) * step_s); its label is its begin.
// Times are seconds since 1970, UTC.
struct Grid {
    std::int64_t first_s = 0, step_s = 60;
    std::size_t count = 0;

    std::int64_t time(std::size_t cell) const noexcept {
        return first_s + static_cast<std::int64_t>(cell) * step_s;
    }
};

inline constexpr std::size_t most_cells = 10'000;
inline constexpr std::int64_t shortest_period_s = 30;

// The period for a span of time when none was asked for: about 60 cells.
std::int64_t usual_period_s(std::int64_t span_s) noexcept;

// The grid of [start_s, end_s) in steps of `period_s`, at least 30 s: its times are multiples of
// the step, so that it does not depend on which resource asks. Nothing if the start is not before
// the end, a time is before 1970, the period is not positive, or there were more than `most_cells`.
std::optional<Grid> make_grid(std::int64_t start_s, std::int64_t end_s,
                              std::int64_t period_s) noexcept;

struct Sample {
    std::int64_t time_s = 0;
    double value = 0;
};

// One value per cell of the grid; nothing where no sample lies. Samples may come in any order. Left
// out are values below zero (Prism's mark for none), values that are no number, and of samples with
// the same time all but the first.
std::vector<std::optional<double>> resample(std::span<const Sample> samples, const Grid& grid,
                                            Aggregation aggregation);

// "2026-11-23T10:00:00Z"; `time_s` from 1970 to 9999.
std::string iso_time(std::int64_t time_s);

}  // namespace monitoring
