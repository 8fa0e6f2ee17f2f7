// RunningHours: when machines ran, from samples, and shapes cut by it.
//
// A step in which any machine of the Prism Central has a sample is one that statistics exist for; a
// machine without a sample in it was off. A step in which none has any says nothing: Prism keeps
// statistics for a while only, and the newest come late. Memory: a bit per machine and step.
#pragma once

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

    // The machine ran in the step that `at` (UTC seconds) is in; nothing outside of the period.
    void add(std::string_view id, std::int64_t at);

    // Cuts a machine's segment where it was switched on or off, and hands out the parts in order:
    // measured where statistics exist, else as the segment is. They follow each other without gap
    // and cover the segment.
    void cut(const Shape& segment, const std::function<void(const Shape&)>& part) const;

    // Whether statistics exist for any step.
    bool has_any() const noexcept { return has_any_; }

  private:
    using Bits = std::vector<std::uint64_t>;
    static bool is_set(const Bits& bits, std::size_t at) {
        return ((bits[at / 64] >> (at % 64)) & 1) != 0;
    }

    const Period period_;
    const std::int64_t step_;
    const std::size_t words_;
    std::unordered_map<std::string, Bits> machines_;
    Bits known_;  // steps in which some machine has a sample
    bool has_any_ = false;
    std::string id_;
};

}  // namespace pf::host::cost
