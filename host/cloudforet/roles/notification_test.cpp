#include "host/cloudforet/roles/notification.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <vector>

#include "host/cloudforet/roles/scripted_monitoring.hpp"

using namespace pf::host;
using namespace pf::host::cloudforet;
using namespace pf::host::cloudforet::testing;
using nlohmann::json;

namespace {

// Keeps what it is asked, and answers what the test says.
class ScriptedNotifications final : public NotificationService {
  public:
    Result<std::string> metadata(std::string_view options) override {
        return std::string(json{{"data_type", "SECRET"}, {"options", json::parse(options)}}.dump());
    }
    Status verify(std::string_view, const Secret& secret_data, const Stop&) override {
        return json::parse(secret_data.reveal()).contains("url")
                   ? Status()
                   : Status(Code::invalid_argument, "ERROR_REQUIRED_PARAMETER", "url");
    }
    Status dispatch(const Dispatch& dispatch, const Stop&) override {
        asked.push_back(dispatch);
        return answer;
    }

    std::vector<Dispatch> asked;
    Status answer;
};

}  // namespace

TEST_CASE("the services of a notification protocol") {
    const RoleScene scene(notification_role(std::make_shared<ScriptedNotifications>()));
    CHECK(role_services(scene) ==
          std::vector<std::string>{"spaceone.api.notification.plugin.Notification",
                                   "spaceone.api.notification.plugin.Protocol"});
}

TEST_CASE("init says how channels keep their data; verify needs what the worker needs") {
    const RoleScene scene(notification_role(std::make_shared<ScriptedNotifications>()));
    CHECK(json::parse(scene.answer("Protocol/init", R"({"options":{"format":"slack"}})")) ==
          json{{"metadata", {{"data_type", "SECRET"}, {"options", {{"format", "slack"}}}}}});
    CHECK(scene.status("Protocol/verify", R"({"options":{},"secret_data":{"url":"u"}})").ok());
    CHECK(scene.status("Protocol/verify", "{}").code() == Code::invalid_argument);
}

TEST_CASE("a dispatch comes as it was sent, its type by CloudForet's numbers") {
    const auto service = std::make_shared<ScriptedNotifications>();
    const RoleScene scene(notification_role(service));
    for (const char* const type :
         {"INFO", "ERROR", "SUCCESS", "WARNING", "NOTIFICATION_TYPE_NONE"}) {
        const json request = {{"options", {{"format", "slack"}}},
                              {"message", {{"title", "Disk failed"}, {"count", 3}}},
                              {"notification_type", type},
                              {"secret_data", {{"a", "1"}}},
                              {"channel_data", {{"url", "https://x"}}}};
        CHECK(json::parse(scene.answer("Notification/dispatch", request.dump())) == json::object());
    }
    REQUIRE(service->asked.size() == 5);
    using Level = runtime::NoticeLevel;
    std::vector<Level> levels;
    for (const Dispatch& one : service->asked) {
        levels.push_back(one.level);
        CHECK(json::parse(one.message) == json{{"title", "Disk failed"}, {"count", 3}});
        CHECK(json::parse(one.options) == json{{"format", "slack"}});
        CHECK(one.secret_data.reveal() == R"({"a":"1"})");
        CHECK(one.channel_data.reveal() == R"({"url":"https://x"})");
    }
    CHECK(levels == std::vector<Level>{Level::info, Level::error, Level::success, Level::warning,
                                       Level::info});
}

TEST_CASE("a dispatch without a message, or with too large a one, is refused") {
    const auto service = std::make_shared<ScriptedNotifications>();
    NotificationLimits limits;
    limits.message = 1000;
    const RoleScene scene(notification_role(service, limits));
    CHECK(scene.status("Notification/dispatch", "{}").code() == Code::invalid_argument);
    const json large = {{"message", {{"title", std::string(2000, 'x')}}}};
    CHECK(scene.status("Notification/dispatch", large.dump()).code() == Code::invalid_argument);
    CHECK(service->asked.empty());
}

TEST_CASE("a delivery that fails is an error of the call") {
    const auto service = std::make_shared<ScriptedNotifications>();
    service->answer =
        Status(Code::failed_precondition, "ERROR_OUTBOUND_UNREACHABLE", "chat: nobody answers");
    const RoleScene scene(notification_role(service));
    const Status status = scene.status("Notification/dispatch", R"({"message":{"title":"t"}})");
    CHECK(status.code() == Code::failed_precondition);
    CHECK(status.message().find("chat: nobody answers") != std::string::npos);
}
