// What a service took from a caller and would have passed on to people.
#pragma once

#include <string>

namespace pf::cloudforet_sim {

struct Received {
    // "notification.Notification.create", "monitoring.Event.create", "alert_manager.Event.create"
    // or "alert_manager.Alert.create".
    std::string method{};
    // JSON text: the request, with the domain and workspace of the token when there is one. Of an
    // event only webhook_id and data.
    std::string request{};
};

}  // namespace pf::cloudforet_sim
