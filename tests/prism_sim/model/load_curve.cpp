#include "tests/prism_sim/model/load_curve.hpp"

#include <algorithm>
#include <array>

#include "tests/prism_sim/model/random.hpp"

namespace pf::sim {
namespace {

constexpr std::uint64_t kSlotsPerBlock = 10, kBlockMinutes = 5, kBlocksPerDay = 288;
constexpr std::uint64_t kMinutesPerDay = 1'440;

// Parts of a thousand at each full hour of a working day.
constexpr std::array<std::int64_t, 24> kDay = {100, 60,  30,  0,    20,  80,  200, 420,
                                               700, 900, 980, 1000, 860, 900, 980, 960,
                                               880, 720, 520, 400,  340, 280, 220, 160};
constexpr std::int64_t kWeekendPercent = 40;

// Adds up to nothing.
constexpr std::array<std::int64_t, kSlotsPerBlock> kRipple = {3, -1, 2, -4, 0, 4, -2, 1, -3, 0};
constexpr std::int64_t kHighestRipple = 4;

std::int64_t day_part(std::uint64_t minute) {
    const auto hour = static_cast<std::size_t>(minute / 60);
    const auto past = static_cast<std::int64_t>(minute % 60);
    const std::int64_t here = kDay[hour], next = kDay[(hour + 1) % kDay.size()];
    return here + (next - here) * past / 60;
}

}  // namespace

void LoadTotals::add(std::int64_t value) { add({1, value, value, value, value}); }

void LoadTotals::add(const LoadTotals& later) {
    if (later.count == 0) return;
    min = count == 0 ? later.min : std::min(min, later.min);
    max = count == 0 ? later.max : std::max(max, later.max);
    sum += later.sum;
    count += later.count;
    last = later.last;
}

LoadCurve::LoadCurve(std::uint64_t seed, std::uint64_t thing, std::uint32_t channel)
    : key_(mix64(mix64(seed ^ 0xa0761d6478bd642fULL) + thing * 0xe7037ed1a0b428dbULL + channel)) {
    Draws draws(key_, Kind::load, channel);
    floor_ = 20'000 + draws.below(230'000);
    swing_ = 50'000 + draws.below(550'000);
    noise_ = 1 + draws.below(50'000);
    shift_minutes_ = draws.below(180);
}

LoadCurve::Block LoadCurve::block(std::uint64_t number) const {
    const std::uint64_t hash = mix64(key_ + number * 0x9e3779b97f4a7c15ULL);
    const std::uint64_t minute =
        (number % kBlocksPerDay * kBlockMinutes + shift_minutes_) % kMinutesPerDay;
    const bool is_weekend = (number / kBlocksPerDay + 3) % 7 >= 5;
    std::int64_t busy = swing_ * day_part(minute) / 1'000;
    if (is_weekend) busy = busy * kWeekendPercent / 100;
    const auto noise = static_cast<std::int64_t>((hash >> 32) % static_cast<std::uint64_t>(noise_));
    return {floor_ + busy + noise, noise_ / 16, static_cast<std::uint32_t>(hash % kSlotsPerBlock)};
}

std::int64_t LoadCurve::at(std::uint64_t slot) const {
    const Block one = block(slot / kSlotsPerBlock);
    return one.middle + one.ripple * kRipple[(slot + one.turn) % kSlotsPerBlock];
}

LoadTotals LoadCurve::over(const SlotRange& range) const {
    LoadTotals totals;
    std::uint64_t slot = range.first;
    while (slot < range.end) {
        const Block one = block(slot / kSlotsPerBlock);
        const std::uint64_t block_end = (slot / kSlotsPerBlock + 1) * kSlotsPerBlock;
        const auto value = [&one](std::uint64_t s) {
            return one.middle + one.ripple * kRipple[(s + one.turn) % kSlotsPerBlock];
        };
        if (slot % kSlotsPerBlock == 0 && block_end <= range.end) {
            totals.add({kSlotsPerBlock, static_cast<std::int64_t>(kSlotsPerBlock) * one.middle,
                        one.middle - kHighestRipple * one.ripple,
                        one.middle + kHighestRipple * one.ripple, value(block_end - 1)});
            slot = block_end;
            continue;
        }
        for (const std::uint64_t end = std::min(block_end, range.end); slot < end; ++slot)
            totals.add(value(slot));
    }
    return totals;
}

}  // namespace pf::sim
