// Snapshot: the last known state of all resources, and what a new collection changes in it.
//
//     (*snapshot)->begin();
//     for each row: (*snapshot)->stage(row);
//     for each scope: (*snapshot)->finish({account, kind, is_complete}, sink);
//
// A scope is one kind of one account. Its first complete round is the baseline and tells nothing. A
// round that is not complete tells what was created and changed, never what is gone. What is kept
// is one row per resource; memory does not grow with their number. All functions may be called from
// any thread; rounds do not overlap.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/state/snapshot_row.hpp"

namespace pf::host::state {

class Database;

enum class ChangeKind : std::uint8_t { created, changed, deleted };

// What a round changes of one resource.
struct Change {
    ChangeKind what = ChangeKind::changed;
    SnapshotRow row;                  // without content; of a deleted one as it was last seen
    std::vector<FieldChange> fields;  // of a changed one
    std::int64_t round = 0;           // of the scope, ascending
    std::int64_t before = 0;          // tells states apart; 0 = not there
    std::int64_t after = 0;
};

// What a round is to a scope.
struct RoundScope {
    std::string account;
    std::string kind;
    bool is_complete = false;    // all resources of the scope were staged
    bool accept_shrink = false;  // someone confirmed that so many are gone
};

struct RoundResult {
    std::int64_t round = 0;
    std::uint64_t known = 0;    // before
    std::uint64_t seen = 0;     // staged
    std::uint64_t missing = 0;  // known and not staged
    std::uint64_t created = 0;
    std::uint64_t changed = 0;
    std::uint64_t deleted = 0;
    bool is_baseline = false;  // the first complete one
    bool is_unused = false;    // not complete, and there is no baseline yet
    // Complete, but too much is missing to be believed: nothing was taken for deleted. It is
    // believed when the next complete round finds none of it back, or with accept_shrink.
    bool is_shrunk = false;
};

class Snapshot {
  public:
    // Told changes in their order, some at a time, and none at the end, within the transaction of
    // finish(): what it writes to the same database stands or falls with it.
    using Sink = std::function<Status(const std::vector<Change>&)>;

    // Makes its tables where there are none. Who shares the database shares its mutex, which is
    // held during each call of a function below. Fails as Database does.
    static Result<std::unique_ptr<Snapshot>> in(std::shared_ptr<Database> database,
                                                std::shared_ptr<std::recursive_mutex> mutex);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

    // Forgets what was staged.
    Status begin();
    // Takes a resource in, on the side. Of two with the same id always the same one is taken.
    Status stage(const SnapshotRow& row);
    // Compares and keeps, all or nothing: when it fails, nothing was told, and it can be called
    // again. Once per scope and round. DATA_LOSS when what is kept is
    // damaged.
    Result<RoundResult> finish(const RoundScope& scope, const Sink& sink);

    // Whether rounds show the part of the world that `view` names in the caller's words; "" is all
    // of it, and what a new file shows.
    Result<bool> has_view(const std::string& view);
    // From now on they do. All that is kept of another part is forgotten without a word: otherwise
    // what is not in this part would look deleted. Baselines come next.
    Status set_view(const std::string& view);

    // Resources that are kept of all scopes.
    Result<std::uint64_t> size();

  private:
    Snapshot(std::shared_ptr<Database> database, std::shared_ptr<std::recursive_mutex> mutex)
        : database_(std::move(database)), mutex_(std::move(mutex)) {}
    Status write_staged();

    std::shared_ptr<Database> database_;
    std::shared_ptr<std::recursive_mutex> mutex_;
    std::vector<SnapshotRow> staged_;  // not written yet
};

}  // namespace pf::host::state
