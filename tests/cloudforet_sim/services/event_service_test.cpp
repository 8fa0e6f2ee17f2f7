// Notifications, events and alerts, sent to the fake services by the host's client.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/cloudforet/client/service_client.hpp"
#include "tests/cloudforet_sim/services/services.hpp"

namespace {

using nlohmann::json;
using pf::cloudforet_sim::Services;
using pf::host::Result;
using pf::host::Secret;
using pf::host::cloudforet::ServiceAccess;
using pf::host::cloudforet::ServiceCall;
using pf::host::cloudforet::ServiceClient;

constexpr int unavailable = 14;
constexpr const char* monitoring = "spaceone.api.monitoring.v1.Event";
constexpr const char* alert_manager = "spaceone.api.alert_manager.v1.Event";

struct Fixture {
    Services cloudforet;
    std::string token = cloudforet.tokens().issue({});

    Result<std::string> call(const ServiceCall& what, const std::string& with) {
        ServiceAccess access;
        access.identity = "grpc://" + cloudforet.address("identity");
        access.token = Secret(with);
        access.pause = std::chrono::milliseconds(1);
        return ServiceClient(std::move(access)).call(what);
    }
    // What went wrong: the reason, or "OK".
    std::string outcome(const ServiceCall& what, const std::string& with) {
        const auto answer = call(what, with);
        return answer.ok() ? "OK" : answer.status().reason();
    }
    std::string received(std::size_t at) {
        const auto all = cloudforet.received();
        return at < all.size() ? all[at].method + " " + all[at].request : "none";
    }
};

json notice() {
    return {{"resource_type", "identity.Project"},
            {"resource_id", "project-1"},
            {"topic", "prismforet"},
            {"message", {{"title", "A host is down"}}},
            {"notification_type", "ERROR"},
            {"notification_level", "LV2"}};
}

ServiceCall notify(const json& request) {
    return {"spaceone.api.notification.v1.Notification", "create", request.dump(), ""};
}

ServiceCall event(const std::string& service, const std::string& webhook, const std::string& key,
                  const std::string& title = "A host is down") {
    const json request = {
        {"webhook_id", webhook}, {"access_key", key}, {"data", {{"title", title}}}};
    return {service, "create", request.dump(), ""};
}

ServiceCall alert(const std::string& service_id) {
    const json resource = {
        {"name", "host-1"}, {"asset_id", "asset-1"}, {"asset_type", "nutanix.Host"}};
    const json request = {{"title", "A host is down"}, {"description", "No answer"},
                          {"urgency", "HIGH"},         {"severity", "CRITICAL"},
                          {"rule", "host_down"},       {"image_url", "https://x.example/a.png"},
                          {"resources", {resource}},   {"additional_info", {{"cluster", "c1"}}},
                          {"service_id", service_id}};
    return {"spaceone.api.alert_manager.v1.Alert", "create", request.dump(), ""};
}

}  // namespace

TEST_CASE_METHOD(Fixture, "a notification is taken as it was sent", "[events]") {
    REQUIRE(outcome(notify(notice()), token) == "OK");
    json expected = notice();
    expected["domain_id"] = "domain-1";
    CHECK(received(0) == "notification.Notification.create " + expected.dump());
    const std::string member = cloudforet.tokens().issue(
        {.owner = "USER", .role = "WORKSPACE_MEMBER", .workspace_id = "workspace-7"});
    CHECK(outcome(notify(notice()), member) == "OK");
    CHECK(outcome(notify(notice()), cloudforet.tokens().issue({.role = "USER"})) == "OK");
    CHECK(cloudforet.received().size() == 3);
}

TEST_CASE_METHOD(Fixture, "a notification needs a token and all that is required", "[events]") {
    CHECK(outcome(notify(notice()), "") == "ERROR_CLOUDFORET_TOKEN");
    const std::string old = cloudforet.tokens().issue({.lifetime_s = -60});
    CHECK(outcome(notify(notice()), old) == "ERROR_CLOUDFORET_TOKEN");
    for (const char* key : {"resource_type", "resource_id", "topic", "message"}) {
        INFO(key);
        json request = notice();
        request.erase(key);
        CHECK(outcome(notify(request), token) == "ERROR_CLOUDFORET_REFUSED");
    }
    json request = notice();
    request["resource_type"] = "identity.Planet";
    CHECK(outcome(notify(request), token) == "ERROR_CLOUDFORET_REFUSED");
    CHECK(cloudforet.received().empty());
}

TEST_CASE_METHOD(Fixture, "an event needs no token but the webhook's access key", "[events]") {
    cloudforet.add_webhook("monitoring", "webhook-1", "key-1");
    cloudforet.add_webhook("alert_manager", "webhook-2", "key-2");
    REQUIRE(outcome(event(monitoring, "webhook-1", "key-1"), "") == "OK");
    REQUIRE(outcome(event(alert_manager, "webhook-2", "key-2", "It is up"), "") == "OK");
    CHECK(received(0) == R"(monitoring.Event.create )"
                         R"({"data":{"title":"A host is down"},"webhook_id":"webhook-1"})");
    CHECK(received(1) == R"(alert_manager.Event.create )"
                         R"({"data":{"title":"It is up"},"webhook_id":"webhook-2"})");
    cloudforet.forget_received();
    CHECK(cloudforet.received().empty());
}

TEST_CASE_METHOD(Fixture, "an event with the wrong key or for no webhook is refused", "[events]") {
    cloudforet.add_webhook("monitoring", "webhook-1", "key-1");
    cloudforet.add_webhook("alert_manager", "webhook-2", "key-2");
    for (const char* service : {monitoring, alert_manager}) {
        INFO(service);
        const std::string server = service == monitoring ? "monitoring" : "alert_manager";
        const std::string own = service == monitoring ? "webhook-1" : "webhook-2";
        const std::string other = service == monitoring ? "webhook-2" : "webhook-1";
        const std::string key = service == monitoring ? "key-1" : "key-2";
        CHECK(outcome(event(service, own, "key-9"), "") == "ERROR_CLOUDFORET_PERMISSION");
        CHECK(outcome(event(service, own, ""), "") == "ERROR_CLOUDFORET_REFUSED");
        CHECK(outcome(event(service, other, key), "") == "ERROR_CLOUDFORET_NOT_FOUND");
        cloudforet.add_webhook(server, own, key, false);
        const auto disabled = call(event(service, own, key), "");
        REQUIRE_FALSE(disabled.ok());
        CHECK(disabled.status().message().find("Webhook state is disabled") != std::string::npos);
    }
    CHECK(cloudforet.received().empty());
}

TEST_CASE_METHOD(Fixture, "an alert belongs to a service that is there", "[events]") {
    cloudforet.add_alert_service("service-1");
    const std::string owner = cloudforet.tokens().issue(
        {.owner = "USER", .role = "WORKSPACE_OWNER", .workspace_id = "workspace-7"});
    const auto made = call(alert("service-1"), owner);
    REQUIRE(made.status().text() == "OK");
    CHECK(json::parse(*made)["alert_id"] == cloudforet.documents("Alert")[0]["alert_id"]);
    CHECK(json::parse(*made)["status"] == "TRIGGERED");
    json expected = json::parse(alert("service-1").request);
    expected["domain_id"] = "domain-1";
    expected["workspace_id"] = "workspace-7";
    CHECK(received(0) == "alert_manager.Alert.create " + expected.dump());
    CHECK(outcome(alert("service-1"), token) == "OK");

    CHECK(outcome(alert("service-2"), token) == "ERROR_CLOUDFORET_NOT_FOUND");
    CHECK(outcome(alert("service-1"), "") == "ERROR_CLOUDFORET_TOKEN");
    const std::string member = cloudforet.tokens().issue(
        {.owner = "USER", .role = "WORKSPACE_MEMBER", .workspace_id = "workspace-7"});
    CHECK(outcome(alert("service-1"), member) == "ERROR_CLOUDFORET_PERMISSION");
    CHECK(cloudforet.received().size() == 2);
}

TEST_CASE_METHOD(Fixture, "what was taken is kept when the answer is lost, in order", "[events]") {
    cloudforet.add_webhook("monitoring", "webhook-1", "key-1");
    cloudforet.add_webhook("alert_manager", "webhook-2", "key-2");
    cloudforet.add_alert_service("service-1");
    const std::vector<std::pair<std::string, ServiceCall>> calls = {
        {"notification.Notification.create", notify(notice())},
        {"monitoring.Event.create", event(monitoring, "webhook-1", "key-1")},
        {"alert_manager.Event.create", event(alert_manager, "webhook-2", "key-2")},
        {"alert_manager.Alert.create", alert("service-1")}};
    for (const auto& [method, what] : calls) {
        INFO(method);
        cloudforet.fail(method, unavailable, "Socket closed", 2);
        CHECK(outcome(what, token) == "ERROR_CLOUDFORET_UNAVAILABLE");
        CHECK(outcome(what, token) == "ERROR_CLOUDFORET_UNAVAILABLE");
    }
    CHECK(cloudforet.received().empty());
    for (const auto& [method, what] : calls) {
        INFO(method);
        cloudforet.fail(method, unavailable, "Socket closed", 1, true);
        CHECK(outcome(what, token) == "ERROR_CLOUDFORET_UNAVAILABLE");
        CHECK(outcome(what, token) == "OK");
    }
    const auto all = cloudforet.received();
    REQUIRE(all.size() == 2 * calls.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(all[i].method == calls[i / 2].first);
        CHECK(all[i].request == all[i / 2 * 2].request);
    }
}
