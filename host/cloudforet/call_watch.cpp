#include "host/cloudforet/call_watch.hpp"

#include <grpcpp/server_context.h>

#include <algorithm>

namespace pf::host::cloudforet {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr milliseconds look_interval{50};
// A cut call whose receiver takes nothing for this long is ended by resetting its stream: the
// thread hangs in a write that only this wakes.
constexpr milliseconds tear_after{5000};

std::int64_t steady_ns(Clock::time_point point) {
    return duration_cast<nanoseconds>(point.time_since_epoch()).count();
}

// gRPC speaks of deadlines on the wall clock; "none" is the end of time.
Clock::time_point deadline_of(const grpc::ServerContext& context, Clock::time_point now,
                              milliseconds wall) {
    const Clock::time_point own = now + wall;
    const auto left = context.deadline() - std::chrono::system_clock::now();
    return left >= wall ? own : now + duration_cast<Clock::duration>(left);
}

}  // namespace

CallWatch::CallWatch() : thread_([this] { run(); }) {}

CallWatch::~CallWatch() {
    {
        const std::lock_guard lock(mutex_);
        is_over_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void CallWatch::cut_all(const Status& why) { cut_all_at(Clock::now(), why); }

void CallWatch::cut_all_at(Clock::time_point when, Status why) {
    {
        const std::lock_guard lock(mutex_);
        if (when < cut_at_) {
            cut_at_ = when;
            cut_why_ = std::move(why);
        }
    }
    changed_.notify_all();
}

std::size_t CallWatch::active() const {
    const std::lock_guard lock(mutex_);
    return calls_.size();
}

void CallWatch::run() {
    std::unique_lock lock(mutex_);
    while (!is_over_) {
        if (calls_.empty()) {
            changed_.wait(lock, [this] { return is_over_ || !calls_.empty(); });
        } else {
            // Woken early only by what changes the answer: an end, a cut, a new call.
            changed_.wait_for(lock, look_interval);
        }
        look(Clock::now());
    }
}

// The lock is held, so that no call can end while it is looked at.
void CallWatch::look(Clock::time_point now) {
    if (!cut_ && now >= cut_at_) {
        cut_ = cut_why_;
    }
    for (Call* call : calls_) {
        call->look(now, cut_);
    }
}

CallWatch::Call::Call(CallWatch& watch, grpc::ServerContext& context, const CallLimits& limits)
    : watch_(watch),
      context_(context),
      limits_(limits),
      begin_(Clock::now()),
      source_(deadline_of(context, begin_, limits.wall)),
      token_(source_.stop().token()),
      last_progress_(begin_) {
    bool is_first = false;
    {
        const std::lock_guard lock(watch_.mutex_);
        if (watch_.cut_) {
            source_.request(*watch_.cut_);
        }
        is_first = watch_.calls_.empty();
        watch_.calls_.push_back(this);
    }
    if (is_first) {
        watch_.changed_.notify_all();
    }
}

CallWatch::Call::~Call() {
    const std::lock_guard lock(watch_.mutex_);
    watch_.calls_.remove(this);
}

void CallWatch::Call::begin_handover() noexcept {
    handover_since_.store(steady_ns(Clock::now()), std::memory_order_relaxed);
}

void CallWatch::Call::end_handover() noexcept {
    const std::int64_t since = handover_since_.exchange(0, std::memory_order_relaxed);
    handover_total_.fetch_add(steady_ns(Clock::now()) - since, std::memory_order_relaxed);
}

void CallWatch::Call::look(Clock::time_point now, const std::optional<Status>& cut) {
    if (context_.IsCancelled()) {
        source_.request({Code::cancelled, "ERROR_CALL_CANCELLED", "the caller went away"});
    }
    if (cut) {
        source_.request(*cut);
    }
    const Stop stop = source_.stop();
    if (now >= stop.deadline()) {
        source_.request({Code::deadline_exceeded, "ERROR_REQUEST_TIMEOUT",
                         "the call's deadline passed before its work was done"});
    }
    const std::int64_t since = handover_since_.load(std::memory_order_relaxed);
    std::int64_t waited = handover_total_.load(std::memory_order_relaxed);
    if (since != 0) {
        waited += std::max<std::int64_t>(steady_ns(now) - since, 0);
    }
    if (now - begin_ - nanoseconds(waited) > limits_.budget) {
        source_.request({Code::deadline_exceeded, "ERROR_RUN_BUDGET",
                         "the call used up its time budget of " +
                             std::to_string(limits_.budget.count() / 1000) +
                             " s; ask for less at once or look why Prism is slow"});
    }
    look_at_receiver(now, since != 0);
}

void CallWatch::Call::look_at_receiver(Clock::time_point now, bool is_handing_over) {
    const std::uint64_t taken = taken_.load(std::memory_order_relaxed);
    if (!is_handing_over || taken != seen_taken_) {
        seen_taken_ = taken;
        last_progress_ = now;
        return;
    }
    if (now - last_progress_ > limits_.receiver_stall) {
        source_.request({Code::aborted, "ERROR_RECEIVER_STALLED",
                         "the receiver took no row for " +
                             std::to_string(limits_.receiver_stall.count() / 1000) + " s"});
    }
    if (!is_torn_ && is_cut() && now - last_progress_ > tear_after) {
        is_torn_ = true;
        context_.TryCancel();
    }
}

}  // namespace pf::host::cloudforet
