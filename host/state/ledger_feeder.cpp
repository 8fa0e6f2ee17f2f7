#include "host/state/ledger_feeder.hpp"

#include <utility>

namespace pf::host::state {

Result<std::unique_ptr<LedgerFeeder>> LedgerFeeder::open(
    const LedgerSettings& settings, const std::vector<const services::Descriptor*>& modules) {
    auto ledger = ShapeLedger::open(settings);
    if (!ledger) {
        return ledger.status();
    }
    return std::unique_ptr<LedgerFeeder>(new LedgerFeeder(std::move(*ledger), modules));
}

void LedgerFeeder::take(std::string_view row) {
    auto shape = rows_.read(row);
    if (!shape) {
        first_unreadable_ = unreadable_++ == 0 ? shape.status() : first_unreadable_;
    } else if (*shape) {
        stores_[(*shape)->account].add(**shape);
    }
}

std::map<std::string, std::map<std::string, bool>> LedgerFeeder::kinds_of(
    const std::vector<SeenList>& lists) const {
    std::map<std::string, std::map<std::string, bool>> accounts;
    for (const SeenList& list : lists) {
        if (rows_.kinds().count(list.kind) == 0 || list.account.empty()) {
            continue;
        }
        // A kind that was collected in parts is complete when all parts are.
        const auto [kind, is_new] = accounts[list.account].emplace(list.kind, true);
        kind->second = kind->second && list.is_complete && unreadable_ == 0;
    }
    // Rows of which no list tells end nothing.
    for (const auto& [account, store] : stores_) {
        for (const auto& [kind, product] : rows_.kinds()) {
            accounts[account].emplace(kind, false);
        }
    }
    return accounts;
}

Result<Fed> LedgerFeeder::finish(std::int64_t at, const std::vector<SeenList>& lists) {
    Fed sum;
    for (const auto& [account, kinds] : kinds_of(lists)) {
        Observation observation{account, at, {}};
        for (const auto& [kind, is_complete] : kinds) {
            observation.kinds.push_back({kind, is_complete});
        }
        const auto fed = ledger_.feed(observation, stores_[account]);
        if (!fed) {
            return fed.status();
        }
        sum.resources += fed->resources;
        sum.cut += fed->cut;
        sum.gone += fed->gone;
        sum.first_uncharged = sum.uncharged == 0 ? fed->first_uncharged : sum.first_uncharged;
        sum.uncharged += fed->uncharged;
    }
    return sum;
}

}  // namespace pf::host::state
