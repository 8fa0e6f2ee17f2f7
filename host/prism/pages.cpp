#include "host/prism/pages.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "host/base/call_trace.hpp"
#include "host/base/thread_name.hpp"
#include "host/prism/printable.hpp"
#include "host/prism/target_state.hpp"

namespace pf::host::prism {
namespace {

// A page somebody fetches or has fetched. A claim that was given up because the list shrank is
// recognised by its number when its answer comes late.
struct Slot {
    std::uint64_t claim = 0;
    std::optional<Result<Body>> result;
};

Status no_more() {
    return Status(Code::out_of_range, "ERROR_NO_MORE_PAGES", "the list has no more pages");
}

}  // namespace

struct Pages::State {
    State(std::shared_ptr<Target> of, MakeRequest how, const Stop& outer, Meter& counts)
        : target(std::move(of)),
          make(std::move(how)),
          meter(counts),
          own(outer.deadline()),
          stop(own.stop()),
          width(std::max<std::uint32_t>(1, target->spec().limits.sessions)),
          ahead(width + 2),
          on_stop(outer.token(), [this, outer] { own.request(outer.why()); }) {}

    Result<Body> fetch(std::uint64_t index, Body memory);
    void work();
    bool may_claim() const;
    void wake_fetcher();
    bool store(std::uint64_t index, std::uint64_t claim, Result<Body> result);
    void start_fetchers();
    void keep_spare(Body body);
    Body spare();

    const std::shared_ptr<Target> target;
    const MakeRequest make;
    Meter& meter;
    StopSource own;
    const Stop stop;
    const std::uint64_t width;
    const std::uint64_t ahead;

    std::mutex mutex;
    std::condition_variable_any work_to_do;
    std::condition_variable_any arrived;
    std::uint64_t count = 1;       // pages, as far as is known
    std::uint64_t next_claim = 0;  // the first page nobody fetches yet
    std::uint64_t next_out = 0;    // the page the reader gets next
    std::uint64_t claims = 0;
    std::uint64_t in_flight = 0;  // fetchers at work
    std::uint64_t waiting_bytes = 0;
    std::uint64_t largest = 0;  // page so far: what one in flight may become
    bool failed = false;
    std::optional<Status> ended;  // the failure handed to the reader
    std::map<std::uint64_t, Slot> slots;
    std::vector<Body> spares;
    std::vector<std::jthread> fetchers;

    std::stop_callback<std::function<void()>> on_stop;  // last: uses the above
};

Result<Body> Pages::State::fetch(std::uint64_t index, Body memory) {
    try {
        Answer answer = target->state_->fetch(make(index), stop, meter, std::move(memory),
                                              target->spec().limits);
        if (!answer.status.ok()) {
            return answer.status;
        }
        return std::move(answer.body);
    } catch (const std::exception& error) {
        return Status(Code::internal, "ERROR_INTERNAL",
                      "a page cannot be asked for: " + printable(error.what(), 200));
    }
}

// The page the reader needs next may always be fetched; what runs ahead stays within the limits.
bool Pages::State::may_claim() const {
    if (failed || next_claim >= count) {
        return false;
    }
    if (next_claim <= next_out) {
        return true;
    }
    return next_claim < next_out + ahead &&
           waiting_bytes + (in_flight + 1) * largest <= target->spec().limits.prefetch_bytes;
}

// Whatever lets a page be claimed wakes one fetcher, and each that claims wakes the next if there
// is more to do: waking all for one page would cost more than the page.
void Pages::State::wake_fetcher() {
    if (may_claim()) {
        work_to_do.notify_one();
    }
}

void Pages::State::work() {
    std::unique_lock lock(mutex);
    while (true) {
        work_to_do.wait(lock, stop.token(), [&] { return may_claim(); });
        if (stop.requested()) {
            return;
        }
        const std::uint64_t index = next_claim++;
        const std::uint64_t claim = ++claims;
        slots[index] = {claim, std::nullopt};
        ++in_flight;
        Body memory = spare();
        wake_fetcher();
        lock.unlock();
        Result<Body> result = fetch(index, std::move(memory));
        lock.lock();
        --in_flight;
        if (store(index, claim, std::move(result))) {
            lock.unlock();  // the reader needs it at once
            arrived.notify_one();
            lock.lock();
        }
    }
}

// True when it is the page the reader waits for. The fetcher that brought it looks for more work
// by itself.
bool Pages::State::store(std::uint64_t index, std::uint64_t claim, Result<Body> result) {
    const auto slot = slots.find(index);
    if (slot == slots.end() || slot->second.claim != claim) {
        if (result.ok()) {
            keep_spare(std::move(result).value());
        }
        return false;
    }
    if (result.ok()) {
        waiting_bytes += result->size();
        largest = std::max<std::uint64_t>(largest, result->size());
    } else {
        failed = true;
    }
    slot->second.result = std::move(result);
    return index == next_out;
}

void Pages::State::start_fetchers() {
    const std::uint64_t left = count - std::min(count, next_claim);
    const std::uint64_t wanted = std::min(width, left + in_flight);
    while (fetchers.size() < wanted) {
        fetchers.emplace_back([this, trace = CallTrace::here()] {
            const CallTrace::Scope scope(trace);
            name_thread("pf-fetch");
            work();
        });
    }
}

void Pages::State::keep_spare(Body body) {
    if (spares.size() < ahead && body.capacity() > 0) {
        spares.push_back(std::move(body));
    }
}

Body Pages::State::spare() {
    if (spares.empty()) {
        return {};
    }
    Body body = std::move(spares.back());
    spares.pop_back();
    return body;
}

Pages::Pages(std::shared_ptr<Target> target, MakeRequest make, Stop stop, Meter& meter)
    : state_(std::make_shared<State>(std::move(target), std::move(make), stop, meter)) {}

Pages::~Pages() {
    state_->own.request(Status(Code::cancelled, "ERROR_CANCELLED", "the list is not read further"));
    state_->fetchers.clear();  // joins
}

void Pages::expect(std::uint64_t count) {
    State& state = *state_;
    std::lock_guard lock(state.mutex);
    state.count = count;
    for (auto slot = state.slots.lower_bound(count); slot != state.slots.end();) {
        if (auto& result = slot->second.result; result && result->ok()) {
            state.waiting_bytes -= (*result)->size();
            state.keep_spare(std::move(*result).value());
        }
        slot = state.slots.erase(slot);
    }
    state.next_claim = std::min(state.next_claim, std::max(count, state.next_out));
    state.failed = std::any_of(state.slots.begin(), state.slots.end(), [](const auto& slot) {
        return slot.second.result && !slot.second.result->ok();
    });
    // Nobody has asked for the first page yet: nothing is sent before next().
    if (state.next_out > 0) {
        state.start_fetchers();
    }
    state.wake_fetcher();
}

Result<Body> Pages::next() {
    State& state = *state_;
    const Waiting waiting(state.meter);
    std::unique_lock lock(state.mutex);
    if (state.ended) {
        return *state.ended;
    }
    if (state.next_out >= state.count) {
        return no_more();
    }
    if (state.fetchers.empty()) {
        // The only page known so far: the reader would wait anyway, so it fetches itself.
        const std::uint64_t index = state.next_out;
        lock.unlock();
        Result<Body> result = state.fetch(index, Body());
        lock.lock();
        if (!result.ok()) {
            state.ended = result.status();
            return result;
        }
        state.largest = result->size();
        state.next_claim = state.next_out = index + 1;
        state.start_fetchers();
        return result;
    }
    const std::uint64_t index = state.next_out;
    state.arrived.wait_until(lock, state.stop.token(), state.stop.deadline(), [&] {
        const auto slot = state.slots.find(index);
        return slot != state.slots.end() && slot->second.result.has_value();
    });
    const auto slot = state.slots.find(index);
    if (slot == state.slots.end() || !slot->second.result) {
        state.ended = state.stop.why();
        return *state.ended;
    }
    Result<Body> result = std::move(*slot->second.result);
    state.slots.erase(slot);
    if (!result.ok()) {
        state.ended = result.status();
        return result;
    }
    state.waiting_bytes -= result->size();
    ++state.next_out;
    state.wake_fetcher();
    return result;
}

void Pages::recycle(Body body) {
    std::lock_guard lock(state_->mutex);
    state_->keep_spare(std::move(body));
}

}  // namespace pf::host::prism
