#include "host/prism/rate.hpp"

#include <algorithm>
#include <cmath>

namespace pf::host::prism {
namespace {

constexpr double slowest_share = 1.0 / 16;      // of the full rate
constexpr double seconds_to_recover = 120.0;    // from nothing to the full rate
constexpr std::chrono::seconds halving_gap(1);  // answers in flight complain together
constexpr double least_learned = 20.0;          // per second, where there was no limit

double seconds(Clock::duration span) { return std::chrono::duration<double>(span).count(); }

}  // namespace

Rate::Rate(double per_second, double burst, Clock::time_point now)
    : full_(std::max(per_second, 0.0)),
      ceiling_(full_),
      rate_(full_),
      burst_(std::max(burst, 1.0)),
      tokens_(burst_),
      last_(now),
      last_taken_(now),
      blocked_until_(now),
      last_halved_(now - halving_gap) {}

void Rate::limit(double per_second, double burst, Clock::time_point now) {
    advance(now);
    full_ = std::max(per_second, 0.0);
    burst_ = std::max(burst, 1.0);
    tokens_ = std::min(tokens_, burst_);
    if (full_ > 0) {
        rate_ = is_slowed() ? std::min(rate_, full_) : full_;
        ceiling_ = full_;
    } else if (!is_slowed()) {
        rate_ = ceiling_ = 0;
    }
}

void Rate::advance(Clock::time_point now) {
    if (now <= last_) {
        return;
    }
    const double passed = seconds(now - last_);
    tokens_ = std::min(burst_, tokens_ + passed * rate_);
    rate_ = std::min(ceiling_, rate_ + passed * ceiling_ / seconds_to_recover);
    last_ = now;
    if (full_ <= 0 && !is_slowed()) {
        rate_ = ceiling_ = 0;
        tokens_ = burst_;
    }
}

Clock::duration Rate::take(Clock::time_point now) {
    lately_ = lately_ * std::exp(-seconds(std::max(now, last_taken_) - last_taken_)) + 1;
    last_taken_ = std::max(now, last_taken_);
    const auto pause = std::max(blocked_until_ - now, Clock::duration::zero());
    advance(std::max(now, blocked_until_));
    if (rate_ <= 0) {
        return pause;
    }
    tokens_ -= 1;
    const double missing = std::max(0.0, -tokens_) / rate_;
    return pause +
           std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(missing));
}

void Rate::slow_down(Clock::time_point now, Clock::duration pause) {
    advance(now);
    if (now - last_halved_ >= halving_gap) {
        if (ceiling_ <= 0) {
            rate_ = ceiling_ = std::max(lately_, least_learned);
        }
        rate_ = std::max(rate_ / 2, ceiling_ * slowest_share);
        last_halved_ = now;
    }
    hold(now, pause);
}

void Rate::hold(Clock::time_point now, Clock::duration pause) {
    advance(now);
    blocked_until_ = std::max(blocked_until_, now + pause);
    // Whoever waits for a token asks for another one after the pause.
    tokens_ = std::clamp(tokens_, 0.0, 1.0);
    last_ = std::max(last_, blocked_until_);
    ++pauses_;
}

Status RateGate::pass(const Stop& stop) {
    std::unique_lock lock(mutex_);
    while (true) {
        const std::uint64_t pauses = rate_.pauses();
        const auto now = Clock::now();
        const auto when = now + rate_.take(now);
        if (when > now) {
            never_.wait_until(lock, stop.token(), std::min(when, stop.deadline()),
                              [] { return false; });
        }
        if (stop.requested()) {
            return stop.why();
        }
        // A pause ordered while this thread waited makes its turn void.
        if (rate_.pauses() == pauses) {
            return Status();
        }
    }
}

void RateGate::limit(double per_second, double burst) {
    std::lock_guard lock(mutex_);
    rate_.limit(per_second, burst, Clock::now());
}

void RateGate::slow_down(Clock::duration pause) {
    std::lock_guard lock(mutex_);
    rate_.slow_down(Clock::now(), pause);
}

void RateGate::hold(Clock::duration pause) {
    std::lock_guard lock(mutex_);
    rate_.hold(Clock::now(), pause);
}

}  // namespace pf::host::prism
