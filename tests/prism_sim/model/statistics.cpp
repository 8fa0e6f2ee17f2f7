#include "tests/prism_sim/model/statistics.hpp"

#include <algorithm>
#include <chrono>

#include "tests/prism_sim/model/random.hpp"

namespace pf::sim {
namespace {

std::uint64_t clock_s() {
    using namespace std::chrono;
    return static_cast<std::uint64_t>(
        duration_cast<seconds>(system_clock::now().time_since_epoch()).count());
}

std::uint64_t number_of(const Subject& subject) {
    return static_cast<std::uint64_t>(subject.kind) << 32 | subject.index;
}

// Whether a sample of a thing is among so many percent.
bool is_hit(std::uint64_t seed, const Subject& subject, std::uint64_t shown_s, std::uint32_t what,
            std::uint32_t percent) {
    if (percent == 0) return false;
    const std::uint64_t thing = mix64(number_of(subject)) + what;
    return Draws(seed ^ thing, Kind::sample_fault, shown_s).chance(percent);
}

enum : std::uint32_t { kGap, kDuplicate, kDisorder, kMark };

}  // namespace

Statistics::Statistics(const World& world, const StatisticsReadings& readings)
    : world_(world),
      readings_(readings),
      began_s_(readings.now_s != 0 ? readings.now_s : clock_s()) {}

std::uint64_t Statistics::now_s() const {
    return readings_.now_s != 0 ? readings_.now_s : clock_s();
}

std::uint64_t Statistics::running_seconds(std::uint32_t vm, std::uint64_t from_s,
                                          std::uint64_t to_s) const {
    return meter({Measured::vm, vm}).power().running_seconds(from_s, to_s);
}

std::vector<SampleSlot> Statistics::spoiled(const Subject& subject,
                                            std::vector<SampleSlot> slots) const {
    if ((readings_.gaps | readings_.duplicates | readings_.disorder) == 0) return slots;
    const auto hit = [&](const SampleSlot& slot, std::uint32_t what, std::uint32_t percent) {
        return is_hit(world_.seed(), subject, slot.shown_s, what, percent);
    };
    std::vector<SampleSlot> spoiled;
    for (const SampleSlot& slot : slots) {
        if (hit(slot, kGap, readings_.gaps)) continue;
        spoiled.push_back(slot);
        if (hit(slot, kDuplicate, readings_.duplicates)) spoiled.push_back(slot);
    }
    for (std::size_t i = 0; i + 1 < spoiled.size(); ++i)
        if (hit(spoiled[i], kDisorder, readings_.disorder))
            std::swap(spoiled[i], spoiled[spoiled.size() - 1 - i / 2]);
    return spoiled;
}

std::optional<std::int64_t> Statistics::shown(const Subject& subject, const Meter& meter,
                                              Metric metric, const SampleSlot& slot,
                                              const Coverage& coverage, StatType type) const {
    const auto mark = kMark + static_cast<std::uint32_t>(metric);
    if (meter.has(metric) && !coverage.is_empty() &&
        is_hit(world_.seed(), subject, slot.shown_s, mark, readings_.minus_ones))
        return -1;
    return meter.read(metric, coverage, type);
}

}  // namespace pf::sim
