#pragma once
// When a virtual machine ran. The past is made up day by day (UTC) from the seed and the machine
// alone, and ends in the power state the machine has now: some ran all the time, some in office
// hours, some at night, some were stopped or started once, some are restless. Exact to the second.

#include <cstdint>
#include <vector>

namespace pf::sim {

/// [from_s, to_s), seconds since 1970.
struct TimeSpan {
    std::uint64_t from_s = 0, to_s = 0;
};

class PowerHistory {
  public:
    struct Traits {
        std::uint64_t seed = 0;
        std::uint64_t machine = 0;  ///< A number of its own.
        bool is_on = false;         ///< Today and ever after.
        std::uint64_t created_s = 0;
        std::uint64_t now_s = 0;  ///< The past ends at the begin of this day.
    };
    explicit PowerHistory(const Traits& traits);
    /// What runs all the time.
    static PowerHistory always();

    /// When it ran within [from_s, to_s), in order; spans that touch are one.
    void spans(std::uint64_t from_s, std::uint64_t to_s, std::vector<TimeSpan>& found) const;
    /// How many seconds of [from_s, to_s) it ran.
    [[nodiscard]] std::uint64_t running_seconds(std::uint64_t from_s, std::uint64_t to_s) const;
    [[nodiscard]] bool is_on(std::uint64_t at_s) const {
        return running_seconds(at_s, at_s + 1) == 1;
    }

  private:
    enum class Habit : std::uint8_t { steady, office, nightly, switched_once, restless };
    struct Day {
        TimeSpan spans[2];
        std::uint32_t count = 0;
        void add(std::uint64_t from_s, std::uint64_t to_s) { spans[count++] = {from_s, to_s}; }
    };

    PowerHistory() = default;
    [[nodiscard]] Day day(std::uint64_t number) const;
    [[nodiscard]] Day past_day(std::uint64_t number) const;
    [[nodiscard]] Day switching_day(std::uint64_t number) const;
    template <class Use>
    void each_span(std::uint64_t from_s, std::uint64_t to_s, Use use) const;

    Habit habit_ = Habit::steady;
    std::uint64_t seed_ = 0, machine_ = 0, created_s_ = 0;
    std::uint64_t today_ = 0;   // Days since 1970.
    std::uint64_t switch_ = 0;  // Second at which one of habit switched_once was switched.
    bool is_on_ = true;
};

}  // namespace pf::sim
