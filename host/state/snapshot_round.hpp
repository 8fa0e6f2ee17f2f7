// SnapshotRound: one scope of a round: staged rows against kept ones, within a transaction.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "host/state/database.hpp"
#include "host/state/snapshot.hpp"

namespace pf::host::state {

class SnapshotRound {
  public:
    // All outlive it.
    SnapshotRound(Database& database, const RoundScope& scope, const Snapshot::Sink& sink)
        : database_(database), scope_(scope), sink_(sink) {}
    // Call it once.
    Result<RoundResult> run();

  private:
    Status read_scope();
    Status take_baseline();
    Status compare();
    Status count();
    // Whether what is missing is to be believed.
    Status judge_missing();
    Status tell_differences();
    Status tell_difference(const Statement& pair, Statement& keep, Statement& keep_layout);
    Status tell_deleted();
    Status keep_scope();
    Status drop_layouts();

    // Hands changes out some at a time.
    Status tell(Change change);
    Status tell_rest();
    // The fields that were packed as `values`; damage when they are not what was written.
    Status read_fields(std::int64_t layout, std::string_view values, FieldSet& content);
    Change change_of(ChangeKind what, const Statement& row) const;
    // Runs statements whose parameters 1 to 3 are account, kind and the id of the scope.
    Status run_here(std::string_view text);
    Result<std::int64_t> number_here(std::string_view text);

    Database& database_;
    const RoundScope& scope_;
    const Snapshot::Sink& sink_;
    RoundResult result_;
    std::int64_t id_ = 0;  // of the scope; 0 = not known yet
    bool was_shrunk_ = false;
    std::vector<Change> told_;  // not handed out yet
    std::map<std::int64_t, std::string> names_;
};

}  // namespace pf::host::state
