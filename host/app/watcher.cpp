#include "host/app/watcher.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "host/app/outbox_section.hpp"
#include "host/app/watch_alerts.hpp"
#include "host/app/watch_collect.hpp"
#include "host/app/watch_compare.hpp"
#include "host/app/watch_view.hpp"
#include "host/base/thread_name.hpp"
#include "host/observe/log.hpp"
#include "host/state/outbox_file.hpp"

namespace pf::host::app {
namespace {

using observe::Level;

constexpr std::chrono::milliseconds other_process{10'000};

std::int64_t utc_seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

// False when it was asked to stop first.
bool rest_until(std::int64_t at, const Stop& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!stop.requested() && utc_seconds() < at) {
        const auto left = std::chrono::seconds(std::min<std::int64_t>(at - utc_seconds(), 60));
        never.wait_for(lock, stop.token(), left, [] { return false; });
    }
    return !stop.requested();
}

void log_round(const WatchRound& round) {
    observe::log(round.failure.ok() ? Level::info : Level::error, "watch.round",
                 {{"outcome", round.outcome},
                  {"created", std::to_string(round.created)},
                  {"changed", std::to_string(round.changed)},
                  {"deleted", std::to_string(round.deleted)},
                  {"letters", std::to_string(round.letters)},
                  {"dropped", std::to_string(round.dropped)},
                  {"error", round.failure.reason()},
                  {"why", round.failure.message()}});
    if (round.dropped > 0) {
        observe::log(Level::error, "watch.dropped",
                     {{"letters", std::to_string(round.dropped)},
                      {"why", "the outbox is full; CloudForet does not take what waits in it"}});
    }
    for (const std::string& remark : round.remarks) {
        observe::log(Level::warn, "watch.remark", {{"text", remark}});
    }
}

}  // namespace

Watcher::Watcher(Application& application, const Config& config, runtime::Request request,
                 WatchSources sources, WatchWish wish)
    : application_(application),
      config_(config),
      sources_(std::move(sources)),
      wish_(std::move(wish)),
      request_(std::move(request)),
      delivery_(sources_.access, {config.watch.alerts.webhook_id, config.watch.alerts.access_key}),
      targets_(application.proxies()),
      events_(application.modules(), targets_) {}

Watcher::~Watcher() = default;

Result<std::unique_ptr<Watcher>> Watcher::open(Application& application, const Config& config,
                                               runtime::Request request, WatchSources sources,
                                               WatchWish wish) {
    std::unique_ptr<Watcher> watcher(
        new Watcher(application, config, std::move(request), std::move(sources), std::move(wish)));
    auto view = watch_view(watcher->request_.options);
    if (!view) {
        return view.status();
    }
    watcher->view_ = std::move(*view);
    if (Status opened = watcher->open_file(); !opened.ok()) {
        return opened;
    }
    for (const watch::RuleWish& one : config.watch.rules) {
        auto rule = watch::Rule::make(one, config.watch.time_zone);
        if (!rule) {
            return rule.status();
        }
        watcher->rules_.push_back(std::move(*rule));
    }
    return watcher;
}

Status Watcher::open_file() {
    auto opened = state::open_outbox_file({config_.watch.state, other_process, 0});
    if (!opened) {
        return opened.status();
    }
    const std::shared_ptr<state::Database> database = std::move(*opened);
    mutex_ = std::make_shared<std::recursive_mutex>();
    auto outbox = state::Outbox::in(database, mutex_, {});
    auto snapshot = state::Snapshot::in(database, mutex_);
    auto cursor = state::AlertCursor::in(database, mutex_);
    if (!outbox || !snapshot || !cursor) {
        return !outbox ? outbox.status() : !snapshot ? snapshot.status() : cursor.status();
    }
    outbox_ = std::move(*outbox);
    snapshot_ = std::move(*snapshot);
    cursor_ = std::move(*cursor);
    courier_ = std::make_unique<state::Courier>(
        *outbox_,
        [this](const state::Parcel& parcel, const Stop& stop) {
            return delivery_.deliver(parcel, stop);
        },
        WatchDelivery::courier_rules());
    return Status();
}

Status Watcher::put(const std::vector<state::Letter>& letters, std::uint64_t& dropped) {
    if (wish_.rehearse) {
        for (const state::Letter& letter : letters) {
            wish_.rehearse(letter);
        }
        return Status();
    }
    if (letters.empty()) {
        return Status();
    }
    const auto taken = outbox_->put(letters, utc_seconds() * 1000);
    if (!taken) {
        return taken.status();
    }
    dropped += letters.size() - *taken;
    return Status();
}

WatchRound Watcher::round(const Stop& stop) {
    WatchRound round;
    round.at = utc_seconds();
    round.failure = collect(round, stop);
    if (!round.failure.ok()) {
        round.outcome = "failed";
    }
    log_round(round);
    figures_.add(round);
    courier_->wake();
    return round;
}

runtime::Request Watcher::request() const {
    const std::lock_guard lock(asked_);
    return request_;
}

// A password may have changed since the round before. Without an answer the known ones are tried:
// CloudForet, where they may come from, need not be there for a round.
void Watcher::refresh_targets(WatchRound& round) {
    if (!has_asked_) {
        has_asked_ = true;
        return;
    }
    auto now = sources_.targets();
    if (!now) {
        round.remarks.push_back("the credentials could not be read again: " + now.status().text());
        return;
    }
    const std::lock_guard lock(asked_);
    request_.targets = std::move(*now);
}

// What was kept of other clusters is no beginning for these.
Status Watcher::look_at_view(WatchRound& round) {
    const auto is_same = snapshot_->has_view(view_);
    if (!is_same || *is_same) {
        return is_same.status();
    }
    const auto known = snapshot_->size();
    if (!known) {
        return known.status();
    }
    if (wish_.rehearse && *known == 0) {
        return Status();  // nothing is kept, and nothing will be
    }
    if (wish_.rehearse) {
        return Status(Code::failed_precondition, "ERROR_WATCH_VIEW",
                      config_.watch.state +
                          " is about other clusters than these; take --cluster and "
                          "collect.clusters as they are for `watch`, or another watch.state");
    }
    if (*known > 0) {
        round.remarks.push_back(
            "other clusters are chosen than before: what was known is forgotten");
    }
    return snapshot_->set_view(view_);
}

Status Watcher::collect(WatchRound& round, const Stop& stop) {
    refresh_targets(round);
    if (Status looked = look_at_view(round); !looked.ok()) {
        return looked;
    }
    const runtime::Request request = this->request();
    if (Status begun = snapshot_->begin(); !begun.ok()) {
        return begun;
    }
    const bool feeds = !config_.cost.ledger.empty() && !wish_.rehearse;
    auto rows = WatchCollect::open(application_, config_, *snapshot_, feeds);
    if (!rows) {
        return rows.status();
    }
    runtime::RunReport report;
    static_cast<void>(application_.inventory().collect(request, **rows, stop, report));
    if (stop.requested()) {
        return stop.why();
    }
    if (Status staged = (*rows)->failure(); !staged.ok()) {
        return staged;
    }
    round.outcome = report.is_complete() && (*rows)->unreadable() == 0 ? "complete" : "partial";
    for (const runtime::Reason& reason : report.missing) {
        round.remarks.push_back(reason.target + " " + reason.kind + ": " + reason.code + ": " +
                                reason.text);
    }
    if ((*rows)->unreadable() > 0) {
        round.remarks.push_back(std::to_string((*rows)->unreadable()) +
                                " rows could not be read, so nothing is taken for deleted: " +
                                (*rows)->first_unreadable().message());
        report.end = report.end.ok() ? (*rows)->first_unreadable() : report.end;
    }
    if (feeds) {
        if (Status fed = (*rows)->feed(round.at, seen_lists(request.options, report)); !fed.ok()) {
            round.remarks.push_back("the shape ledger was not fed: " + fed.text());
        }
    }
    WatchCompare comparison(
        *snapshot_, rules_,
        [&](const std::vector<state::Letter>& letters) { return put(letters, round.dropped); },
        static_cast<bool>(wish_.rehearse), wish_.accept_shrink);
    return comparison.compare(chosen_lists(report), round);
}

Status Watcher::forward_alerts(const runtime::Request& request, std::uint64_t& found,
                               std::uint64_t& dropped, const Stop& stop) {
    const WatchAlerts& wish = config_.watch.alerts;
    if (!clusters_) {
        auto clusters = runtime::EventClusters::find(targets_, request, stop);
        if (!clusters) {
            return clusters.status();
        }
        clusters_ = std::move(*clusters);
    }
    return events_.poll(
        request, *cursor_,
        [&](const runtime::Occurrence& one) -> Status {
            // What names no cluster is forwarded: one alert too many is better than one too few.
            const bool is_elsewhere =
                clusters_->place(one) == runtime::EventClusters::Place::outside;
            const auto letter = is_elsewhere ? std::optional<state::Letter>()
                                             : alert_letter(one, wish.way, wish.service_id);
            if (!letter) {
                return Status();
            }
            ++found;
            return put({*letter}, dropped);
        },
        stop);
}

Status Watcher::poll(const Stop& stop) {
    std::uint64_t dropped = 0;
    std::uint64_t found = 0;
    const Status polled = forward_alerts(request(), found, dropped, stop);
    if (dropped > 0) {
        observe::log(Level::error, "watch.dropped",
                     {{"alerts", std::to_string(dropped)},
                      {"why", "the outbox is full; CloudForet does not take what waits in it"}});
    }
    if (!polled.ok() && !stop.requested()) {
        observe::log(Level::warn, "watch.alerts",
                     {{"error", polled.reason()}, {"why", polled.message()}});
    }
    figures_.add_poll(polled, polled.ok() ? found : 0);
    return polled;
}

WatchRound Watcher::once(const Stop& stop) {
    WatchRound done = round(stop);
    if (config_.watch.alerts.way != AlertWay::none && !wish_.rehearse && !stop.requested()) {
        if (Status polled = poll(stop); !polled.ok()) {
            done.outcome = done.outcome == "complete" ? "partial" : done.outcome;
            done.remarks.push_back("alerts: " + polled.text());
        }
    }
    if (!wish_.rehearse && !stop.requested()) {
        if (const auto stepped = courier_->step(utc_seconds() * 1000, stop); !stepped) {
            done.failure = done.failure.ok() ? stepped.status() : done.failure;
        }
    }
    return done;
}

Status Watcher::run(const Stop& stop) {
    auto schedule = watch::Schedule::parse(config_.watch.schedule, config_.watch.time_zone);
    if (!schedule) {
        return schedule.status();
    }
    std::thread courier([&] {
        name_thread("pf-courier");
        courier_->run(stop);
    });
    std::thread alerts([&] {
        name_thread("pf-alerts");
        const WatchAlerts& wish = config_.watch.alerts;
        const auto every = std::chrono::duration_cast<std::chrono::seconds>(wish.every).count();
        while (wish.way != AlertWay::none && !stop.requested()) {
            static_cast<void>(poll(stop));
            courier_->wake();
            rest_until(utc_seconds() + every, stop);
        }
    });
    // The first round is now: nobody wants to wait for an hour to see that it works.
    do {
        static_cast<void>(round(stop));
        const auto next = schedule->next(utc_seconds());
        if (!next) {
            break;
        }
        figures_.set_next(*next);
        rest_until(*next, stop);
    } while (!stop.requested());
    courier_->wake();
    alerts.join();
    courier.join();
    return Status();
}

std::vector<StatusSection> Watcher::sections() {
    StatusSection own{"watch", [this] { return figures_.json_text(); },
                      [this](observe::Metrics& metrics) {
                          figures_.tell(metrics);
                          const auto size = snapshot_->size();
                          metrics.set(observe::Gauge::watch_resources, {},
                                      size ? static_cast<double>(*size) : 0);
                      }};
    return {std::move(own), outbox_section(outbox_)};
}

}  // namespace pf::host::app
