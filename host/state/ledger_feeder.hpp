// LedgerFeeder: feeds the shape ledger from one collection while its rows pass by.
//
// Rows only go into compact memory; the file is written once, when the collection is over. One
// thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/cost/shapes/row_shapes.hpp"
#include "host/cost/shapes/shape_store.hpp"
#include "host/state/shape_ledger.hpp"

namespace pf::host::state {

// A list of a collection, as its report has it.
struct SeenList {
    std::string account;
    std::string kind;
    bool is_complete = false;  // it shows all of the kind that the account has
};

class LedgerFeeder {
  public:
    // Opens and checks the ledger, so that a collection does not run for nothing. `modules` outlive
    // this object.
    static Result<std::unique_ptr<LedgerFeeder>> open(
        const LedgerSettings& settings, const std::vector<const services::Descriptor*>& modules);

    // A row as RowFormat::json_line writes it. One that cannot be read is remembered: no kind is
    // complete then.
    void take(std::string_view row);

    // Feeds what was taken as the collection of `at` (UTC seconds), one account after the other.
    // `lists` say what was collected; kinds that are not charged are left out. Call it once.
    Result<Fed> finish(std::int64_t at, const std::vector<SeenList>& lists);

    // Rows that could not be read as shapes, and why the first could not.
    std::uint64_t unreadable() const noexcept { return unreadable_; }
    const Status& first_unreadable() const noexcept { return first_unreadable_; }

  private:
    LedgerFeeder(ShapeLedger ledger, const std::vector<const services::Descriptor*>& modules)
        : ledger_(std::move(ledger)), rows_(modules) {}

    // What is known of the kinds of each account.
    std::map<std::string, std::map<std::string, bool>> kinds_of(
        const std::vector<SeenList>& lists) const;

    ShapeLedger ledger_;
    cost::RowShapes rows_;
    std::map<std::string, cost::ShapeStore> stores_;  // by account
    std::uint64_t unreadable_ = 0;
    Status first_unreadable_;
};

}  // namespace pf::host::state
