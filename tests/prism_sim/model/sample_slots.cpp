#include "tests/prism_sim/model/sample_slots.hpp"

#include <algorithm>

#include "tests/prism_sim/model/load_curve.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kDay = 86'400, kHour = 3'600;

std::uint64_t step_of(const SampleWindow& window) {
    return std::max<std::uint64_t>(window.step_s, kSlotSeconds);
}

// The newest time on the grid within the window; nothing if there is none.
std::optional<std::uint64_t> newest_on_grid(const SampleWindow& window, SampleGrid grid) {
    const std::uint64_t step = step_of(window);
    const std::uint64_t origin = grid == SampleGrid::start ? window.start_s % step : 0;
    if (window.end_s < origin || window.start_s > window.end_s) return std::nullopt;
    const std::uint64_t newest = (window.end_s - origin) / step * step + origin;
    return newest < window.start_s ? std::nullopt : std::optional(newest);
}

// What is measured and not forgotten: [from_s, to_s), and since when it is kept as it was measured.
struct Kept {
    std::uint64_t from_s, raw_from_s, to_s;
};
Kept kept(const StatisticsReadings& readings, std::uint64_t now_s) {
    const auto before = [now_s](std::uint64_t seconds) { return now_s - std::min(now_s, seconds); };
    return {before(readings.days * kDay), before(readings.raw_days * kDay),
            before(readings.delay_s) / kSlotSeconds * kSlotSeconds};
}

}  // namespace

std::uint64_t count_slots(const SampleWindow& window, const StatisticsReadings& readings) {
    const auto newest = newest_on_grid(window, readings.grid);
    return newest ? (*newest - window.start_s) / step_of(window) + 1 : 0;
}

std::vector<SampleSlot> sample_slots(const SampleWindow& window, const StatisticsReadings& readings,
                                     std::uint64_t now_s, std::uint64_t most) {
    std::vector<SampleSlot> slots;
    const auto newest = newest_on_grid(window, readings.grid);
    if (!newest) return slots;
    const Kept bounds = kept(readings, now_s);
    const std::uint64_t step = step_of(window);
    const std::uint64_t ahead = readings.stamp == SampleStamp::end ? step : 0;
    std::uint64_t shown = *newest;
    // What is not measured yet is passed over at once.
    if (shown - std::min(shown, ahead) + step > bounds.to_s) {
        const std::uint64_t over = shown + step - std::min(shown + step, bounds.to_s + ahead);
        const std::uint64_t steps = (over + step - 1) / step;
        if (steps * step > shown) return slots;
        shown -= steps * step;
    }
    for (; shown >= window.start_s && shown >= ahead && slots.size() < most; shown -= step) {
        SampleSlot slot{shown, shown - ahead, shown - ahead + step};
        if (slot.from_s < bounds.from_s) break;
        if (slot.from_s < bounds.raw_from_s && step < kHour) {
            // Of old times only hours are left: at the sample in which an hour's time lies.
            const bool is_end = readings.stamp == SampleStamp::end;
            const std::uint64_t hour = (is_end ? slot.to_s : slot.to_s - 1) / kHour * kHour;
            if (is_end && hour > slot.from_s) slots.push_back({shown, hour - kHour, hour});
            if (!is_end && hour >= slot.from_s) slots.push_back({shown, hour, hour + kHour});
        } else {
            slots.push_back(slot);
        }
        if (shown < step) break;
    }
    return slots;
}

std::optional<SampleSlot> newest_slot(const StatisticsReadings& readings, std::uint64_t now_s) {
    const std::uint64_t end = kept(readings, now_s).to_s;
    if (end < kSlotSeconds) return std::nullopt;
    const std::uint64_t from = end - kSlotSeconds;
    return SampleSlot{readings.stamp == SampleStamp::end ? end : from, from, end};
}

}  // namespace pf::sim
