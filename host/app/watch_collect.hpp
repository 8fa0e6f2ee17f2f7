// WatchCollect: the rows of one collection on their way into the snapshot, and into the shape
// ledger when there is one.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "host/app/application.hpp"
#include "host/app/config.hpp"
#include "host/app/seen_lists.hpp"
#include "host/runtime/row_sink.hpp"
#include "host/state/ledger_feeder.hpp"
#include "host/state/snapshot.hpp"
#include "host/watch/row_digest.hpp"

namespace pf::host::app {

class WatchCollect final : public runtime::RowSink {
  public:
    // With `feeds` the ledger of cost.ledger is opened. All arguments outlive this object.
    static Result<std::unique_ptr<WatchCollect>> open(Application& application,
                                                      const Config& config,
                                                      state::Snapshot& snapshot, bool feeds);

    encoding::RowFormat format() const override { return encoding::RowFormat::json_line; }
    bool write(runtime::RowBatch& batch) override;
    bool is_gone() override { return !failure_.ok(); }

    // Why the snapshot could not take more.
    const Status& failure() const noexcept { return failure_; }
    // Rows that could not be read, and why the first could not.
    std::uint64_t unreadable() const noexcept { return unreadable_; }
    const Status& first_unreadable() const noexcept { return first_unreadable_; }
    // Writes the ledger, as of `at` (UTC seconds). Once.
    Status feed(std::int64_t at, const std::vector<state::SeenList>& lists);

  private:
    using Modules = std::vector<std::shared_ptr<const services::Descriptor>>;
    WatchCollect(Modules modules, const std::vector<const services::Descriptor*>& descriptors,
                 state::Snapshot& snapshot)
        : modules_(std::move(modules)),
          digest_(descriptors, watch::volatile_fields()),
          snapshot_(snapshot) {}

    const Modules modules_;
    watch::RowDigest digest_;
    state::Snapshot& snapshot_;
    std::unique_ptr<state::LedgerFeeder> feeder_;
    Status failure_;
    std::uint64_t unreadable_ = 0;
    Status first_unreadable_;
};

}  // namespace pf::host::app
