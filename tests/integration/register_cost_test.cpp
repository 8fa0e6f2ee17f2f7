// A cost model on its way into CloudForet and back.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/app/cost_source.hpp"
#include "tests/integration/register_site.hpp"

using nlohmann::json;
using namespace pf::test;

TEST_CASE_METHOD(Site, "a cost model is kept by CloudForet, and read from there at each use") {
    namespace app = pf::host::app;
    const std::string text =
        "currency: EUR\nrate_card: {vcpu_hour: 0.050000001, memory_gib_hour: 0.01}\n"
        "tco: {clusters: [lab], hardware: {price: 32000, life_months: 60}}\n";
    const std::string file = files.write("cost.yaml", text);
    const auto put = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"--no-dashboards", "--cost-model", file});
        return register_all(more);
    };
    const Ended first = put({});
    INFO(first.err);
    REQUIRE(first.exit_code == 0);
    REQUIRE(cloudforet.documents("SharedConfig").size() == 1);
    const json kept = cloudforet.documents("SharedConfig")[0];
    CHECK(kept["name"] == "nutanix_pricing");
    CHECK(kept["data"]["rate_card"]["vcpu_hour"] == "0.050000001");
    const std::size_t changes = cloudforet.changes();
    CHECK(put({}).exit_code == 0);
    CHECK(cloudforet.changes() == changes);

    app::Config config;
    config.cloudforet.identity = "grpc://" + cloudforet.address("identity");
    config.cloudforet.token = pf::host::Secret(admin);
    const auto read_kept = [&](const std::string& name) {
        return app::load_cost_model(config, json({{"cost_model", "config://" + name}}).dump());
    };
    const auto expected = pf::host::cost::read_cost_model(text, "cost.yaml");
    for (std::size_t use = 1; use <= 2; ++use) {
        const auto model = read_kept("nutanix_pricing");
        INFO(model.status().text());
        REQUIRE(model.ok());
        CHECK(model->json == expected->json);
        CHECK(cloudforet.calls("config.SharedConfig.get") == use);
    }

    files.write("cost.yaml", "currency: EUR\nrate_card: {vcpu_hour: 0.06}\n");
    CHECK(has(put({}).out, "updated"));
    CHECK(cloudforet.documents("SharedConfig")[0]["data"] ==
          json::parse(R"({"currency": "EUR", "rate_card": {"vcpu_hour": "0.06"}})"));

    CHECK(put({"--domain-config", "--cost-model-name", "of_domain"}).exit_code == 0);
    CHECK(cloudforet.documents("DomainConfig")[0]["name"] == "of_domain");
    CHECK(read_kept("of_domain").ok());
    const auto none = read_kept("none");
    REQUIRE_FALSE(none.ok());
    CHECK(none.status().reason() == "ERROR_CLOUDFORET_NOT_FOUND");
    config.cloudforet.token = pf::host::Secret(owner);
    CHECK(read_kept("of_domain").status().reason() == "ERROR_CLOUDFORET_PERMISSION");

    files.write("cost.yaml", "currency: EUR\nrate_card: {vcpu_hour: -1}\n");
    const std::size_t before = cloudforet.changes();
    check_refused(put({}), 78, "ERROR_COST_MODEL", "cost.yaml:2: rate_card.vcpu_hour");
    CHECK(cloudforet.changes() == before);
    const Ended alone = register_all({"--domain-config"});
    CHECK(alone.exit_code == 2);
    cloudforet.stop("config");
    CHECK(read_kept("of_domain").status().reason() == "ERROR_CLOUDFORET_UNAVAILABLE");
}
