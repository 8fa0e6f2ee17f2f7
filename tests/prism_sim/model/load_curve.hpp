#pragma once
// How busy a thing is, in parts per million, for every 30 seconds since 1970: a floor, a day with
// its peak, a quieter weekend, and noise. A value is a function of seed, thing and time alone.
// Within five minutes the noise adds up to nothing, so sums over long spans cost a tenth.

#include <cstdint>

namespace pf::sim {

inline constexpr std::uint64_t kSlotSeconds = 30;
inline constexpr std::int64_t kFullLoad = 1'000'000;

/// Slots [first, end): slot n begins n times 30 seconds after 1970.
struct SlotRange {
    std::uint64_t first = 0, end = 0;
};

/// What a number of base samples come to.
struct LoadTotals {
    std::uint64_t count = 0;
    std::int64_t sum = 0, min = 0, max = 0, last = 0;

    void add(std::int64_t value);
    /// The totals of later slots behind these.
    void add(const LoadTotals& later);
};

class LoadCurve {
  public:
    /// `channel` tells apart what is measured of one thing.
    LoadCurve(std::uint64_t seed, std::uint64_t thing, std::uint32_t channel);

    /// 0 to kFullLoad.
    [[nodiscard]] std::int64_t at(std::uint64_t slot) const;
    [[nodiscard]] LoadTotals over(const SlotRange& range) const;

  private:
    struct Block {
        std::int64_t middle = 0, ripple = 0;
        std::uint32_t turn = 0;
    };
    [[nodiscard]] Block block(std::uint64_t number) const;

    std::uint64_t key_ = 0;
    std::int64_t floor_ = 0, swing_ = 0, noise_ = 0;
    std::uint64_t shift_minutes_ = 0;
};

}  // namespace pf::sim
