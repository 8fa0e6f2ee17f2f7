// CallWatch: knows the calls in progress and tells each when to stop.
//
// gRPC's blocking handlers learn only by asking that their client went away. One thread asks for
// all of them, twenty times a second while there are calls, and turns a client's cancel, a
// deadline, an exhausted budget or the end of the server into a request on the call's StopSource.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"

namespace grpc {
class ServerContext;
}

namespace pf::host::cloudforet {

// How long a call may take.
struct CallLimits {
    // From the beginning, without the time spent handing rows to the receiver.
    std::chrono::milliseconds budget{0};
    // From the beginning, whatever happens.
    std::chrono::milliseconds wall{0};
    // A receiver that takes no row for this long counts as gone.
    std::chrono::milliseconds receiver_stall{std::chrono::minutes(10)};
};

class CallWatch {
  public:
    class Call;

    CallWatch();
    ~CallWatch();
    CallWatch(const CallWatch&) = delete;
    CallWatch& operator=(const CallWatch&) = delete;

    // Asks every call, and every one that begins later, to end with `why`. The first call wins.
    void cut_all(const Status& why);
    // cut_all(why) at a point in time, from the watch's own thread.
    void cut_all_at(Clock::time_point when, Status why);
    // Calls in progress.
    std::size_t active() const;

  private:
    void run();
    void look(Clock::time_point now);

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::list<Call*> calls_;
    std::optional<Status> cut_;
    Clock::time_point cut_at_ = Clock::time_point::max();
    Status cut_why_;
    bool is_over_ = false;
    std::thread thread_;
};

// One call, from the beginning of its handler to the end. Lives on the handler's thread.
class CallWatch::Call {
  public:
    // `context` outlives this object; its deadline shortens the limits.
    Call(CallWatch& watch, grpc::ServerContext& context, const CallLimits& limits);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    // What the call's work gets.
    Stop stop() const { return source_.stop(); }
    // True as soon as anything asked the call to end. Cheap.
    bool is_cut() const noexcept { return token_.stop_requested(); }

    // Around the handing over of rows: the time between does not count against the budget.
    void begin_handover() noexcept;
    // One row was taken.
    void row_taken() noexcept { taken_.fetch_add(1, std::memory_order_relaxed); }
    void end_handover() noexcept;  // see begin_handover

  private:
    friend class CallWatch;
    void look(Clock::time_point now, const std::optional<Status>& cut);
    void look_at_receiver(Clock::time_point now, bool is_handing_over);

    CallWatch& watch_;
    grpc::ServerContext& context_;
    const CallLimits limits_;
    const Clock::time_point begin_;
    StopSource source_;
    std::stop_token token_;
    std::atomic<std::int64_t> handover_since_{0};  // steady ns; 0 = not handing over
    std::atomic<std::int64_t> handover_total_{0};  // ns
    std::atomic<std::uint64_t> taken_{0};
    // Of the watch's thread alone.
    std::uint64_t seen_taken_ = 0;
    Clock::time_point last_progress_;
    bool is_torn_ = false;
};

}  // namespace pf::host::cloudforet
