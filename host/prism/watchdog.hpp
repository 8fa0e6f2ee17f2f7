// Watchdog: wakes code that is blocked in a socket when its time is over or its Stop is requested.
//
// A Watch guards one attempt. While a socket is attached, a passed deadline or a Stop shuts that
// socket down, so that the blocked read or write returns at once; fired() then tells why.
// One thread serves the whole process while any Watchdog handle lives.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "host/base/stop.hpp"

namespace pf::host::prism {

class Watch;

class Watchdog {
  public:
    // The process's watchdog; its thread ends with the last handle.
    static std::shared_ptr<Watchdog> shared();

    Watchdog();
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

  private:
    friend class Watch;
    void add(Watch& watch);
    void remove(Watch& watch);
    // The watch may be due at `when`: wakes the thread when it would sleep longer.
    void hurry(Clock::time_point when);
    void run(const std::stop_token& token);

    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::vector<Watch*> watches_;
    Clock::time_point next_ = Clock::time_point::max();
    std::jthread thread_;  // last: starts after and ends before the members above
};

// Used by one thread; the watchdog and the stopper reach into it under its lock.
class Watch {
  public:
    enum class Cause { none, connect, first_byte, idle, total, stop };

    // Begins with the deadline `total` and the deadline of `stop`.
    Watch(std::shared_ptr<Watchdog> watchdog, const Stop& stop, Clock::time_point total);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    // From now on `cause` fires at `when`, unless a later call says otherwise.
    void arm(Cause cause, Clock::time_point when);
    // Moves the armed deadline later; cheap enough for every read.
    void extend(Clock::time_point when) noexcept;
    Cause fired() const noexcept { return fired_.load(); }

    // The socket to shut down, for as long as this object lives; `fd` must stay open meanwhile.
    class Attachment {
      public:
        Attachment(Watch& watch, int fd);
        ~Attachment();
        Attachment(const Attachment&) = delete;
        Attachment& operator=(const Attachment&) = delete;

      private:
        Watch& watch_;
    };

  private:
    friend class Watchdog;
    void fire(Cause cause);
    // When this watch fires next if nothing is extended, and why.
    Clock::time_point due() const noexcept;
    Cause cause_at(Clock::time_point now) const noexcept;

    std::shared_ptr<Watchdog> watchdog_;
    const Clock::time_point total_;
    const Clock::time_point stop_deadline_;
    std::atomic<Clock::time_point> armed_{Clock::time_point::max()};
    std::atomic<Cause> armed_cause_{Cause::none};
    std::atomic<Cause> fired_{Cause::none};
    std::mutex mutex_;
    int fd_ = -1;
    std::optional<std::stop_callback<std::function<void()>>> on_stop_;  // last: uses the above
};

}  // namespace pf::host::prism
