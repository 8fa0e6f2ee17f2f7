// RunningHours: when machines ran, from samples, and shapes cut by it.
//
// A machine has samples while it runs. One without a sample in an hour was off, if any machine has
// one in it; if none has, there are no statistics of that hour: Prism keeps them for a while only,
// and the newest come late. An answer may hold no more samples than so many, the newest then, so
// nothing is known of the time before the first sample in the answer that a machine came in. A
// machine that is in no answer was off where all answers have something.
//
// Memory: a bit per machine and hour. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "host/cost/shapes/shape.hpp"

namespace pf::host::cost {

class RunningHours {
  public:
    // Steps of `step` seconds from the period's begin; the last one may be shorter.
    RunningHours(Period period, std::int64_t step);

    // A sample of a running machine in the answer number `page`. `at`, UTC seconds, is where its
    // step begins or ends: which of them shows in all samples together, see close().
    void add(std::size_t page, std::string_view id, std::int64_t at);
    // All samples were added: now shapes can be cut.
    void close();

    // Cuts a machine's segment where it was switched on or off, and hands out the parts in order:
    // measured where statistics exist, else as the segment is. They follow each other without gap
    // and cover the segment.
    void cut(const Shape& segment, const std::function<void(const Shape&)>& part) const;

    // Whether statistics exist for any step.
    bool has_any() const noexcept { return has_any_; }

  private:
    using Bits = std::vector<std::uint64_t>;
    struct Machine {
        Bits ran;
        std::size_t page = 0;
    };
    static bool is_set(const Bits& bits, std::size_t at) {
        return ((bits[at / 64] >> (at % 64)) & 1) != 0;
    }
    // Whether a machine ran in a step: 1, 0, or -1 where nothing is known.
    int state(const Machine* machine, std::size_t step) const;

    const Period period_;
    const std::int64_t step_;
    const std::size_t words_;
    std::unordered_map<std::string, Machine> machines_;
    Bits known_;                       // steps in which some machine has a sample
    std::vector<std::size_t> begins_;  // by page: the first step of which it has a sample
    std::size_t last_begin_ = 0;       // of all pages
    std::size_t shift_ = 0;            // 1: a sample stands at the end of its step
    bool has_any_ = false;
    std::string id_;
};

}  // namespace pf::host::cost
