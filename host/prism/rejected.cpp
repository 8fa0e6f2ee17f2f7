#include "host/prism/rejected.hpp"

namespace pf::host::prism {

RejectedCredentials& RejectedCredentials::of_process() {
    static RejectedCredentials one;
    return one;
}

void RejectedCredentials::add(std::uint64_t key, const Status& why, Clock::time_point now) {
    std::lock_guard lock(mutex_);
    entries_[key] = {why, now + remembered};
}

Status RejectedCredentials::check(std::uint64_t key, Clock::time_point now) {
    std::lock_guard lock(mutex_);
    std::erase_if(entries_, [&](const auto& entry) { return entry.second.until <= now; });
    const auto found = entries_.find(key);
    return found == entries_.end() ? Status() : found->second.why;
}

}  // namespace pf::host::prism
