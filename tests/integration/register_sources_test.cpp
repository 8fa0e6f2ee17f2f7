// Data sources, webhooks and the notification protocol that `register --activate` makes: what is
// made, what a second run does, what a change does, and where the address of a webhook goes.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/cli/register_text.hpp"
#include "tests/integration/register_scene.hpp"

using namespace pf::test;
using nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string all_texts(const RegisterScene::Run& run) {
    return pf::host::cli::register_table(run.steps, true, {}) +
           pf::host::cli::register_json(run.steps, true) +
           pf::host::cli::register_yaml(run.steps, true);
}

// Ended well and had nothing to do.
void check_settled(const RegisterScene::Run& run) {
    INFO(run.status.text());
    CHECK(run.status.ok());
    CHECK(run.actions() == Actions{{"unchanged", static_cast<int>(run.steps.size())}});
}

}  // namespace

TEST_CASE_METHOD(RegisterScene, "each role gets what uses it, and a second run makes nothing") {
    const Run first = run();
    INFO(first.status.text());
    REQUIRE(first.status.ok());
    CHECK(first.actions() == Actions{{"create", static_cast<int>(first.steps.size())}});
    const json cost = cloudforet().documents("CostDataSource").at(0);
    CHECK(cost["data_source_type"] == "EXTERNAL");
    CHECK(cost["secret_type"] == "USE_SERVICE_ACCOUNT_SECRET");
    CHECK(cost["provider"] == "nutanix");
    CHECK(cost["workspace_id"] == "*");
    CHECK(cost["schedule"] == json({{"state", "ENABLED"}, {"hour", 16}}));
    CHECK_FALSE(cost.contains("secret_filter"));
    CHECK(cost["plugin_info"]["options"]["cost_model"] == json::parse(cost_model_text));
    const json sources = cloudforet().documents("DataSource");
    REQUIRE(sources.size() == 2);
    CHECK(sources[0]["monitoring_type"] == "METRIC");
    CHECK(sources[1]["monitoring_type"] == "LOG");
    for (const json& source : sources) CHECK(source["plugin_info"]["provider"] == "nutanix");
    REQUIRE(cloudforet().documents("Webhook").size() == 1);
    CHECK(cloudforet().documents("Webhook")[0]["project_id"] == "project-1");
    REQUIRE(cloudforet().documents("AlertWebhook").size() == 1);
    CHECK(cloudforet().documents("AlertWebhook")[0]["service_id"] == "service-1");
    CHECK(cloudforet().documents("Protocol").size() == 2);  // one is in every domain

    const std::size_t changes = cloudforet().changes();
    check_settled(run());
    CHECK(cloudforet().changes() == changes);
}

TEST_CASE_METHOD(RegisterScene, "the dashboard of costs shows the data source that was made") {
    REQUIRE(run().status.ok());
    const std::string id = cloudforet().documents("CostDataSource")[0]["data_source_id"];
    const auto show_it = [this, &id] {
        int count = 0;
        for (const json& table : cloudforet().documents("PublicDataTable")) {
            INFO(table.dump());
            CHECK(table["options"]["COST"]["data_source_id"] == id);
            CHECK(table["options"]["data_unit"] == "EUR");
            ++count;
        }
        return count;
    };
    CHECK(show_it() == 9);

    // Somebody deregisters it, and another comes in its place.
    const std::string old = id;
    pf::host::cloudforet::ServiceClient client(access());
    REQUIRE(client
                .call({"spaceone.api.cost_analysis.v1.DataSource", "deregister",
                       json{{"data_source_id", old}}.dump(), ""})
                .ok());
    const Run left = run(true);
    CHECK(left.of("cost_analysis.DataSource").action == pf::host::cloudforet::Action::create);
    CHECK(left.of("dashboard.PublicDashboard").action == pf::host::cloudforet::Action::outdated);
    replaces = true;
    const Run again = run();
    INFO(again.status.text());
    REQUIRE(again.status.ok());
    CHECK(cloudforet().documents("PublicDashboard").size() == 1);
    const std::string renewed = cloudforet().documents("CostDataSource").at(0)["data_source_id"];
    CHECK(renewed != old);
    const std::string& shown =
        cloudforet().documents("PublicDataTable").back()["options"]["COST"]["data_source_id"];
    CHECK(shown == renewed);
}

TEST_CASE_METHOD(RegisterScene, "a changed cost model and hour go into the data source there is") {
    REQUIRE(run().status.ok());
    const std::string call = "cost_analysis.DataSource.";
    wish.sources.cost_hour = 3;
    wish.sources.cost_model =
        R"({"name": "test", "currency": "EUR", "rate_card": {"memory_gib_hour": "0.01"}})";
    const Run plan = run(true);
    CHECK(plan.actions()["update"] == 1);
    CHECK(plan.of("cost_analysis.DataSource").differences ==
          std::vector<std::string>{"schedule", "plugin_info.options"});
    CHECK(cloudforet().calls(call + "update_plugin") == 0);
    const Run done = run();
    INFO(done.status.text());
    REQUIRE(done.status.ok());
    CHECK(cloudforet().calls(call + "update") == 1);
    CHECK(cloudforet().calls(call + "update_plugin") == 1);
    CHECK(cloudforet().calls(call + "register") == 1);
    const json source = cloudforet().documents("CostDataSource").at(0);
    CHECK(source["schedule"]["hour"] == 3);
    // The price that is not in the model any more is gone.
    CHECK(source["plugin_info"]["options"]["cost_model"]["rate_card"] ==
          json({{"memory_gib_hour", "0.01"}}));
    check_settled(run());
}

TEST_CASE_METHOD(RegisterScene, "options of the plugin that somebody else gave stay") {
    REQUIRE(run().status.ok());
    pf::host::cloudforet::ServiceClient client(access());
    const json given = {
        {"data_source_id", cloudforet().documents("CostDataSource")[0]["data_source_id"]},
        {"options", {{"cost_model", {{"name", "other"}}}, {"backfill_months", 2}}}};
    REQUIRE(
        client.call({"spaceone.api.cost_analysis.v1.DataSource", "update_plugin", given.dump(), ""})
            .ok());
    REQUIRE(run().status.ok());
    const json options = cloudforet().documents("CostDataSource")[0]["plugin_info"]["options"];
    CHECK(options.value("backfill_months", 0) == 2);
    CHECK(options["cost_model"] == json::parse(cost_model_text));
}

TEST_CASE_METHOD(RegisterScene, "costs of these accounts alone, by their ids") {
    wish.sources.only_these_accounts = true;
    const Run first = run();
    INFO(first.status.text());
    REQUIRE(first.status.ok());
    const std::string account = cloudforet().documents("ServiceAccount")[0]["service_account_id"];
    CHECK(cloudforet().documents("CostDataSource")[0]["secret_filter"] ==
          json({{"state", "ENABLED"}, {"service_accounts", {account}}}));
    check_settled(run());
    wish.accounts.push_back({"pc2", "pc2.example.com:9440", wish.accounts[0].secret_data});
    REQUIRE(run().status.ok());
    const json filter = cloudforet().documents("CostDataSource")[0]["secret_filter"];
    CHECK(filter["service_accounts"].size() == 2);
    CHECK(cloudforet().calls("cost_analysis.DataSource.register") == 1);
}

TEST_CASE_METHOD(RegisterScene, "the address of a webhook is told once, and in no document") {
    const Run first = run();
    REQUIRE(first.status.ok());
    const auto keys = cloudforet().access_keys();
    REQUIRE(keys.size() == 2);
    const std::string told = pf::host::cli::webhook_text(first.steps, "https://hooks.example.com/");
    INFO(told);
    for (const char* kind : {"Webhook", "AlertWebhook"}) {
        const std::string url = cloudforet().documents(kind)[0]["webhook_url"];
        CHECK(has(told, "https://hooks.example.com" + url + "\n"));
    }
    CHECK(has(pf::host::cli::webhook_text(first.steps, ""), "--webhook-address"));
    for (const std::string& key : keys) {
        CHECK(has(told, "access key  " + key));
        CHECK_FALSE(has(all_texts(first), key));
    }
    const Run second = run();
    CHECK(second.status.ok());
    CHECK(pf::host::cli::webhook_text(second.steps, "").empty());
    CHECK(pf::host::cli::webhook_text(run(true).steps, "").empty());
    for (const std::string& key : keys) CHECK_FALSE(has(all_texts(second), key));
}

TEST_CASE_METHOD(RegisterScene, "of several with one name, it is the one of our plugin") {
    const std::string service = "spaceone.api.cost_analysis.v1.DataSource";
    pf::host::cloudforet::ServiceClient client(access());
    json other = {{"name", "by hand"},          {"data_source_type", "LOCAL"},
                  {"provider", "nutanix"},      {"template", {{"a", 1}}},
                  {"resource_group", "DOMAIN"}, {"schedule", {{"state", "DISABLED"}}}};
    REQUIRE(client.call({service, "register", other.dump(), ""}).ok());
    const std::string id = cloudforet().documents("CostDataSource")[0]["data_source_id"];
    SECTION("ours is there as well") {
        REQUIRE(run().status.ok());
        const json renamed = {{"data_source_id", id}, {"name", "Nutanix Cost"}};
        REQUIRE(client.call({service, "update", renamed.dump(), ""}).ok());
        check_settled(run());
        CHECK(cloudforet().documents("CostDataSource").size() == 2);
    }
    SECTION("ours is not there") {
        const json renamed = {{"data_source_id", id}, {"name", "Nutanix Cost"}};
        REQUIRE(client.call({service, "update", renamed.dump(), ""}).ok());
        const std::size_t changes = cloudforet().changes();
        const Run refused = run();
        CHECK(refused.status.reason() == "ERROR_REGISTER_CONFLICT");
        CHECK(cloudforet().changes() == changes);
    }
}

TEST_CASE_METHOD(RegisterScene, "the address of a webhook is told when what comes after it fails") {
    cloudforet().fail("alert_manager.Webhook.create", 13, "ERROR_PLUGIN_STATE: not active", 1);
    const Run broken = run();
    CHECK(broken.status.reason() == "ERROR_CLOUDFORET_REFUSED");
    const auto keys = cloudforet().access_keys();
    REQUIRE(keys.size() == 1);
    CHECK(has(pf::host::cli::webhook_text(broken.steps, ""), keys[0]));
    CHECK_FALSE(has(broken.status.text(), keys[0]));
}
