// A cost model on its way into CloudForet's configurations and back, against the fake services.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/app/cost_source.hpp"
#include "host/app/secret_fetch.hpp"
#include "host/cloudforet/registration/registrar.hpp"
#include "tests/cloudforet_sim/services/services.hpp"

namespace {

using nlohmann::json;
using namespace pf::host;
using pf::cloudforet_sim::Services;

const std::string prices =
    "currency: EUR\nrate_card: {vcpu_hour: 0.050000001, memory_gib_hour: 0.01}\n"
    "tco: {clusters: [lab], hardware: {price: 32000, life_months: 60}}\n";

struct Site {
    Services cloudforet;
    app::Config config;

    Site() { use(cloudforet.tokens().issue({})); }

    void use(const std::string& token) {
        config.cloudforet.identity = "grpc://" + cloudforet.address("identity");
        config.cloudforet.token = Secret(token);
    }
    // Registers a model and says what was done about it.
    std::string put(const std::string& text, const std::string& name = "prices",
                    bool is_of_domain = false) {
        const auto document = cost::portable_cost_model(text, "cost.yaml");
        REQUIRE(document.ok());
        cloudforet::ServiceClient client(
            app::service_access(config.cloudforet, config.cloudforet.token));
        const auto access = cloudforet::access_with(client, config.cloudforet.token.reveal());
        const cloudforet::Registrar registrar({access, access});
        auto steps =
            registrar.examine({cloudforet::cost_model_item({name, *document, is_of_domain})});
        if (!steps) {
            return steps.status().text();
        }
        const Status done = registrar.apply(*steps, [](const cloudforet::Step&) {});
        return done.ok() ? std::string(cloudforet::action_name(steps->front().action))
                         : done.text();
    }
    Result<cost::CostModel> get(const std::string& name) const {
        return app::load_cost_model(config, json({{"cost_model", "config://" + name}}).dump());
    }
};

}  // namespace

TEST_CASE_METHOD(Site, "a model comes back from CloudForet as it was, fetched at each use") {
    REQUIRE(put(prices) == "create");
    const json kept = cloudforet.documents("SharedConfig").at(0);
    CHECK(kept["name"] == "prices");
    CHECK(kept["resource_group"] == "DOMAIN");
    CHECK(kept["data"]["rate_card"]["vcpu_hour"] == "0.050000001");
    const auto expected = cost::read_cost_model(prices, "cost.yaml");
    for (std::size_t use = 1; use <= 2; ++use) {
        const auto model = get("prices");
        INFO(model.status().text());
        REQUIRE(model.ok());
        CHECK(model->json == expected->json);
        CHECK(cloudforet.calls("config.SharedConfig.get") == use);
    }
    config.cost.model = "config://prices";
    CHECK(app::load_cost_model(config, "{}").ok());
}

TEST_CASE_METHOD(Site, "what is as it should be is left, and a price that is gone goes") {
    REQUIRE(put(prices) == "create");
    const std::size_t changes = cloudforet.changes();
    CHECK(put(prices) == "unchanged");
    CHECK(cloudforet.changes() == changes);
    CHECK(put("currency: EUR\nrate_card: {vcpu_hour: 0.050000001, memory_gib_hour: 0.01}\n") ==
          "update");
    CHECK(cloudforet.documents("SharedConfig")[0]["data"] ==
          json::parse(R"({"currency": "EUR", "rate_card": {"vcpu_hour": "0.050000001",
                          "memory_gib_hour": "0.01"}})"));
    CHECK(cloudforet.documents("SharedConfig").size() == 1);
}

TEST_CASE_METHOD(Site, "a DomainConfig is found, by administrators only") {
    REQUIRE(put(prices, "of_domain", true) == "create");
    CHECK(cloudforet.documents("DomainConfig").at(0)["name"] == "of_domain");
    CHECK(cloudforet.documents("SharedConfig").empty());
    CHECK(get("of_domain").ok());
    use(cloudforet.tokens().issue({.role = "WORKSPACE_OWNER", .workspace_id = "workspace-1"}));
    CHECK(get("of_domain").status().reason() == "ERROR_CLOUDFORET_PERMISSION");
    CHECK_THAT(put(prices, "another", true), Catch::StartsWith("ERROR_CLOUDFORET_PERMISSION") &&
                                                 Catch::Contains("domain administrator"));
}

TEST_CASE_METHOD(Site, "what is not there, wrong or out of reach is told") {
    const auto none = get("none");
    REQUIRE_FALSE(none.ok());
    CHECK(none.status().reason() == "ERROR_CLOUDFORET_NOT_FOUND");
    CHECK_THAT(none.status().message(), Catch::Contains("there is no SharedConfig none"));

    cloudforet::ServiceClient client(
        app::service_access(config.cloudforet, config.cloudforet.token));
    const json odd = {{"name", "odd"},
                      {"resource_group", "DOMAIN"},
                      {"data", {{"currency", "EUR"}, {"rate_card", {{"vcpu_hour", -0.5}}}}}};
    REQUIRE(client.call({"spaceone.api.config.v1.SharedConfig", "create", odd.dump(), ""}).ok());
    const auto wrong = get("odd");
    REQUIRE_FALSE(wrong.ok());
    CHECK(wrong.status().reason() == "ERROR_COST_MODEL");
    CHECK_THAT(wrong.status().message(), Catch::StartsWith("config://odd:1: rate_card.vcpu_hour"));

    cloudforet.stop("config");
    CHECK(get("odd").status().reason() == "ERROR_CLOUDFORET_UNAVAILABLE");
}

TEST_CASE_METHOD(Site, "numbers that somebody put there as doubles keep what was meant") {
    cloudforet::ServiceClient client(
        app::service_access(config.cloudforet, config.cloudforet.token));
    const json typed = {
        {"name", "typed"},
        {"resource_group", "DOMAIN"},
        {"data",
         {{"currency", "EUR"},
          {"rate_card", {{"vcpu_hour", 0.00001}, {"memory_gib_hour", 0.07}}},
          {"tco", {{"clusters", {"a"}}, {"nc2", {{"hour", 7}}}, {"capacity", {{"nodes", 4}}}}}}}};
    REQUIRE(client.call({"spaceone.api.config.v1.SharedConfig", "create", typed.dump(), ""}).ok());
    const auto model = get("typed");
    INFO(model.status().text());
    REQUIRE(model.ok());
    const json filled = json::parse(model->json);
    CHECK(filled["rate_cards"][0]["vcpu_hour"] == "0.00001");
    CHECK(filled["rate_cards"][0]["memory_gib_hour"] == "0.07");
    CHECK(filled["tco"][0]["capacity"]["nodes"] == 4);
    CHECK(filled["tco"][0]["lines"][0]["price"] == "7");
}
