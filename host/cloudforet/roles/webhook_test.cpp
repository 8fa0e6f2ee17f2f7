#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/cloudforet/roles/scripted_monitoring.hpp"
#include "spaceone/api/monitoring/plugin/event.grpc.pb.h"

using namespace pf::host;
using namespace pf::host::cloudforet;
using namespace pf::host::cloudforet::testing;
using nlohmann::json;

namespace {

const char* const body = R"({"options":{},"data":{"alert":{"id":"a-1"}}})";

PluginEvent disk_failure() {
    PluginEvent event;
    event.key = "a-1";
    event.severity = EventSeverity::critical;
    event.title = "Disk failed";
    event.description = "Disk 3 of host h1";
    event.rule = "A1187";
    event.resource = {"host-1", "h1", "host"};
    event.provider = "nutanix";
    event.account = "pc-uuid";
    event.occurred_at = 1772280000;
    event.additional_info = R"({"acknowledged":false})";
    return event;
}

std::shared_ptr<ScriptedEvents> telling(std::vector<PluginEvent> events) {
    auto service = std::make_shared<ScriptedEvents>();
    service->on_parse = [events = std::move(events)](std::string_view) {
        return Result<std::vector<PluginEvent>>(events);
    };
    return service;
}

json results(const RoleScene& scene, const std::string& request = body) {
    const json answer = json::parse(scene.answer("Event/parse", request));
    return answer.value("results", json::array());
}

}  // namespace

TEST_CASE("a webhook is begun and examined without a secret") {
    auto service = std::make_shared<ScriptedEvents>();
    service->on_verify = [](std::string_view options) {
        return json::parse(options).contains("colour")
                   ? Status(Code::invalid_argument, "ERROR_INVALID_PARAMETER", "colour")
                   : Status();
    };
    const auto examine = [](const RoleScene& scene) {
        CHECK(json::parse(scene.answer("Webhook/init", R"({"options":{}})")) ==
              json{{"metadata", json::object()}});
        CHECK(scene.status("Webhook/verify", "{}").ok());
        for (const char* const method : {"Webhook/init", "Webhook/verify"}) {
            CHECK(scene.status(method, R"({"options":{"colour":"red"}})").code() ==
                  Code::invalid_argument);
        }
    };
    examine(RoleScene(webhook_role(service)));
    examine(RoleScene(alert_webhook_role(service)));
}

TEST_CASE("an event in the form of monitoring") {
    const RoleScene scene(webhook_role(telling({disk_failure()})));
    CHECK(results(scene) ==
          json::array({{{"event_key", "a-1"},
                        {"event_type", "ALERT"},
                        {"title", "Disk failed"},
                        {"description", "Disk 3 of host h1"},
                        {"severity", "CRITICAL"},
                        {"resource",
                         {{"resource_id", "host-1"}, {"name", "h1"}, {"resource_type", "host"}}},
                        {"rule", "A1187"},
                        {"occurred_at", "2026-02-28T12:00:00Z"},
                        {"additional_info", {{"acknowledged", false}}},
                        {"provider", "nutanix"},
                        {"account", "pc-uuid"}}}));
}

TEST_CASE("the same event in the form of the alert manager") {
    const RoleScene scene(alert_webhook_role(telling({disk_failure()})));
    CHECK(results(scene, R"({"domain_id":"d-1","data":{"a":1}})") ==
          json::array({{{"event_key", "a-1"},
                        {"event_type", "ALERT"},
                        {"title", "Disk failed"},
                        {"description", "Disk 3 of host h1"},
                        {"severity", "CRITICAL"},
                        {"resources", {"h1"}},
                        {"rule", "A1187"},
                        {"occurred_at", "2026-02-28T12:00:00Z"},
                        {"additional_info", {{"acknowledged", false}}}}}));
}

TEST_CASE("every type and severity has a word in both forms") {
    std::vector<PluginEvent> events;
    for (const EventSeverity severity :
         {EventSeverity::critical, EventSeverity::error, EventSeverity::warning,
          EventSeverity::info, EventSeverity::not_available}) {
        events.push_back(disk_failure());
        events.back().severity = severity;
        events.back().type = EventType::recovery;
        events.back().resource = {"host-1", "", ""};
    }
    const auto severities = [](const json& all) {
        std::string text;
        for (const json& each : all) {
            CHECK(each.at("event_type") == "RECOVERY");
            text += each.at("severity").get<std::string>() + " ";
        }
        return text;
    };
    const RoleScene monitoring(webhook_role(telling(events)));
    const RoleScene alerts(alert_webhook_role(telling(events)));
    CHECK(severities(results(monitoring)) == "CRITICAL ERROR WARNING INFO NOT_AVAILABLE ");
    CHECK(severities(results(alerts)) == "CRITICAL ERROR WARNING INFO WARNING ");
    CHECK(results(monitoring)[0].at("resource") == json{{"resource_id", "host-1"}});
    CHECK(results(alerts)[0].at("resources") == json{"host-1"});
}

TEST_CASE("a body that tells nothing gives an empty list, and the service sees it as it came") {
    auto service = std::make_shared<ScriptedEvents>();
    std::vector<std::string> seen;
    service->on_parse = [&](std::string_view text) {
        seen.emplace_back(text);
        return Result<std::vector<PluginEvent>>(std::vector<PluginEvent>());
    };
    const RoleScene scene(webhook_role(service));
    CHECK(results(scene, R"({"data":{"hello":["world",1,null]}})").empty());
    CHECK(seen == std::vector<std::string>{R"({"hello":["world",1,null]})"});
    CHECK(results(scene, R"({"data":{}})").empty());
    CHECK(results(scene, "{}").empty());
    CHECK(seen.size() == 1);
}

TEST_CASE("what would be a false alert is an error or is not sent") {
    PluginEvent untitled = disk_failure();
    untitled.title.clear();
    CHECK(RoleScene(webhook_role(telling({untitled}))).status("Event/parse", body).code() ==
          Code::internal);
    PluginEvent keyless = disk_failure();
    keyless.key.clear();
    CHECK(RoleScene(alert_webhook_role(telling({keyless}))).status("Event/parse", body).code() ==
          Code::internal);
    auto service = std::make_shared<ScriptedEvents>();
    service->on_parse = [](std::string_view) {
        return Result<std::vector<PluginEvent>>(
            Status(Code::invalid_argument, "ERROR_EVENT_BODY", "the alert has no id"));
    };
    const RoleScene scene(alert_webhook_role(service));
    CHECK(scene.status("Event/parse", body).reason() == "ERROR_EVENT_BODY");
}

TEST_CASE("a body or an answer that is too large is refused") {
    WebhookLimits limits;
    limits.body = 100;
    limits.events = 2;
    const auto refusal = [&](std::size_t events, const json& data) {
        const RoleScene scene(
            webhook_role(telling(std::vector<PluginEvent>(events, disk_failure())), limits));
        const Status status = scene.status("Event/parse", json{{"data", data}}.dump());
        CHECK(status.code() == Code::invalid_argument);
        return status.message();
    };
    CHECK_THAT(refusal(1, {{"text", std::string(101, 'x')}}), Catch::Contains("100 bytes"));
    CHECK_THAT(refusal(3, {{"text", "x"}}), Catch::Contains("2 events"));
}

TEST_CASE("a body nested deeper than protobuf reads is refused, and the server goes on") {
    const RoleScene scene(webhook_role(telling({disk_failure()})));
    namespace plugin = spaceone::api::monitoring::plugin;
    const auto stub = plugin::Event::NewStub(
        grpc::CreateChannel(scene.server->address(), grpc::InsecureChannelCredentials()));
    const auto parse = [&](int depth) {
        plugin::ParseRequest request;
        google::protobuf::Struct* inner = request.mutable_data();
        for (int i = 0; i < depth; ++i) {
            inner = (*inner->mutable_fields())["d"].mutable_struct_value();
        }
        (*inner->mutable_fields())["end"].set_bool_value(true);
        grpc::ClientContext context;
        plugin::EventsInfo answer;
        return stub->parse(&context, request, &answer);
    };
    CHECK(parse(20).ok());
    CHECK_FALSE(parse(500).ok());
    CHECK(parse(20).ok());
}
