// WatchCompare: what a collection changes, as letters by the rules.
//
// Each scope, that is a kind of an account, is kept and told together or not at all. For one thread
// at a time.
#pragma once

#include <functional>
#include <vector>

#include "host/app/watch_round.hpp"
#include "host/base/status.hpp"
#include "host/state/ledger_feeder.hpp"
#include "host/state/outbox.hpp"
#include "host/state/snapshot.hpp"
#include "host/watch/rules.hpp"

namespace pf::host::app {

class WatchCompare {
  public:
    // Takes letters in, within the transaction that keeps what they tell of.
    using Put = std::function<Status(const std::vector<state::Letter>&)>;

    // All arguments outlive this object. A rehearsal keeps nothing. `accept_shrink`: so much is
    // gone because someone took it away.
    WatchCompare(state::Snapshot& snapshot, const std::vector<watch::Rule>& rules, Put put,
                 bool is_rehearsal, bool accept_shrink);

    // Compares what was staged since Snapshot::begin() with what is kept. `lists` are those that
    // were read; what is not among them stays as it is. Adds to `round`, whose time is that of the
    // letters. Fails as the snapshot and `put` do; scopes that came before stay told.
    Status compare(const std::vector<state::SeenList>& lists, WatchRound& round);

  private:
    Status compare(const state::RoundScope& scope, WatchRound& round);

    state::Snapshot& snapshot_;
    const std::vector<watch::Rule>& rules_;
    const Put put_;
    const bool is_rehearsal_;
    const bool accept_shrink_;
};

}  // namespace pf::host::app
