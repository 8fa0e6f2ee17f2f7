// The webhook and alert-webhook roles: Webhook and Event of spaceone.api.monitoring.plugin, and of
// spaceone.api.alert_manager.plugin. What a body means is worked out once; only its form differs.
//
//     Server::start(options, webhook_role(service));        // monitoring
//     Server::start(options, alert_webhook_role(service));  // alert manager
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/cloudforet/roles/role.hpp"

namespace pf::host::cloudforet {

enum class EventType { alert, recovery };
enum class EventSeverity { critical, error, warning, info, not_available };

// What an event is about; empty texts are not said.
struct EventResource {
    std::string id;
    std::string name;
    std::string type;
};

// One thing that a posted body tells.
struct PluginEvent {
    std::string key;  // groups what belongs to one alert; never empty
    EventType type = EventType::alert;
    EventSeverity severity = EventSeverity::not_available;
    std::string title;  // never empty
    std::string description;
    std::string rule;
    EventResource resource;
    std::string provider;
    std::string account;
    std::int64_t occurred_at = 0;        // UTC seconds since 1970
    std::string additional_info = "{}";  // JSON text of an object
};

// The work behind both roles. Called from many threads at once; keeps nothing between calls.
struct EventService {
    virtual ~EventService() = default;
    // OK when webhooks with these options, JSON text of an object, can be used. Asks no Prism.
    virtual Status verify(std::string_view options, const Stop& stop) = 0;
    // What `body`, JSON text of an object, tells; nothing for one that tells nothing to us. An
    // error becomes an alert for people: it is for a body of ours that cannot be read.
    virtual Result<std::vector<PluginEvent>> parse(std::string_view options, std::string_view body,
                                                   const Stop& stop) = 0;
};

struct WebhookLimits {
    std::chrono::milliseconds answer{std::chrono::seconds(60)};
    std::size_t body = 1024 * 1024;  // bytes of JSON; more is refused
    std::size_t events = 1000;       // of one body
};

// Makes the role. `service` is shared with the calls in progress.
std::unique_ptr<Role> webhook_role(std::shared_ptr<EventService> service,
                                   WebhookLimits limits = {});
// See webhook_role.
std::unique_ptr<Role> alert_webhook_role(std::shared_ptr<EventService> service,
                                         WebhookLimits limits = {});

}  // namespace pf::host::cloudforet
