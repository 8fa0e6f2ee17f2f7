// WatchFigures: what the status port tells of `prismforet watch`. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "host/app/watch_round.hpp"
#include "host/base/status.hpp"
#include "host/observe/metrics.hpp"

namespace pf::host::app {

class WatchFigures {
  public:
    void add(const WatchRound& round);
    // A poll of alerts that found so many changes.
    void add_poll(const Status& end, std::uint64_t found);
    // When the next round is; UTC seconds.
    void set_next(std::int64_t at);

    // Adds what is new since the last call.
    void tell(observe::Metrics& metrics);
    // A JSON object, without secrets.
    std::string json_text() const;

  private:
    mutable std::mutex mutex_;
    WatchRound last_;
    std::int64_t next_at_ = 0;
    Status last_poll_;
    // Since the process began, by outcome and by change; what of it the metrics have already.
    std::map<std::string, std::uint64_t> rounds_;
    std::map<std::string, std::uint64_t> changes_;
    std::map<std::string, std::uint64_t> shown_;
    std::uint64_t alerts_ = 0;
};

}  // namespace pf::host::app
