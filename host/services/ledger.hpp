// Ledger: every entity of one list accounted for, once.
//
//   received = unique + repeated,  unique = emitted + filtered + skipped + lost
//
// A page's items are entered when it arrives and settled by the first word about each. What is
// still open when the page goes is lost, and that is the module's fault.
#pragma once

#include <cstdint>
#include <vector>

#include "prismforet/abi/types.h"

namespace pf::host::services {

struct Counts {
    std::uint64_t received = 0;
    std::uint64_t unique = 0;
    std::uint64_t repeated = 0;
    std::uint64_t emitted = 0;
    std::uint64_t filtered = 0;
    std::uint64_t skipped = 0;
    std::uint64_t lost = 0;
};

class Ledger {
  public:
    enum class Settled : std::uint8_t { emitted, filtered, skipped };
    // What the host thinks of an entity a module names.
    enum class Standing : std::uint8_t {
        open,     // not settled yet
        settled,  // settled before: a further row of it is fine
        dropped,  // seen in an earlier page, or outside of the task's scope
        unknown,  // no item of a page that is still held
    };

    // Enters one item of the page being opened; not new: the list brought its id before.
    void enter(pf_val item, bool is_new);
    // The item entered last belongs to another task: counts as filtered.
    void exclude_last();
    Standing standing(pf_val entity) const noexcept;
    // First word counts; later ones change nothing.
    void settle(pf_val entity, Settled how) noexcept;
    // The page goes: `lost(item)` is called for each item nobody settled.
    template <class Lost>
    void close_page(Lost lost) {
        for (Item& item : items_) {
            if (item.standing == Standing::open) {
                ++counts_.lost;
                lost(item.value);
            }
        }
        items_.clear();
        hint_ = 0;
    }
    const Counts& counts() const noexcept { return counts_; }

  private:
    struct Item {
        pf_val value;
        Standing standing;
    };
    const Item* find(pf_val entity) const noexcept;

    std::vector<Item> items_;  // in document order, so ascending `at`
    mutable std::size_t hint_ = 0;
    Counts counts_;
};

}  // namespace pf::host::services
