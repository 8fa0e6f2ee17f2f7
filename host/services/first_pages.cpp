#include "host/services/first_pages.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "host/base/call_trace.hpp"
#include "host/base/thread_name.hpp"

namespace pf::host::services {

struct FirstPages::State {
    State(std::shared_ptr<prism::Target> of, MakeRequest how, std::vector<std::string> all,
          const Stop& outer, std::shared_ptr<prism::Meter> counts)
        : target(std::move(of)),
          make(std::move(how)),
          parents(std::move(all)),
          meter(std::move(counts)),
          own(outer.deadline()),
          stop(own.stop()),
          width(std::clamp<std::size_t>(parents.size(), 1,
                                        std::max(1u, target->spec().limits.sessions))),
          on_stop(outer.token(), [this, outer] { own.request(outer.why()); }) {}

    bool may_claim() const;
    void work();
    void store(std::size_t index, Result<prism::Body> answer);

    const std::shared_ptr<prism::Target> target;
    const MakeRequest make;
    const std::vector<std::string> parents;
    const std::shared_ptr<prism::Meter> meter;
    StopSource own;
    const Stop stop;
    const std::size_t width;

    std::mutex mutex;
    std::condition_variable_any work_to_do;
    std::condition_variable_any arrived;
    std::size_t next_claim = 0;  // the first parent nobody fetches yet
    std::size_t next_out = 0;    // the parent the reader gets next
    std::size_t in_flight = 0;
    std::uint64_t waiting_bytes = 0;
    std::uint64_t largest = 0;      // answer so far: what one in flight may become
    std::uint32_t failures = 0;     // in a row
    std::optional<Status> verdict;  // of the parents that are not asked for any more
    std::map<std::size_t, Result<prism::Body>> answers;
    std::vector<std::jthread> fetchers;

    std::stop_callback<std::function<void()>> on_stop;  // last: uses the above
};

// What the reader needs next may always be fetched; what runs ahead stays within the limits.
bool FirstPages::State::may_claim() const {
    if (verdict || next_claim >= parents.size()) {
        return false;
    }
    return next_claim <= next_out ||
           (next_claim < next_out + width + 2 &&
            waiting_bytes + (in_flight + 1) * largest <= target->spec().limits.prefetch_bytes);
}

void FirstPages::State::work() {
    std::unique_lock lock(mutex);
    while (true) {
        work_to_do.wait(lock, stop.token(), [&] { return may_claim(); });
        if (stop.requested()) {
            return;
        }
        const std::size_t index = next_claim++;
        ++in_flight;
        lock.unlock();
        auto answer = target->send(make(parents[index]), stop, *meter);
        lock.lock();
        --in_flight;
        store(index, answer ? Result<prism::Body>(std::move(answer->body))
                            : Result<prism::Body>(answer.status()));
    }
}

void FirstPages::State::store(std::size_t index, Result<prism::Body> answer) {
    // That one parent is gone says nothing about the others.
    const bool is_failure = !answer.ok() && answer.status().code() != Code::not_found;
    failures = is_failure ? failures + 1 : 0;
    if (failures >= most_failures && !verdict) {
        verdict = answer.status();
    }
    if (index >= next_out) {
        if (answer.ok()) {
            waiting_bytes += answer->size();
            largest = std::max<std::uint64_t>(largest, answer->size());
        }
        answers.insert_or_assign(index, std::move(answer));
    }
    arrived.notify_one();
    work_to_do.notify_one();
}

FirstPages::FirstPages(std::shared_ptr<prism::Target> target, MakeRequest make,
                       std::vector<std::string> parents, const Stop& stop,
                       std::shared_ptr<prism::Meter> meter)
    : state_(std::make_unique<State>(std::move(target), std::move(make), std::move(parents), stop,
                                     std::move(meter))) {
    State& state = *state_;
    while (!state.parents.empty() && state.fetchers.size() < state.width) {
        state.fetchers.emplace_back([&state, trace = CallTrace::here()] {
            const CallTrace::Scope scope(trace);
            name_thread("pf-fetch");
            state.work();
        });
    }
}

FirstPages::~FirstPages() {
    state_->own.request(Status(Code::cancelled, "ERROR_CANCELLED", "the lists are not read"));
    state_->fetchers.clear();  // joins
}

std::optional<Result<prism::Body>> FirstPages::take(std::string_view parent) {
    State& state = *state_;
    std::unique_lock lock(state.mutex);
    const auto from = state.parents.begin() + static_cast<std::ptrdiff_t>(state.next_out);
    const auto at = std::find(from, state.parents.end(), parent);
    if (at == state.parents.end()) {
        return std::nullopt;
    }
    const auto index = static_cast<std::size_t>(at - state.parents.begin());
    while (!state.answers.empty() && state.answers.begin()->first < index) {
        const auto& passed = state.answers.begin()->second;
        state.waiting_bytes -= passed.ok() ? passed->size() : 0;
        state.answers.erase(state.answers.begin());
    }
    state.next_out = index;
    state.next_claim = std::max(state.next_claim, index);
    state.work_to_do.notify_all();
    const auto begun = Clock::now();
    state.arrived.wait_until(lock, state.stop.token(), state.stop.deadline(), [&] {
        return state.answers.contains(index) || (state.verdict && state.next_claim <= index);
    });
    const auto waited = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun);
    state.meter->wait_us += static_cast<std::uint64_t>(waited.count());
    const auto found = state.answers.find(index);
    if (found == state.answers.end()) {
        return Result<prism::Body>(state.stop.requested() ? state.stop.why() : *state.verdict);
    }
    Result<prism::Body> answer = std::move(found->second);
    state.answers.erase(found);
    state.waiting_bytes -= answer.ok() ? answer->size() : 0;
    state.next_out = index + 1;
    state.work_to_do.notify_all();
    return answer;
}

}  // namespace pf::host::services
