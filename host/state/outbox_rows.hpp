// The rows of an outbox, for outbox.cpp and outbox_list.cpp only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/state/database.hpp"
#include "host/state/outbox.hpp"

namespace pf::host::state {

// What is counted, and the id that the next parcel gets. Read and written within one transaction.
struct Tally {
    std::int64_t next_id = 0;
    OutboxCounts counts;
};

Result<Tally> read_tally(Database& database);
Status write_tally(Database& database, const Tally& tally);

// All parcels that `from` tells, which is what follows FROM outbox_parcel; its parameters ?1 and
// ?2 are `first` and `second`, and ?3, if it has one, is `third`. DATA_LOSS when one is not what
// was written.
Result<std::vector<Parcel>> read_parcels(Database& database, std::string_view from,
                                         std::int64_t first, std::int64_t second,
                                         std::string_view third = {});

// What is needed of a parcel that was changed.
struct Changed {
    std::uint64_t bytes = 0;
    std::string lane;
};

// Runs a statement that tells or changes at most one parcel and returns its bytes and lane; nothing
// when there was none.
Result<std::optional<Changed>> change_parcel(Statement& statement);

// Marks the first of those that wait in `lane`, after one of them went.
Status set_first(Database& database, std::string_view lane);

}  // namespace pf::host::state
