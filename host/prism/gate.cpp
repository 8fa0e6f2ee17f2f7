#include "host/prism/gate.hpp"

#include <condition_variable>

namespace pf::host::prism {

struct Gate::Waiter {
    std::condition_variable_any wake;
    bool granted = false;
};

Result<Gate::Place> Gate::enter(const Stop& stop) {
    std::unique_lock lock(mutex_);
    if (free_ > 0 && waiters_.empty()) {
        --free_;
        return Place(this);
    }
    Waiter self;
    const auto where = waiters_.insert(waiters_.end(), &self);
    self.wake.wait_until(lock, stop.token(), stop.deadline(), [&] { return self.granted; });
    if (!self.granted) {
        waiters_.erase(where);
        return stop.why();
    }
    return Place(this);
}

std::size_t Gate::waiting() {
    std::lock_guard lock(mutex_);
    return waiters_.size();
}

void Gate::leave() {
    std::lock_guard lock(mutex_);
    if (waiters_.empty()) {
        ++free_;
        return;
    }
    Waiter* first = waiters_.front();
    waiters_.pop_front();
    first->granted = true;
    first->wake.notify_one();
}

}  // namespace pf::host::prism
