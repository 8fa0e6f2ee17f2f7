// Rate: how many requests per second may leave for a Prism Central. A token bucket whose rate is
// halved when Prism complains and grows back slowly. Rate counts, RateGate waits.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"

namespace pf::host::prism {

// Arithmetic only; every function is told the time. Not thread-safe.
class Rate {
  public:
    // `per_second` 0 means no limit, until Prism complains: then half of what was sent lately is
    // the limit until the rate has grown back. `burst` requests may leave at once after a quiet
    // time.
    Rate(double per_second, double burst, Clock::time_point now);

    // Replaces both. A rate that was slowed down stays so.
    void limit(double per_second, double burst, Clock::time_point now);
    // Takes a token and returns how long its owner must wait before sending.
    Clock::duration take(Clock::time_point now);
    // Prism said "too many": half the rate (once per second at most) and nothing before `pause`.
    void slow_down(Clock::time_point now, Clock::duration pause);
    // Nothing before `pause` is over.
    void hold(Clock::time_point now, Clock::duration pause);
    // What may leave per second now; 0 = no limit.
    double per_second() const noexcept { return rate_; }
    // How often slow_down() and hold() were called: what take() said before is void after that.
    std::uint64_t pauses() const noexcept { return pauses_; }

  private:
    void advance(Clock::time_point now);
    bool is_slowed() const noexcept { return rate_ < ceiling_; }

    double full_;     // as ordered; 0 = no limit
    double ceiling_;  // what the rate grows back to; 0 = no limit
    double rate_;     // 0 = no limit
    double burst_;
    double tokens_;
    double lately_ = 0;  // requests sent in about the last second
    Clock::time_point last_;
    Clock::time_point last_taken_;
    Clock::time_point blocked_until_;
    Clock::time_point last_halved_;
    std::uint64_t pauses_ = 0;
};

// The same for threads that wait.
class RateGate {
  public:
    RateGate(double per_second, double burst) : rate_(per_second, burst, Clock::now()) {}
    // Returns when a request may be sent; the reason of `stop` when that comes first.
    Status pass(const Stop& stop);
    void limit(double per_second, double burst);
    void slow_down(Clock::duration pause);
    void hold(Clock::duration pause);

  private:
    std::mutex mutex_;
    std::condition_variable_any never_;
    Rate rate_;
};

}  // namespace pf::host::prism
