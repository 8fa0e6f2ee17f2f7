#include "host/prism/gate.hpp"

#include <algorithm>
#include <condition_variable>

namespace pf::host::prism {

struct Gate::Waiter {
    std::condition_variable_any wake;
    bool granted = false;
};

Result<Gate::Place> Gate::enter(const void* run, const Stop& stop) {
    std::unique_lock lock(mutex_);
    if (inside_ < places_ && queues_.empty()) {
        ++inside_;
        return Place(this);
    }
    Waiter self;
    auto queue = std::find_if(queues_.begin(), queues_.end(),
                              [&](const Queue& each) { return each.run == run; });
    if (queue == queues_.end()) {
        queue = queues_.insert(queue, {run, {}});
    }
    queue->waiters.push_back(&self);
    self.wake.wait_until(lock, stop.token(), stop.deadline(), [&] { return self.granted; });
    if (!self.granted) {
        forget(run, self);
        return stop.why();
    }
    return Place(this);
}

void Gate::forget(const void* run, const Waiter& waiter) {
    const auto queue = std::find_if(queues_.begin(), queues_.end(),
                                    [&](const Queue& each) { return each.run == run; });
    queue->waiters.remove(const_cast<Waiter*>(&waiter));
    if (queue->waiters.empty()) {
        queues_.erase(queue);
    }
}

void Gate::resize(std::uint32_t places) {
    std::lock_guard lock(mutex_);
    places_ = places;
    let_in();
}

std::size_t Gate::waiting() {
    std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const Queue& queue : queues_) {
        count += queue.waiters.size();
    }
    return count;
}

void Gate::leave() {
    std::lock_guard lock(mutex_);
    --inside_;
    let_in();
}

void Gate::let_in() {
    while (inside_ < places_ && !queues_.empty()) {
        Queue& next = queues_.front();
        Waiter* waiter = next.waiters.front();
        next.waiters.pop_front();
        if (next.waiters.empty()) {
            queues_.pop_front();
        } else {
            queues_.splice(queues_.end(), queues_, queues_.begin());
        }
        ++inside_;
        waiter->granted = true;
        waiter->wake.notify_one();
    }
}

}  // namespace pf::host::prism
