#include "host/runtime/row_queue.hpp"

namespace pf::host::runtime {

Status RowQueue::push(encoding::RowBatch batch, const Stop& stop) {
    std::unique_lock lock(mutex_);
    const auto is_over = [&] { return is_abandoned_ || is_closed_; };
    changed_.wait_until(lock, stop.token(), stop.deadline(),
                        [&] { return is_over() || batches_.size() < capacity_; });
    // Closed: a handler that was left behind must not fill what nobody will empty.
    if (is_over()) {
        return Status(Code::unavailable, "ERROR_RECEIVER_GONE", "nobody takes the rows any more");
    }
    if (stop.requested()) {
        return stop.why();
    }
    batches_.push_back(std::move(batch));
    lock.unlock();
    changed_.notify_all();
    return Status();
}

RowQueue::Popped RowQueue::pop(encoding::RowBatch& out, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [&] { return is_closed_ || !batches_.empty(); });
    if (batches_.empty()) {
        return is_closed_ ? Popped::closed : Popped::nothing_yet;
    }
    out = std::move(batches_.front());
    batches_.pop_front();
    lock.unlock();
    changed_.notify_all();
    return Popped::batch;
}

void RowQueue::close() {
    {
        std::lock_guard lock(mutex_);
        is_closed_ = true;
    }
    changed_.notify_all();
}

void RowQueue::abandon() {
    {
        std::lock_guard lock(mutex_);
        is_abandoned_ = true;
        batches_.clear();
    }
    changed_.notify_all();
}

}  // namespace pf::host::runtime
