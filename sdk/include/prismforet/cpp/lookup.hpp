// Lookup: names of things that entities refer to by id, filled and shared by the host.
#pragma once

#include <string_view>

#include "prismforet/abi/lookup.h"
#include "prismforet/cpp/session.hpp"
#include "prismforet/cpp/text.hpp"

namespace pf {

class Lookup {
  public:
    // An empty table, as if it could not be filled.
    Lookup() = default;

    // Opens the descriptor's look-up number `index`; authors use Call::lookup. Throws Failure only
    // when the call was cancelled or is out of time.
    Lookup(const detail::Session& session, std::uint32_t index) : lookups_(session.host->lookups) {
        status_ = lookups_->open(session.call, index, &table_);
        if (status_ == PF_CANCELLED || status_ == PF_DEADLINE_EXCEEDED) throw Failure(status_);
    }

    // The table could be filled.
    bool is_filled() const noexcept { return status_ == PF_OK; }

    // The names exist but could not be read: call Row::unknown for the keys that need them. False
    // when the table is filled, and when this Prism does not have such things at all.
    bool is_unknown() const noexcept { return status_ != PF_OK && status_ != PF_NOT_FOUND; }

    // PF_OK, or what kept the host from filling the table.
    pf_status status() const noexcept { return status_; }

    // Field number `field` (the descriptor's order) of the row `id`; empty when there is none.
    // Lives as long as the call. Never blocks.
    std::string_view find(std::string_view id, std::uint32_t field = 0) const noexcept {
        pf_str text;
        if (lookups_ == nullptr || id.empty()) return {};
        return lookups_->get(table_, to_str(id), field, &text) != 0 ? to_view(text)
                                                                    : std::string_view{};
    }

  private:
    const pf_lookups* lookups_ = nullptr;
    const pf_table* table_ = nullptr;
    pf_status status_ = PF_UNAVAILABLE;
};

}  // namespace pf
