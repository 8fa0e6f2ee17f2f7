// CollectHistory: the rows of a `collect` on their way into the shape ledger, when the
// configuration names one.
#pragma once

#include <chrono>
#include <memory>

#include "host/cli/collection.hpp"
#include "host/state/ledger_feeder.hpp"

namespace pf::host::cli {

class CollectHistory {
  public:
    // Opens the ledger of `cost.ledger`; null when there is none. Fails before anything is
    // collected. `run` outlives this object.
    static Result<std::unique_ptr<CollectHistory>> open(RunSetup& run);

    // Makes `collection` hand over its rows and its report. This object outlives it.
    void observe(Collection& collection);

    // After the run: what went wrong with the ledger, and notes for people.
    int end(Session& session, int code);

  private:
    CollectHistory(RunSetup& run, std::vector<std::shared_ptr<const services::Descriptor>> modules,
                   std::unique_ptr<state::LedgerFeeder> feeder);
    void feed(const runtime::RunReport& report);

    RunSetup& run_;
    std::vector<std::shared_ptr<const services::Descriptor>> modules_;
    std::unique_ptr<state::LedgerFeeder> feeder_;
    std::int64_t at_;
    Status failure_;
    state::Fed fed_;
};

}  // namespace pf::host::cli
