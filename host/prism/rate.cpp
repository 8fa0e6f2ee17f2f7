#include "host/prism/rate.hpp"

#include <algorithm>

namespace pf::host::prism {
namespace {

constexpr double slowest_share = 1.0 / 16;      // of the full rate
constexpr double seconds_to_recover = 120.0;    // from nothing to the full rate
constexpr std::chrono::seconds halving_gap(1);  // answers in flight complain together

double seconds(Clock::duration span) { return std::chrono::duration<double>(span).count(); }

}  // namespace

Rate::Rate(double per_second, double burst, Clock::time_point now)
    : full_(std::max(per_second, 0.0)),
      rate_(full_),
      burst_(std::max(burst, 1.0)),
      tokens_(burst_),
      last_(now),
      blocked_until_(now),
      last_halved_(now - halving_gap) {}

void Rate::advance(Clock::time_point now) {
    if (now <= last_) {
        return;
    }
    const double passed = seconds(now - last_);
    tokens_ = std::min(burst_, tokens_ + passed * rate_);
    rate_ = std::min(full_, rate_ + passed * full_ / seconds_to_recover);
    last_ = now;
}

Clock::duration Rate::take(Clock::time_point now) {
    const auto pause = std::max(blocked_until_ - now, Clock::duration::zero());
    if (full_ <= 0) {
        return pause;
    }
    advance(std::max(now, blocked_until_));
    tokens_ -= 1;
    const double missing = std::max(0.0, -tokens_) / rate_;
    return pause +
           std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(missing));
}

void Rate::slow_down(Clock::time_point now, Clock::duration pause) {
    advance(now);
    blocked_until_ = std::max(blocked_until_, now + pause);
    tokens_ = std::min(tokens_, 1.0);
    last_ = std::max(last_, blocked_until_);
    if (now - last_halved_ >= halving_gap) {
        rate_ = std::max(rate_ / 2, full_ * slowest_share);
        last_halved_ = now;
    }
}

Status RateGate::pass(const Stop& stop) {
    std::unique_lock lock(mutex_);
    auto now = Clock::now();
    auto when = now + rate_.take(now);
    // A pause may be ordered while this thread waits for its turn.
    while (now < when || now < rate_.blocked_until()) {
        when = std::max(when, rate_.blocked_until());
        never_.wait_until(lock, stop.token(), std::min(when, stop.deadline()),
                          [] { return false; });
        if (stop.requested()) {
            return stop.why();
        }
        now = Clock::now();
    }
    return Status();
}

void RateGate::slow_down(Clock::duration pause) {
    std::lock_guard lock(mutex_);
    rate_.slow_down(Clock::now(), pause);
}

}  // namespace pf::host::prism
