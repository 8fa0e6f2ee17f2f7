#include "host/prism/budget.hpp"

#include <algorithm>

namespace pf::host::prism {
namespace {

// Requests at once: each one needs a connection.
std::uint32_t width(const Limits& limits) {
    return std::max<std::uint32_t>(1, std::min(limits.sessions, limits.in_flight));
}

}  // namespace

Budget::Share::Share(std::shared_ptr<Budget> budget, const Limits& limits)
    : budget_(std::move(budget)) {
    std::lock_guard lock(budget_->mutex_);
    mine_ = budget_->shares_.insert(budget_->shares_.end(), limits);
    budget_->apply();
}

Budget::Share::~Share() {
    std::lock_guard lock(budget_->mutex_);
    budget_->shares_.erase(mine_);
    budget_->apply();
}

// The last user's limits stay when nobody is left.
void Budget::apply() {
    if (shares_.empty()) {
        return;
    }
    std::uint32_t places = width(shares_.front());
    double per_second = 0;  // 0 = no limit
    for (const Limits& limits : shares_) {
        places = std::min(places, width(limits));
        if (limits.per_second > 0) {
            per_second =
                per_second > 0 ? std::min(per_second, limits.per_second) : limits.per_second;
        }
    }
    gate_.resize(places);
    rate_.limit(per_second, places);
}

}  // namespace pf::host::prism
