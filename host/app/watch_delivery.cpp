#include "host/app/watch_delivery.hpp"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace pf::host::app {
namespace {

using nlohmann::json;

struct Method {
    const char* channel;
    const char* service;
    const char* needs;
    bool takes_webhook;
    TokenOf whose = TokenOf::domain;
};

constexpr std::array methods = {
    Method{notification_channel, "spaceone.api.notification.v1.Notification",
           "a token of the domain, or of the project's workspace", false},
    Method{webhook_channel, "spaceone.api.monitoring.v1.Event", "", true},
    Method{alert_webhook_channel, "spaceone.api.alert_manager.v1.Event", "", true},
    Method{alert_channel, "spaceone.api.alert_manager.v1.Alert", "a token of the workspace", false,
           TokenOf::workspace},
};

const Method* method_of(const std::string& channel) {
    for (const Method& method : methods) {
        if (channel == method.channel) {
            return &method;
        }
    }
    return nullptr;
}

Status unreadable(const state::Parcel& parcel) {
    return Status(Code::invalid_argument, "ERROR_OUTBOX_LETTER",
                  "parcel " + std::to_string(parcel.id) +
                      " is not what this program writes; forget it with `prismforet queue forget " +
                      std::to_string(parcel.id) + "`");
}

}  // namespace

WatchDelivery::WatchDelivery(GetAccess access, AlertAddress alerts)
    : access_(std::move(access)), alerts_(std::move(alerts)) {}

Result<cloudforet::ServiceClient*> WatchDelivery::client(TokenOf whose) {
    std::unique_ptr<cloudforet::ServiceClient>& client = clients_[whose];
    if (!client) {
        auto access = access_(whose);
        if (!access) {
            return access.status();
        }
        // The outbox tries again, with pauses of its own.
        access->tries = 1;
        access->timeout = std::chrono::seconds(15);
        client = std::make_unique<cloudforet::ServiceClient>(std::move(*access));
    }
    return client.get();
}

Status WatchDelivery::deliver(const state::Parcel& parcel, const Stop& stop) {
    const Method* const method = method_of(parcel.letter.channel);
    json request = json::parse(parcel.letter.content, nullptr, false);
    if (method == nullptr || !request.is_object()) {
        return unreadable(parcel);
    }
    if (method->takes_webhook) {
        request = {{"webhook_id", alerts_.webhook_id},
                   {"access_key", std::string(alerts_.access_key.reveal())},
                   {"data", std::move(request)}};
    }
    auto service = client(method->whose);
    if (!service) {
        return service.status();
    }
    const auto answer =
        (*service)->call({method->service, "create", request.dump(), method->needs, {}}, stop);
    if (answer) {
        return Status();
    }
    // Its token may have a successor, and it may be at another address by now.
    if (answer.status().reason() == "ERROR_CLOUDFORET_TOKEN" ||
        answer.status().code() == Code::unavailable) {
        clients_.erase(method->whose);
    }
    return answer.status();
}

bool WatchDelivery::is_final(const Status& failure) {
    return failure.code() == Code::invalid_argument &&
           (failure.reason() == "ERROR_CLOUDFORET_REFUSED" ||
            failure.reason() == "ERROR_OUTBOX_LETTER");
}

state::CourierRules WatchDelivery::courier_rules() {
    state::CourierRules rules;
    rules.longest_life = std::chrono::hours(7 * 24);
    rules.is_final = is_final;
    return rules;
}

}  // namespace pf::host::app
