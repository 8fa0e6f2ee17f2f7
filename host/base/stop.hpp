// Stop: one token that tells blocking code when to give up, and why.
//
// A run owns a StopSource; everything it starts gets a Stop. Waiting code uses
// `std::condition_variable_any::wait_until(lock, stop.token(), stop.deadline(), ...)` or registers
// `std::stop_callback(stop.token(), ...)` to wake what cannot wait on a condition (a socket).
// Deadlines are on the steady clock, so that setting the wall clock changes nothing.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <stop_token>

#include "host/base/status.hpp"

namespace pf::host {

using Clock = std::chrono::steady_clock;

class StopSource;

// Copyable, cheap, usable from any thread.
class Stop {
  public:
    Stop() = default;  // never stops
    std::stop_token token() const noexcept { return token_; }
    // When the work must be over; time_point::max() when there is no deadline.
    Clock::time_point deadline() const noexcept { return deadline_; }
    bool requested() const noexcept { return token_.stop_requested() || Clock::now() >= deadline_; }
    // Why: the status given to StopSource::request, or DEADLINE_EXCEEDED. OK while not requested.
    Status why() const;
    // The same token with an earlier deadline (a later one is ignored).
    Stop until(Clock::time_point deadline) const;

  private:
    friend class StopSource;
    struct Reason;
    std::stop_token token_;
    Clock::time_point deadline_ = Clock::time_point::max();
    std::shared_ptr<Reason> reason_;
};

// Owns the decision to stop. Thread-safe.
class StopSource {
  public:
    StopSource();
    explicit StopSource(Clock::time_point deadline);
    // Asks all holders of a Stop to end with `why`. The first call wins; true when it was this one.
    bool request(Status why);
    Stop stop() const;

  private:
    std::stop_source source_;
    Clock::time_point deadline_ = Clock::time_point::max();
    std::shared_ptr<Stop::Reason> reason_;
};

}  // namespace pf::host
