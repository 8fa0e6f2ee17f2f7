#include "host/prism/watchdog.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <utility>

namespace pf::host::prism {

std::shared_ptr<Watchdog> Watchdog::shared() {
    static std::mutex mutex;
    static std::weak_ptr<Watchdog> current;
    std::lock_guard lock(mutex);
    auto watchdog = current.lock();
    if (!watchdog) {
        watchdog = std::make_shared<Watchdog>();
        current = watchdog;
    }
    return watchdog;
}

Watchdog::Watchdog() : thread_([this](const std::stop_token& token) { run(token); }) {}

Watchdog::~Watchdog() = default;

void Watchdog::add(Watch& watch) {
    {
        std::lock_guard lock(mutex_);
        watches_.push_back(&watch);
    }
    hurry(watch.due());
}

void Watchdog::remove(Watch& watch) {
    std::lock_guard lock(mutex_);
    std::erase(watches_, &watch);
}

void Watchdog::hurry(Clock::time_point when) {
    std::lock_guard lock(mutex_);
    if (when < next_) {
        next_ = when;
        wake_.notify_one();
    }
}

void Watchdog::run(const std::stop_token& token) {
    constexpr std::chrono::hours rest(1);  // far from the clock's end, whose arithmetic overflows
    std::unique_lock lock(mutex_);
    while (!token.stop_requested()) {
        const auto now = Clock::now();
        auto next = now + rest;
        for (Watch* watch : watches_) {
            if (watch->fired() != Watch::Cause::none) {
                continue;
            }
            if (const Watch::Cause cause = watch->cause_at(now); cause != Watch::Cause::none) {
                watch->fire(cause);
            } else {
                next = std::min(next, watch->due());
            }
        }
        next_ = next;
        wake_.wait_until(lock, token, next, [&] { return next_ < next; });
    }
}

Watch::Watch(std::shared_ptr<Watchdog> watchdog, const Stop& stop, Clock::time_point total)
    : watchdog_(std::move(watchdog)), total_(total), stop_deadline_(stop.deadline()) {
    watchdog_->add(*this);
    on_stop_.emplace(stop.token(), std::function<void()>([this] { fire(Cause::stop); }));
}

Watch::~Watch() {
    on_stop_.reset();
    watchdog_->remove(*this);
}

void Watch::arm(Cause cause, Clock::time_point when) {
    armed_cause_.store(cause);
    armed_.store(when);
    watchdog_->hurry(due());
}

void Watch::extend(Clock::time_point when) noexcept { armed_.store(when); }

Clock::time_point Watch::due() const noexcept {
    return std::min({armed_.load(), total_, stop_deadline_});
}

Watch::Cause Watch::cause_at(Clock::time_point now) const noexcept {
    if (now >= stop_deadline_) {
        return Cause::stop;
    }
    if (now >= total_) {
        return Cause::total;
    }
    return now >= armed_.load() ? armed_cause_.load() : Cause::none;
}

void Watch::fire(Cause cause) {
    std::lock_guard lock(mutex_);
    Cause none = Cause::none;
    fired_.compare_exchange_strong(none, cause);
    if (fd_ >= 0) {
        ::shutdown(fd_, SHUT_RDWR);
    }
}

Watch::Attachment::Attachment(Watch& watch, int fd) : watch_(watch) {
    std::lock_guard lock(watch_.mutex_);
    watch_.fd_ = fd;
    if (watch_.fired() != Cause::none) {
        ::shutdown(fd, SHUT_RDWR);
    }
}

Watch::Attachment::~Attachment() {
    std::lock_guard lock(watch_.mutex_);
    watch_.fd_ = -1;
}

}  // namespace pf::host::prism
