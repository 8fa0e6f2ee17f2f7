#include "host/services/ledger.hpp"

#include <algorithm>

namespace pf::host::services {

void Ledger::enter(pf_val item, bool is_new) {
    ++counts_.received;
    ++(is_new ? counts_.unique : counts_.repeated);
    items_.push_back({item, is_new ? Standing::open : Standing::dropped});
}

void Ledger::exclude_last() {
    Item& item = items_.back();
    if (item.standing == Standing::open) {
        item.standing = Standing::dropped;
        ++counts_.filtered;
    }
}

const Ledger::Item* Ledger::find(pf_val entity) const noexcept {
    if (items_.empty() || entity.doc != items_.front().value.doc) {
        return nullptr;
    }
    // Handlers go through a page in order: the hint is nearly always right.
    for (std::size_t step = 0; step < 2 && hint_ + step < items_.size(); ++step) {
        if (items_[hint_ + step].value.at == entity.at) {
            hint_ += step;
            return &items_[hint_];
        }
    }
    const auto at = std::lower_bound(
        items_.begin(), items_.end(), entity.at,
        [](const Item& item, std::uint64_t place) { return item.value.at < place; });
    if (at == items_.end() || at->value.at != entity.at) {
        return nullptr;
    }
    hint_ = static_cast<std::size_t>(at - items_.begin());
    return &*at;
}

Ledger::Standing Ledger::standing(pf_val entity) const noexcept {
    const Item* item = find(entity);
    return item == nullptr ? Standing::unknown : item->standing;
}

void Ledger::settle(pf_val entity, Settled how) noexcept {
    Item* item = const_cast<Item*>(find(entity));
    if (item == nullptr || item->standing != Standing::open) {
        return;
    }
    item->standing = Standing::settled;
    switch (how) {
        case Settled::emitted:
            ++counts_.emitted;
            break;
        case Settled::filtered:
            ++counts_.filtered;
            break;
        case Settled::skipped:
            ++counts_.skipped;
            break;
    }
}

}  // namespace pf::host::services
