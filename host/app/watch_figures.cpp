#include "host/app/watch_figures.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "host/observe/redact.hpp"
#include "host/runtime/event_text.hpp"

namespace pf::host::app {

using nlohmann::json;

void WatchFigures::add(const WatchRound& round) {
    const std::lock_guard lock(mutex_);
    last_ = round;
    ++rounds_[round.outcome];
    changes_["created"] += round.created;
    changes_["changed"] += round.changed;
    changes_["deleted"] += round.deleted;
}

void WatchFigures::add_poll(const Status& end, std::uint64_t found) {
    const std::lock_guard lock(mutex_);
    alerts_ += found;
    last_poll_ = end;
}

void WatchFigures::set_next(std::int64_t at) {
    const std::lock_guard lock(mutex_);
    next_at_ = at;
}

void WatchFigures::tell(observe::Metrics& metrics) {
    const std::lock_guard lock(mutex_);
    const auto add = [&](observe::Counter which, const char* label, const std::string& word,
                         std::uint64_t total) {
        std::uint64_t& shown = shown_[label + word];
        metrics.add(which, {{label, word}}, static_cast<double>(total - shown));
        shown = total;
    };
    for (const auto& [outcome, total] : rounds_) {
        add(observe::Counter::watch_rounds, "outcome", outcome, total);
    }
    for (const auto& [change, total] : changes_) {
        add(observe::Counter::watch_changes, "change", change, total);
    }
    add(observe::Counter::watch_alerts, "way", "poll", alerts_);
}

std::string WatchFigures::json_text() const {
    const std::lock_guard lock(mutex_);
    json remarks = json::array();
    for (const std::string& remark : last_.remarks) {
        remarks.push_back(observe::redact(remark));
    }
    json status = {{"rounds", rounds_},
                   {"alerts", alerts_},
                   {"alerts_error", last_poll_.ok() ? "" : observe::redact(last_poll_.text())}};
    if (next_at_ != 0) {
        status["next_at"] = runtime::iso_time(next_at_ * 1000);
    }
    if (!rounds_.empty()) {
        status["last"] = {{"at", runtime::iso_time(last_.at * 1000)},
                          {"outcome", last_.outcome},
                          {"created", last_.created},
                          {"changed", last_.changed},
                          {"deleted", last_.deleted},
                          {"letters", last_.letters},
                          {"dropped", last_.dropped},
                          {"remarks", std::move(remarks)},
                          {"error", observe::redact(last_.failure.text())}};
    }
    return status.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace pf::host::app
