#pragma once
// A directory behind the login: Basic credentials cost it time, and beyond some at once it fails.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <vector>

namespace pf::sim {

class LoginBurst {
  public:
    using Clock = std::chrono::steady_clock;

    /// `most` 0 lets any number log in at once, at no cost of time.
    LoginBurst(std::uint32_t most, std::chrono::milliseconds time) : most_(most), time_(time) {}

    /// True if a login may begin at this moment; it is in progress for login_time(). Any thread.
    bool begin(Clock::time_point now) {
        if (most_ == 0) return true;
        const std::lock_guard lock(mutex_);
        std::erase_if(ends_, [now](Clock::time_point end) { return end <= now; });
        if (ends_.size() >= most_) return false;
        ends_.push_back(now + time_);
        return true;
    }
    [[nodiscard]] std::chrono::milliseconds login_time() const {
        return most_ == 0 ? std::chrono::milliseconds(0) : time_;
    }

  private:
    const std::uint32_t most_;
    const std::chrono::milliseconds time_;
    std::mutex mutex_;
    std::vector<Clock::time_point> ends_;
};

}  // namespace pf::sim
