#pragma once
// Token bucket over all requests: one second's worth may come at once.

#include <algorithm>
#include <chrono>
#include <mutex>

namespace pf::sim {

class RateLimit {
  public:
    using Clock = std::chrono::steady_clock;

    /// `per_second` 0 allows everything.
    explicit RateLimit(double per_second)
        : per_second_(per_second), burst_(std::max(1.0, per_second)), tokens_(burst_) {}

    /// True if a request may pass at this moment. Any thread.
    bool allow(Clock::time_point now) {
        if (per_second_ <= 0) return true;
        const std::lock_guard lock(mutex_);
        if (last_ == Clock::time_point{}) last_ = now;
        const std::chrono::duration<double> passed = now - last_;
        last_ = now;
        tokens_ = std::min(burst_, tokens_ + passed.count() * per_second_);
        if (tokens_ < 1) return false;
        tokens_ -= 1;
        return true;
    }

  private:
    const double per_second_;
    const double burst_;
    std::mutex mutex_;
    double tokens_;
    Clock::time_point last_{};
};

}  // namespace pf::sim
