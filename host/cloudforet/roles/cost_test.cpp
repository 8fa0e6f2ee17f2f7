#include <algorithm>
#include <catch2/catch.hpp>
#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host/cloudforet/roles/scripted_cost.hpp"
#include "spaceone/api/cost_analysis/plugin/cost.pb.h"

using namespace pf::host;
using namespace pf::host::cloudforet;
using namespace pf::host::cloudforet::testing;
using nlohmann::json;

namespace {

const std::string package = "spaceone.api.cost_analysis.plugin.";

cost::SyncFacts two_targets() {
    cost::SyncFacts facts;
    facts.today = std::chrono::year(2026) / std::chrono::March / 2;
    cost::TargetFacts first{"pc1:9440", "site 1", "uuid-1", "uuid-1", std::nullopt, Status()};
    first.first_data = std::chrono::year(2026) / std::chrono::February;
    cost::TargetFacts second;
    second.target = "pc2:9440";
    second.refusal = Status(Code::unavailable, "ERROR_PRISM_CONNECT", "no answer");
    facts.targets = {first, second};
    return facts;
}

json with(const char* key, const json& value) {
    json request = json::parse(february_request());
    request[key] = value;
    return request;
}

}  // namespace

TEST_CASE("a cost server lists the services of its role alone, and resolves every one") {
    const CostScene scene(std::make_shared<ScriptedCost>());
    auto services = scene.client->services();
    REQUIRE(services.ok());
    std::vector<std::string> short_names;
    for (const std::string& service : *services) {
        INFO(service);
        CHECK(scene.client->methods(service).ok());
        CHECK(service.find("inventory") == std::string::npos);
        short_names.push_back(service.substr(service.rfind('.') + 1));
    }
    std::sort(short_names.begin(), short_names.end());
    CHECK(std::adjacent_find(short_names.begin(), short_names.end()) == short_names.end());
    for (const char* name : {"Cost", "DataSource", "Health", "Job", "ServerInfo"}) {
        INFO(name);
        CHECK(std::binary_search(short_names.begin(), short_names.end(), name));
    }
    const auto data = scene.client->describe(package + "Cost.get_data");
    REQUIRE(data.ok());
    CHECK(data->is_server_streaming);
    CHECK(data->response_type == package + "CostsInfo");
    CHECK(data->request_type == package + "GetDataRequest");
    CHECK(data->definition.find("task_options = 4") != std::string::npos);
    CHECK(data->definition.find("results = 1") != std::string::npos);
}

TEST_CASE("the fields of a row have CloudForet's numbers") {
    const auto* row = spaceone::api::cost_analysis::plugin::CostInfo::descriptor();
    const std::pair<const char*, int> fields[] = {
        {"cost", 1},        {"usage_quantity", 2},   {"usage_unit", 3}, {"provider", 4},
        {"region_code", 5}, {"product", 6},          {"usage_type", 7}, {"resource", 8},
        {"tags", 12},       {"additional_info", 13}, {"data", 14},      {"billed_date", 21}};
    CHECK(row->field_count() == std::size(fields));
    for (const auto& [name, number] : fields) {
        INFO(name);
        REQUIRE(row->FindFieldByName(name) != nullptr);
        CHECK(row->FindFieldByName(name)->number() == number);
    }
}

TEST_CASE("init tells the currency of the options, and whose rows these are") {
    auto service = std::make_shared<ScriptedCost>();
    service->on_terms = [](const CostRequest& request) -> Result<CostTerms> {
        CHECK(request.domain_id == "domain-1");
        const json model = json::parse(request.model);
        if (!model.is_object()) {
            return Status(Code::invalid_argument, "ERROR_COST_MODEL", "no model");
        }
        return CostTerms{model.at("currency")};
    };
    const CostScene scene(service);
    json request = {
        {"domain_id", "domain-1"},
        {"options", {{"cost_model", {{"currency", "KRW"}}}, {"secret_type", "MANUAL"}}}};
    const json metadata =
        json::parse(scene.answer("DataSource/init", request.dump())).at("metadata");
    CHECK(metadata.at("currency") == "KRW");
    CHECK(metadata.at("cost_info") == json{{"name", "Cost"}, {"unit", "KRW"}});
    CHECK(metadata.at("data_info") == json::object());
    CHECK(metadata.at("alias").contains("cost"));
    CHECK(metadata.at("supported_secret_types") == json{"USE_SERVICE_ACCOUNT_SECRET", "MANUAL"});
    const json& info = metadata.at("additional_info");
    CHECK(info.size() == 6);
    for (const char* key : {"project", "cluster", "owner", "model", "basis", "account"}) {
        INFO(key);
        CHECK(info.at(key).at("name").is_string());
        CHECK(info.at(key).at("visible").is_boolean());
    }
    REQUIRE(metadata.at("data_source_rules").size() == 1);
    const json& rule = metadata.at("data_source_rules")[0];
    CHECK(rule.at("conditions_policy") == "ALWAYS");
    CHECK(rule.at("actions").at("match_service_account") ==
          json{{"source", "additional_info.account"}, {"target", "data.account_id"}});

    request["options"]["cost_model"] = "config://prices";
    CHECK(scene.call("DataSource/init", request.dump()).status.reason() == "ERROR_COST_MODEL");
}

TEST_CASE("options are read before any work, whatever a form made of them") {
    auto service = std::make_shared<ScriptedCost>();
    std::vector<CostRequest> seen;
    service->on_verify = [&](const CostRequest& request, const Stop&) {
        seen.push_back(request);
        return Status();
    };
    const CostScene scene(service);
    const auto verify = [&](const json& options) {
        json request = with("options", options);
        request.erase("task_options");
        return scene.call("DataSource/verify", request.dump()).status;
    };
    CHECK(verify({{"cost_model", R"({"currency":"EUR"})"},
                  {"backfill_months", "12"},
                  {"secret_type", "USE_SERVICE_ACCOUNT_SECRET"},
                  {"sessions", 4}})
              .ok());
    CHECK(verify({{"cost_model", "config://prices"}, {"backfill_months", ""}}).ok());
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].model == R"({"currency":"EUR"})");
    CHECK(seen[0].backfill_months == 12);
    CHECK(seen[0].prism.options.sessions == 4);
    CHECK(seen[0].prism.targets.at(0).name == "pc1:9440");
    CHECK(seen[1].model == R"("config://prices")");
    CHECK(seen[1].backfill_months == 0);
    const auto refusal = [&](const json& options, const char* word) {
        const Status status = verify(options);
        INFO(options.dump() << ": " << status.text());
        CHECK(status.code() == Code::invalid_argument);
        CHECK(status.message().find(word) != std::string::npos);
    };
    refusal({{"backfill_months", 37}}, "backfill_months");
    refusal({{"backfill_months", -1}}, "backfill_months");
    refusal({{"cost_model", 7}}, "cost_model");
    refusal({{"account_id", "prod"}}, "write it into the secret");
    refusal({{"cost_modell", "x"}}, "cost_modell");
    CHECK(seen.size() == 2);
}

TEST_CASE("get_tasks hands out the plan, every window filtered by its account") {
    auto service = std::make_shared<ScriptedCost>();
    service->on_plan = [](const CostRequest&, const SyncWish& wish) -> Result<cost::CostPlan> {
        cost::SyncFacts facts = two_targets();
        facts.start = wish.start;
        facts.last_synchronized = wish.last_synchronized;
        return cost::plan_sync(facts);
    };
    const CostScene scene(service);
    json request = json::parse(february_request());
    request.erase("task_options");
    const auto plan = [&] { return json::parse(scene.answer("Job/get_tasks", request.dump())); };
    const json first = plan();
    REQUIRE(first["tasks"].size() == 3);
    CHECK(first["tasks"][0]["task_options"] == json{{"target", "pc1:9440"},
                                                    {"account", "uuid-1"},
                                                    {"month", "2026-02"},
                                                    {"last_day", "2026-02-28"}});
    CHECK(first["tasks"][2]["task_options"] ==
          json{{"target", "pc2:9440"}, {"unplanned", "ERROR_PRISM_CONNECT: no answer"}});
    CHECK(first["changed"] == json::array({{{"start", "2026-02"},
                                            {"end", "2026-03"},
                                            {"filter", {{"additional_info.account", "uuid-1"}}}}}));
    CHECK(first["synced_accounts"] ==
          json::array({{{"account_id", "uuid-1"}, {"name", "site 1"}}}));
    request["last_synchronized_at"] = "2026-03-01T16:00:00.000Z";
    CHECK(plan()["changed"][0]["start"] == "2026-02");
    request["start"] = "2025-12";
    CHECK(plan()["changed"][0]["start"] == "2025-12");
    request["linked_accounts"] = json::array({{{"account_id", "uuid-1"}}});
    CHECK(plan()["tasks"].size() == 5);
    for (const auto& [key, value] : {std::pair("start", "2025-13"),
                                     {"start", "December"},
                                     {"last_synchronized_at", "yesterday"}}) {
        json bad = request;
        bad[key] = value;
        const Status status = scene.call("Job/get_tasks", bad.dump()).status;
        CHECK(status.code() == Code::invalid_argument);
        CHECK(status.message().find(key) != std::string::npos);
    }
}

TEST_CASE("the accounts behind a secret") {
    auto service = std::make_shared<ScriptedCost>();
    service->accounts = {{"uuid-1", "site 1"}, {"uuid-2", "site 2"}};
    const CostScene scene(service);
    const json answer = json::parse(scene.answer("Cost/get_linked_accounts"));
    CHECK(answer["results"] == json::array({{{"account_id", "uuid-1"}, {"name", "site 1"}},
                                            {{"account_id", "uuid-2"}, {"name", "site 2"}}}));
}

TEST_CASE("tasks that get_tasks did not write, or could not plan, are refused before any work") {
    auto service = std::make_shared<ScriptedCost>();
    service->on_charge = [](const CostRequest&, const cost::CostTask&, cost::ChargeSink&,
                            const Stop&, runtime::RunReport&) -> Status { std::abort(); };
    const CostScene scene(service);
    const auto refusal = [&](const json& task) {
        return scene.call("Cost/get_data", with("task_options", task).dump()).status;
    };
    CHECK(refusal(json::object()).reason() == "ERROR_COST_TASK");
    CHECK(refusal({{"target", "pc1:9440"}}).reason() == "ERROR_COST_TASK");
    const Status unplanned = refusal({{"target", "pc2:9440"}, {"unplanned", "ERROR_X: no answer"}});
    CHECK(unplanned.reason() == "ERROR_COST_UNPLANNED");
    CHECK(unplanned.message().find("pc2:9440 did not answer") == 0);
    CHECK(scene.call("Cost/get_data", "{}").status.reason() == "ERROR_REQUIRED_PARAMETER");
}

TEST_CASE("failures cross with code, reason and text; exceptions say nothing of the request") {
    auto service = std::make_shared<ScriptedCost>();
    Status next;
    service->on_verify = [&](const CostRequest&, const Stop&) { return next; };
    service->on_plan = [](const CostRequest&, const SyncWish&) -> Result<cost::CostPlan> {
        throw std::runtime_error("p4ss");
    };
    service->on_charge = [](const CostRequest&, const cost::CostTask&, cost::ChargeSink&,
                            const Stop&, runtime::RunReport&) -> Status { throw std::bad_alloc(); };
    const CostScene scene(service);
    next = Status(Code::unavailable, "ERROR_PRISM_UNREACHABLE", "pc1");
    const CallEnd end = scene.call("DataSource/verify");
    CHECK(end.status.code() == Code::failed_precondition);  // nothing to try again at once
    CHECK(end.details == "ERROR_PRISM_UNREACHABLE: pc1");
    CHECK(scene.call("Job/get_tasks").details.find("p4ss") == std::string::npos);
    CHECK(scene.call("Job/get_tasks").status.reason() == "ERROR_INTERNAL");
    CHECK(scene.call("Cost/get_data", february_request()).status.code() ==
          Code::resource_exhausted);
}

TEST_CASE("whether running time is measured is an option") {
    using pf::host::cloudforet::parse_cost_options;
    CHECK_FALSE(parse_cost_options("{}")->assumes_running_time);
    CHECK_FALSE(parse_cost_options(R"({"running_time":"measured"})")->assumes_running_time);
    CHECK(parse_cost_options(R"({"running_time":"assumed"})")->assumes_running_time);
    for (const char* const wrong : {R"({"running_time":"soon"})", R"({"running_time":true})"}) {
        CHECK_THAT(parse_cost_options(wrong).status().message(),
                   Catch::Contains("measured or assumed"));
    }
}
