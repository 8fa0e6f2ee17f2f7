// Rate: how many requests per second may leave for a target. A token bucket whose rate is halved
// when Prism complains and grows back slowly. Rate counts, RateGate waits.
#pragma once

#include <condition_variable>
#include <mutex>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"

namespace pf::host::prism {

// Arithmetic only; every function is told the time. Not thread-safe.
class Rate {
  public:
    // `per_second` 0 means no limit. `burst` requests may leave at once after a quiet time.
    Rate(double per_second, double burst, Clock::time_point now);

    // Takes a token and returns how long its owner must wait before sending.
    Clock::duration take(Clock::time_point now);
    // Prism said "too many": half the rate (once per second at most) and nothing before `pause`.
    void slow_down(Clock::time_point now, Clock::duration pause);
    double per_second() const noexcept { return rate_; }
    Clock::time_point blocked_until() const noexcept { return blocked_until_; }

  private:
    void advance(Clock::time_point now);

    double full_;
    double rate_;
    double burst_;
    double tokens_;
    Clock::time_point last_;
    Clock::time_point blocked_until_;
    Clock::time_point last_halved_;
};

// The same for threads that wait.
class RateGate {
  public:
    RateGate(double per_second, double burst) : rate_(per_second, burst, Clock::now()) {}
    // Returns when a request may be sent; the reason of `stop` when that comes first.
    Status pass(const Stop& stop);
    void slow_down(Clock::duration pause);

  private:
    std::mutex mutex_;
    std::condition_variable_any never_;
    Rate rate_;
};

}  // namespace pf::host::prism
