// Extent: how much time an answer of Prism reaches over, and how many samples it holds.
//
// An answer may hold no more samples than so many, the newest then; nobody documents whether or
// how many. So an answer that does not reach back to the start that was asked for is looked at
// against others: one that does shows how many samples an answer can hold.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "resample.hpp"

namespace monitoring {

struct Extent {
    std::size_t samples = 0;  // of all entities
    std::size_t longest = 0;  // of the entity that has most
    std::optional<std::int64_t> oldest, newest;

    void add(const std::vector<Sample>& one) {
        samples += one.size();
        longest = std::max(longest, one.size());
        for (const Sample& sample : one) {
            oldest = std::min(oldest.value_or(sample.time_s), sample.time_s);
            newest = std::max(newest.value_or(sample.time_s), sample.time_s);
        }
    }
    bool reaches(std::int64_t time_s) const noexcept { return oldest && *oldest <= time_s; }
    // Whether an answer that holds as much as this one has shown that it need not be cut.
    bool is_within(const Extent& whole) const noexcept {
        return samples <= whole.samples && longest <= whole.longest;
    }
    // How many intervals the answer covers, at least: samples may come twice, or be missing.
    std::int64_t slots(std::int64_t step_s) const noexcept {
        if (!oldest) return 0;
        return std::min(static_cast<std::int64_t>(longest), (*newest - *oldest) / step_s + 1);
    }
};

// The greater numbers of both.
inline Extent larger(const Extent& a, const Extent& b) {
    return {std::max(a.samples, b.samples), std::max(a.longest, b.longest), {}, {}};
}

}  // namespace monitoring
