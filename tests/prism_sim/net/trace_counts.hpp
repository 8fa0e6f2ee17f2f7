#pragma once
// Which traces the requests belonged to, as their headers said. May be used from any thread.

#include <mutex>
#include <string>

#include "tests/prism_sim/server.hpp"

namespace pf::sim {

class TraceCounts {
  public:
    /// One request came with these headers, empty when it had none.
    void note(const std::string& traceparent, const std::string& tracestate) {
        const std::lock_guard lock(mutex_);
        if (traceparent.empty()) {
            ++untraced_;
        } else if (by_trace_.size() < kMost) {
            ++by_trace_[tracestate.empty() ? traceparent : traceparent + "|" + tracestate];
        }
    }
    void add_to(Stats& stats) const {
        const std::lock_guard lock(mutex_);
        stats.untraced = untraced_;
        stats.by_trace = by_trace_;
    }

  private:
    static constexpr std::size_t kMost = 4000;
    mutable std::mutex mutex_;
    std::uint64_t untraced_ = 0;
    std::map<std::string, std::uint64_t> by_trace_;
};

}  // namespace pf::sim
