// Watcher: collects on a schedule, compares with the last complete collection, polls alerts, and
// puts what CloudForet shall know into the outbox; a thread of its own delivers from there.
//
//     auto watcher = Watcher::open(application, config, request, access, {});
//     Status end = (*watcher)->run(stop);
//
// Snapshot, cursor of alerts and outbox are one file: what a round finds is kept and queued
// together or not at all.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "host/app/application.hpp"
#include "host/app/config.hpp"
#include "host/app/status_pages.hpp"
#include "host/app/watch_delivery.hpp"
#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/runtime/events_source.hpp"
#include "host/runtime/request.hpp"
#include "host/state/alert_cursor.hpp"
#include "host/state/courier.hpp"
#include "host/state/outbox.hpp"
#include "host/state/snapshot.hpp"
#include "host/watch/rules.hpp"
#include "host/watch/schedule.hpp"

namespace pf::host::app {

struct WatchWish {
    bool accept_shrink = false;  // so much is gone because someone took it away
    // Gets each letter instead of the outbox, and nothing is kept; empty: not a rehearsal.
    std::function<void(const state::Letter&)> rehearse;
};

// How a round went.
struct WatchRound {
    std::int64_t at = 0;  // UTC seconds
    std::string outcome;  // "complete", "partial" or "failed"
    std::uint64_t created = 0;
    std::uint64_t changed = 0;
    std::uint64_t deleted = 0;
    std::uint64_t letters = 0;
    std::uint64_t dropped = 0;         // for which the outbox had no room
    std::vector<std::string> remarks;  // baselines, shrinks, what is missing; for people
    Status failure;                    // not OK: nothing of the round was kept
};

class Watcher {
  public:
    // Opens the file of watch.state, which nobody else may work on. All arguments outlive this
    // object. Fails as the file does, or as the configuration is wrong.
    static Result<std::unique_ptr<Watcher>> open(
        Application& application, const Config& config, runtime::Request request,
        std::function<Result<cloudforet::ServiceAccess>()> access, WatchWish wish);
    ~Watcher();
    Watcher(const Watcher&) = delete;
    Watcher& operator=(const Watcher&) = delete;

    // Rounds, polls and deliveries until it is asked to stop. OK then.
    Status run(const Stop& stop);
    // One round, one poll of alerts, and, unless it is a rehearsal, what can be delivered.
    WatchRound once(const Stop& stop);
    // What the status port tells. Valid as long as this object.
    std::vector<StatusSection> sections();

  private:
    Watcher(Application& application, const Config& config, runtime::Request request,
            std::function<Result<cloudforet::ServiceAccess>()> access, WatchWish wish);
    Status open_file();
    WatchRound round(const Stop& stop);
    Status collect(WatchRound& round, const Stop& stop);
    Status compare(const runtime::RunReport& report, WatchRound& round);
    Status poll(const Stop& stop);
    Status put(const std::vector<state::Letter>& letters, std::uint64_t& dropped);
    void remember(const WatchRound& round);
    std::string status_json() const;
    void tell_figures(observe::Metrics& metrics);

    Application& application_;
    const Config& config_;
    const runtime::Request request_;
    const WatchWish wish_;
    std::vector<watch::Rule> rules_;
    std::shared_ptr<std::recursive_mutex> mutex_;
    std::unique_ptr<state::Snapshot> snapshot_;
    std::unique_ptr<state::AlertCursor> cursor_;
    std::shared_ptr<state::Outbox> outbox_;
    WatchDelivery delivery_;
    std::unique_ptr<state::Courier> courier_;
    prism::Targets targets_;
    runtime::EventsSource events_;

    mutable std::mutex told_;  // guards what follows
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
