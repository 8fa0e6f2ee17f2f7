// Activity: what a server did since it started, as figures for Prometheus and as the last
// collections for people.
//
// Texts come from reports, which hold names of Prism Centrals and kinds and no secrets; they are
// redacted once more. All functions are safe from any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "host/observe/metrics.hpp"

namespace pf::host::cloudforet {
struct CallRecord;
}

namespace pf::host::app {

// How a collection ended, as its last row would say.
struct EndedCollect {
    std::chrono::system_clock::time_point at;
    std::string report;  // JSON text of an object, as in the log of a run
    bool is_complete = false;
    std::string end;  // reason of an end that was not OK; empty else
};

class Activity {
  public:
    // Collections that are remembered.
    static constexpr std::size_t most_remembered = 50;

    // Counts a call that ended; of a collect its whole report.
    void note(const cloudforet::CallRecord& call);
    observe::Metrics& metrics() noexcept { return metrics_; }
    // The last collections, newest first: [{"at", "complete", "end"?, "report": {...}}].
    nlohmann::json collects() const;

  private:
    void count(const cloudforet::CallRecord& call);
    void remember(const cloudforet::CallRecord& call);

    observe::Metrics metrics_;
    mutable std::mutex mutex_;
    std::deque<EndedCollect> ended_;
};

}  // namespace pf::host::app
