#include "resample.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace monitoring {
namespace {

constexpr std::int64_t minute = 60, hour = 3'600, day = 86'400;
constexpr std::int64_t longest_period_s = 366 * day;
constexpr std::int64_t last_s = 253'402'300'800;  // The end of the year 9999.

struct UsualPeriod {
    std::int64_t up_to_s, period_s;
};
constexpr std::array<UsualPeriod, 7> usual_periods = {{{hour, minute},
                                                       {6 * hour, 10 * minute},
                                                       {12 * hour, 20 * minute},
                                                       {day, 30 * minute},
                                                       {3 * day, hour},
                                                       {7 * day, 3 * hour},
                                                       {14 * day, 6 * hour}}};

// What the samples of one cell come to.
struct Cell {
    std::size_t count = 0;
    double sum = 0, min = 0, max = 0, last = 0;

    void add(double value) noexcept {
        min = count == 0 ? value : std::min(min, value);
        max = count == 0 ? value : std::max(max, value);
        sum += value;
        last = value;
        ++count;
    }
    std::optional<double> value(Aggregation aggregation) const noexcept {
        if (count == 0) return std::nullopt;
        switch (aggregation) {
            case Aggregation::average:
                return sum / static_cast<double>(count);
            case Aggregation::max:
                return max;
            case Aggregation::min:
                return min;
            case Aggregation::sum:
                return sum;
            case Aggregation::last:
                break;
        }
        return last;
    }
};

}  // namespace

std::int64_t usual_period_s(std::int64_t span_s) noexcept {
    for (const UsualPeriod& usual : usual_periods)
        if (span_s <= usual.up_to_s) return usual.period_s;
    return day;
}

std::optional<Grid> make_grid(std::int64_t start_s, std::int64_t end_s,
                              std::int64_t period_s) noexcept {
    if (start_s < 0 || start_s >= end_s || end_s > last_s) return std::nullopt;
    if (period_s <= 0 || period_s > longest_period_s) return std::nullopt;
    Grid grid;
    grid.step_s = std::max(period_s, shortest_period_s);
    grid.first_s = start_s / grid.step_s * grid.step_s;
    const std::int64_t cells = (end_s - 1 - grid.first_s) / grid.step_s + 1;
    if (cells > static_cast<std::int64_t>(most_cells)) return std::nullopt;
    grid.count = static_cast<std::size_t>(cells);
    return grid;
}

std::vector<std::optional<double>> resample(std::span<const Sample> samples, const Grid& grid,
                                            Aggregation aggregation) {
    std::vector<Sample> kept;
    kept.reserve(samples.size());
    const std::int64_t end_s = grid.time(grid.count);
    for (const Sample& sample : samples) {
        const bool is_within = sample.time_s >= grid.first_s && sample.time_s < end_s;
        if (is_within && std::isfinite(sample.value) && sample.value >= 0) kept.push_back(sample);
    }
    std::stable_sort(kept.begin(), kept.end(),
                     [](const Sample& a, const Sample& b) { return a.time_s < b.time_s; });
    std::vector<Cell> cells(grid.count);
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (i > 0 && kept[i].time_s == kept[i - 1].time_s) continue;
        const std::int64_t cell = (kept[i].time_s - grid.first_s) / grid.step_s;
        cells[static_cast<std::size_t>(cell)].add(kept[i].value);
    }
    std::vector<std::optional<double>> values;
    values.reserve(cells.size());
    for (const Cell& cell : cells) values.push_back(cell.value(aggregation));
    return values;
}

std::string iso_time(std::int64_t time_s) {
    const std::chrono::sys_seconds time{std::chrono::seconds(time_s)};
    const auto date = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day ymd(date);
    const std::chrono::hh_mm_ss clock(time - date);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                  static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                  static_cast<unsigned>(ymd.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text.data();
}

}  // namespace monitoring
