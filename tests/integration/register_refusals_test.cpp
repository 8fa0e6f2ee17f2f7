// What `register --activate` does where CloudForet refuses a data source, a webhook or a protocol,
// or has no place for it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/integration/register_scene.hpp"

using namespace pf::test;
using nlohmann::json;
using pf::host::cloudforet::Action;

namespace {

constexpr int unavailable = 14;

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void check_refused(const RegisterScene::Run& run, const std::string& reason,
                   const std::string& words) {
    INFO(run.status.text());
    CHECK(run.status.reason() == reason);
    CHECK(has(run.status.message(), words));
    CHECK(has(run.status.message(), "; "));  // what to do
}

const std::vector<std::pair<std::string, std::string>> kinds_of_services = {
    {"cost_analysis", "cost_analysis.DataSource"},
    {"monitoring", "monitoring.Webhook"},
    {"alert_manager", "alert_manager.Webhook"},
    {"notification", "notification.Protocol"},
};

}  // namespace

TEST_CASE_METHOD(RegisterScene,
                 "a CloudForet without a service: a note, or an error when asked for") {
    for (const auto& [server, kind] : kinds_of_services) {
        INFO(server);
        cloudforet().hide(server);
    }
    SECTION("not asked for") {
        const Run done = run();
        INFO(done.status.text());
        REQUIRE(done.status.ok());
        // Two of monitoring, and the dashboard of costs.
        CHECK(done.actions()["skipped"] == 7);
        for (const auto& [server, kind] : kinds_of_services) {
            INFO(kind);
            CHECK(done.of(kind).action == Action::skipped);
            CHECK(has(done.of(kind).note, server));
        }
        CHECK(has(done.of("dashboard.PublicDashboard").note, "Nutanix Cost is left out"));
        CHECK(cloudforet().documents("Collector").size() == 1);
        CHECK(cloudforet().documents("PublicDashboard").empty());
        const Run again = run();
        CHECK(again.status.ok());
        CHECK(again.actions().count("create") == 0);
    }
    SECTION("asked for") {
        wish.sources.are_asked_for = true;
        check_refused(run(), "ERROR_CLOUDFORET_ENDPOINT", "cost_analysis");
        CHECK(cloudforet().changes() == 0);
    }
}

TEST_CASE_METHOD(RegisterScene, "a service that is down is no missing one") {
    for (const auto& [server, kind] : kinds_of_services) {
        RegisterScene other;
        const std::string address = other.cloudforet().address(server);
        other.cloudforet().stop(server);
        check_refused(other.run(), "ERROR_CLOUDFORET_UNAVAILABLE", address);
        CHECK(other.cloudforet().changes() == 0);
    }
}

TEST_CASE_METHOD(RegisterScene, "what a webhook belongs to must be there") {
    SECTION("alerts of the project are off") {
        wish.project_id = "project-2";
        wish.accounts.clear();
        const Run done = run();
        INFO(done.status.text());
        REQUIRE(done.status.ok());
        CHECK(done.of("monitoring.Webhook").action == Action::skipped);
        CHECK(has(done.of("monitoring.Webhook").note, "project-2"));
        CHECK(cloudforet().documents("Webhook").empty());
    }
    SECTION("alerts of the project are off, and it is asked for") {
        wish.project_id = "project-2";
        wish.sources.are_asked_for = true;
        check_refused(run(), "ERROR_REGISTER_PREMISE", "switch on the alerts");
        CHECK(cloudforet().changes() == 0);
    }
    SECTION("no such service of the alert manager") {
        wish.sources.alert_service = "service-9";
        wish.sources.are_asked_for = true;
        check_refused(run(), "ERROR_REGISTER_PREMISE", "service-9");
        CHECK(cloudforet().changes() == 0);
    }
    SECTION("switched off later, which leaves the webhook that is there") {
        REQUIRE(run().status.ok());
        cloudforet().switch_on_alerts("project-1", false);
        wish.sources.are_asked_for = true;
        const Run again = run();
        INFO(again.status.text());
        CHECK(again.status.ok());
        CHECK(again.of("monitoring.Webhook").action == Action::unchanged);
    }
}

TEST_CASE_METHOD(RegisterScene, "tokens that cannot make a data source or a webhook") {
    SECTION("a workspace's for the domain") {
        admin = owner;
        check_refused(run(), "ERROR_REGISTER_SCOPE", "DOMAIN_ADMIN");
    }
    SECTION("the domain's for a webhook") {
        owner = admin;
        wish.accounts.clear();
        std::vector<pf::host::cloudforet::Item> webhooks;
        for (auto& item : items()) {
            if (has(item.kind, "Webhook")) webhooks.push_back(std::move(item));
        }
        REQUIRE(webhooks.size() == 2);
        check_refused(run(webhooks), "ERROR_REGISTER_SCOPE", "--workspace-token-file");
    }
    SECTION("expired") {
        admin = cloudforet().tokens().issue({.lifetime_s = -10});
        check_refused(run(), "ERROR_CLOUDFORET_TOKEN", "expired on");
    }
    SECTION("without the permission") {
        cloudforet().fail("monitoring.DataSource.list", 7, "ERROR_PERMISSION_DENIED: denied.", 1);
        check_refused(run(), "ERROR_CLOUDFORET_PERMISSION", "monitoring.DataSource.list");
    }
    CHECK(cloudforet().changes() == 0);
}

TEST_CASE_METHOD(RegisterScene,
                 "a name that is taken meanwhile, and an image that does not start") {
    cloudforet().fail("monitoring.DataSource.register", 6,
                      "ERROR_NOT_UNIQUE: Value is not unique. (key = name)", 1);
    check_refused(run(), "ERROR_CLOUDFORET_NAME_TAKEN", "monitoring.DataSource.register");
    cloudforet().fail("notification.Protocol.create", 13,
                      "ERROR_PLUGIN_STATE: The plugin is not active.", 1);
    check_refused(run(), "ERROR_CLOUDFORET_REFUSED", "not active");
    const Run done = run();
    INFO(done.status.text());
    CHECK(done.status.ok());
    CHECK(cloudforet().documents("DataSource").size() == 2);
    CHECK(cloudforet().documents("Protocol").size() == 2);
}

TEST_CASE_METHOD(RegisterScene, "an answer that is lost makes nothing twice") {
    const std::vector<std::string> calls = {
        "cost_analysis.DataSource.register", "monitoring.Webhook.create",
        "alert_manager.Webhook.create", "notification.Protocol.create"};
    for (const std::string& call : calls) {
        cloudforet().fail(call, unavailable, "Socket closed", 1, true);
    }
    const Run done = run();
    INFO(done.status.text());
    REQUIRE(done.status.ok());
    for (const std::string& call : calls) {
        INFO(call);
        CHECK(cloudforet().calls(call) == 1);
    }
    // The address is told all the same.
    CHECK_FALSE(done.of("monitoring.Webhook").address.empty());
}

TEST_CASE_METHOD(RegisterScene, "what cannot be changed is told before anything is") {
    REQUIRE(run().status.ok());
    const std::size_t changes = cloudforet().changes();
    std::vector<pf::host::cloudforet::Item> others = items();
    for (auto& item : others) {
        if (item.kind != "cost_analysis.DataSource") continue;
        json document = json::parse(item.document);
        document["secret_type"] = "MANUAL";
        item.document = document.dump();
    }
    check_refused(run(others), "ERROR_REGISTER_CONFLICT", "another secret_type");
    CHECK(cloudforet().changes() == changes);
}

TEST_CASE_METHOD(RegisterScene, "metadata of a plugin that CloudForet does not take is told") {
    const auto refuses = [](const std::string& plugin, const json& metadata,
                            const std::string& words) {
        RegisterScene scene;
        scene.cloudforet().answer_init(plugin, metadata);
        check_refused(scene.run(), "ERROR_CLOUDFORET_REFUSED", words);
    };
    const json keys = json::array({"data.nutanix_monitoring"});
    refuses("plugin-nutanix-mon-datasource", {{"required_keys", keys}}, "supported_stat");
    refuses("plugin-nutanix-mon-datasource",
            {{"required_keys", keys}, {"supported_stat", {"MAX"}}, {"view", json::object()}},
            "view: Rogue field");
    refuses("plugin-nutanix-mon-datasource",
            {{"required_keys", json::array()}, {"supported_stat", {"MAX"}}}, "required_keys");
    refuses("plugin-nutanix-mon-log-datasource",
            {{"required_keys", keys}, {"supported_stat", {"MAX"}}}, "supported_stat: Rogue field");
    refuses("plugin-nutanix-noti-protocol", {{"data_type", "SECRET"}}, "data.schema");
    refuses("plugin-nutanix-cost-datasource",
            {{"data_source_rules", {{{"conditions_policy", "SOMETIMES"}}}}}, "conditions_policy");
}
