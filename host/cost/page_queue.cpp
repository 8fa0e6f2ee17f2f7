#include "host/cost/page_queue.hpp"

#include <utility>

namespace pf::host::cost {

bool PageQueue::write(encoding::Block page, std::uint32_t records) {
    std::unique_lock lock(mutex_);
    const auto is_possible = [this] {
        return is_abandoned_ || is_closed_ || pages_.size() < capacity;
    };
    changed_.wait_until(lock, stop_.token(), stop_.deadline(), is_possible);
    if (stop_.requested() || is_abandoned_ || is_closed_ || pages_.size() >= capacity) {
        return false;
    }
    pages_.push_back({std::move(page), records});
    changed_.notify_all();
    return true;
}

bool PageQueue::is_gone() {
    const std::lock_guard lock(mutex_);
    return stop_.requested() || is_abandoned_ || is_closed_;
}

void PageQueue::close() {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    changed_.notify_all();
}

std::optional<PageQueue::Page> PageQueue::pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_closed_ || !pages_.empty(); });
    if (pages_.empty()) {
        return std::nullopt;
    }
    Page page = std::move(pages_.front());
    pages_.pop_front();
    changed_.notify_all();
    return page;
}

void PageQueue::abandon() {
    const std::lock_guard lock(mutex_);
    is_abandoned_ = true;
    pages_.clear();
    changed_.notify_all();
}

}  // namespace pf::host::cost
