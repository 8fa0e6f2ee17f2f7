// ShapeLedger: the history of what is charged, since Prism keeps none. One SQLite file.
//
// Collections feed it, one transaction each: killed at any instant, a collection is in it whole or
// not at all. Other processes read meanwhile; one writes, the others wait, then fail by name. What
// it knows of a resource are its observations. Between two of them the time is measured: the facts
// of the earlier one hold until the instant of the first that shows otherwise. A resource ends at
// the first *complete* collection of its account and kind without it; a partial one ends nothing.
// Before the first observation (since the resource was created, where Prism says when) and behind
// the last one the time is assumed. An observation that comes late changes only the time between
// its neighbours. The file belongs on a local disk. Failures: host/state/database.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/cost/shapes/shapes.hpp"

namespace pf::host::state {

class Database;

struct LedgerSettings {
    std::string path;
    // How long another process that writes is waited for.
    std::chrono::milliseconds wait{10000};
    // What ended longer ago than this before the last collection is forgotten.
    std::chrono::days keep{37 * 31};
    // The file grows to this many bytes; 0 = as the disk allows.
    std::uint64_t largest_bytes = 0;
};

// A kind that was collected, and whether the collection brought all of it.
struct SeenKind {
    std::string kind;
    bool is_complete = false;
};

// One collection at one account.
struct Observation {
    std::string account;
    std::int64_t at = 0;  // UTC seconds
    std::vector<SeenKind> kinds;
};

// What feeding changed.
struct Fed {
    std::uint64_t resources = 0;  // observed
    std::uint64_t cut = 0;        // of them new, or seen otherwise than before
    std::uint64_t gone = 0;       // not there any more
    // What is needed of them was never found out: they are not in the ledger until it is. The first
    // one's failure (DATA_LOSS, ERROR_SHAPE_FIELD) is for people; OK when there is none.
    std::uint64_t uncharged = 0;
    Status first_uncharged;
};

class ShapeLedger {
  public:
    // Opens the ledger to feed it and makes the file when there is none. Checks the whole file.
    static Result<ShapeLedger> open(const LedgerSettings& settings);
    ~ShapeLedger();
    ShapeLedger(ShapeLedger&&) noexcept;
    ShapeLedger& operator=(ShapeLedger&&) noexcept;

    // Takes in what a collection showed: `shapes` are of its account and its kinds; from, to and
    // basis do not matter. All or nothing. The same collection twice changes nothing.
    Result<Fed> feed(const Observation& observation, cost::Shapes& shapes);

  private:
    explicit ShapeLedger(LedgerSettings settings, std::unique_ptr<Database> database);
    LedgerSettings settings_;
    std::unique_ptr<Database> database_;
};

// The segments of all resources that overlap `period`, cut to it; nothing behind `now` (UTC
// seconds) is assumed. They are read from the file as they are asked for, in flat memory, and are
// the same in each pass whatever is fed meanwhile. Keep it only as long as it is needed.
Result<std::unique_ptr<cost::Shapes>> read_segments(const LedgerSettings& settings,
                                                    cost::Period period, std::int64_t now);

// From the first observation to the last collection; nothing when none was fed.
Result<std::optional<cost::Period>> read_extent(const LedgerSettings& settings);

}  // namespace pf::host::state
