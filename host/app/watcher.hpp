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
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "host/app/application.hpp"
#include "host/app/config.hpp"
#include "host/app/status_pages.hpp"
#include "host/app/watch_delivery.hpp"
#include "host/app/watch_figures.hpp"
#include "host/app/watch_round.hpp"
#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/runtime/event_clusters.hpp"
#include "host/runtime/events_source.hpp"
#include "host/runtime/request.hpp"
#include "host/state/alert_cursor.hpp"
#include "host/state/courier.hpp"
#include "host/state/outbox.hpp"
#include "host/state/snapshot.hpp"
#include "host/watch/rules.hpp"
#include "host/watch/schedule.hpp"

namespace pf::host::app {

// Where a watcher gets what may change while it runs.
struct WatchSources {
    // The targets with their passwords; asked before each round but the first.
    std::function<Result<std::vector<runtime::TargetRequest>>()> targets;
    // CloudForet; see WatchDelivery.
    GetAccess access;
};

struct WatchWish {
    bool accept_shrink = false;  // so much is gone because someone took it away
    // Gets each letter instead of the outbox, and nothing is kept; empty: not a rehearsal.
    std::function<void(const state::Letter&)> rehearse;
};

class Watcher {
  public:
    // Opens the file of watch.state, which nobody else may work on. All arguments outlive this
    // object. Fails as the file does, or as the configuration is wrong.
    static Result<std::unique_ptr<Watcher>> open(Application& application, const Config& config,
                                                 runtime::Request request, WatchSources sources,
                                                 WatchWish wish);
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
            WatchSources sources, WatchWish wish);
    runtime::Request request() const;
    void refresh_targets(WatchRound& round);
    Status look_at_view(WatchRound& round);
    Status open_file();
    WatchRound round(const Stop& stop);
    Status collect(WatchRound& round, const Stop& stop);
    Status poll(const Stop& stop);
    Status forward_alerts(const runtime::Request& request, std::uint64_t& found,
                          std::uint64_t& dropped, const Stop& stop);
    Status put(const std::vector<state::Letter>& letters, std::uint64_t& dropped);

    Application& application_;
    const Config& config_;
    const WatchSources sources_;
    const WatchWish wish_;
    mutable std::mutex asked_;
    runtime::Request request_;  // guarded by asked_
    bool has_asked_ = false;    // a round began
    std::vector<watch::Rule> rules_;
    std::string view_;  // see watch_view()
    std::shared_ptr<std::recursive_mutex> mutex_;
    std::unique_ptr<state::Snapshot> snapshot_;
    std::unique_ptr<state::AlertCursor> cursor_;
    std::shared_ptr<state::Outbox> outbox_;
    WatchDelivery delivery_;
    std::unique_ptr<state::Courier> courier_;
    prism::Targets targets_;
    runtime::EventsSource events_;
    std::optional<runtime::EventClusters> clusters_;  // of the thread that polls
    WatchFigures figures_;
};

}  // namespace pf::host::app
