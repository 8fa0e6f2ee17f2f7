// What CloudForet makes of the events that a webhook's plugin tells: alerts.
//
//     AlertBoard board(Api::monitoring);
//     board.take(parse(body));    // an EventsInfo as JSON, or an error
//     board.alerts()
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pf::cloudforet_sim::monitoring {

// Whose form the events have: names of fields are equal, types and rules are not.
enum class Api { monitoring, alert_manager };

struct Alert {
    std::string key;
    std::string title;
    std::string severity;
    bool is_urgent = false;
    bool is_resolved = false;
    std::vector<nlohmann::json> events;  // in the order in which they came
};

class AlertBoard {
  public:
    explicit AlertBoard(Api api) : api_(api) {}

    // An EventsInfo. An event that lacks what the service needs fails the whole: it becomes an
    // alert of its own, as an error of the plugin does.
    void take(const nlohmann::json& events);
    // The plugin answered an error, or could not be asked.
    void fail(const std::string& error);

    const std::vector<Alert>& alerts() const { return alerts_; }
    // Alerts under a key that are not resolved.
    std::size_t open(const std::string& key) const;
    // RECOVERY events without an open alert; the service forgets them.
    std::size_t dropped() const { return dropped_; }
    // Of the webhook's own statistics.
    std::size_t errors() const { return errors_; }

  private:
    std::string missing(const nlohmann::json& event) const;
    void add(const nlohmann::json& event);

    Api api_;
    std::vector<Alert> alerts_;
    std::size_t dropped_ = 0;
    std::size_t errors_ = 0;
};

}  // namespace pf::cloudforet_sim::monitoring
