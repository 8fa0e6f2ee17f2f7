#include <algorithm>

#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

using nlohmann::json;

namespace {

// No token says whose domain it is: the webhook is looked for in all of them, and the access key
// is all that a caller has to show.
json create_event(Stores& stores, const CollectionStore& webhooks, const std::string& method,
                  const json& params) {
    check_required(params, {"webhook_id", "access_key", "data"});
    const std::string id = params.at("webhook_id");
    const auto& kept = webhooks.all();
    const auto found = std::find_if(kept.begin(), kept.end(), [&id](const json& webhook) {
        return webhook.at("webhook_id") == id;
    });
    if (found == kept.end()) throw not_found("webhook_id", id);
    if (found->at("access_key") != params.at("access_key")) throw permission_denied();
    if (found->at("state") != "ENABLED") {
        throw Refusal(3, "ERROR_WEBHOOK_STATE_DISABLED: Webhook state is disabled. (webhook_id = " +
                             id + ")");
    }
    const json event = {{"webhook_id", id}, {"data", params.at("data")}};
    stores.received.push_back({method, event.dump()});
    return json::object();
}

}  // namespace

void add_events(ServiceDesk& desk, Stores& stores) {
    desk["spaceone.api.monitoring.v1.Event/create"] = {
        {}, [&stores](const ServiceRequest& request) {
            return create_event(stores, stores.webhooks, "monitoring.Event.create", request.params);
        }};
    desk["spaceone.api.alert_manager.v1.Event/create"] = {
        {}, [&stores](const ServiceRequest& request) {
            return create_event(stores, stores.alert_webhooks, "alert_manager.Event.create",
                                request.params);
        }};
}

}  // namespace pf::cloudforet_sim
