// The flags of `prismforet register` for a cost model and for what uses the roles.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/cloudforet/registration/plugin_roles.hpp"
#include "tests/integration/register_site.hpp"

using nlohmann::json;
using namespace pf::test;

namespace {

constexpr const char* costs = "currency: EUR\nrate_card: {vcpu_hour: 0.05}\n";

}  // namespace

TEST_CASE_METHOD(Site, "register --cost-model checks a model and keeps it in CloudForet") {
    const auto put = [this](const std::string& text, std::vector<std::string> more = {}) {
        const std::string file = files.write("cost.yaml", text);
        more.insert(more.begin(), {"--no-dashboards", "--cost-model", file});
        return register_all(more);
    };
    const std::string text = "currency: EUR\nrate_card: {vcpu_hour: 0.05}\n";
    const Ended first = put(text);
    INFO(first.err);
    REQUIRE(first.exit_code == 0);
    REQUIRE(cloudforet.documents("SharedConfig").size() == 1);
    CHECK(cloudforet.documents("SharedConfig")[0]["name"] == "nutanix_pricing");
    const std::size_t changes = cloudforet.changes();
    CHECK(put(text).exit_code == 0);
    CHECK(cloudforet.changes() == changes);
    CHECK(put(text, {"--domain-config", "--cost-model-name", "of_domain"}).exit_code == 0);
    CHECK(cloudforet.documents("DomainConfig").at(0)["name"] == "of_domain");
    const Ended checked = run({"cost", "model", "check", "config://nutanix_pricing", "--values"});
    INFO(checked.err);
    CHECK(checked.exit_code == 0);
    CHECK(has(checked.out, "rate_cards[rate card].vcpu_hour"));

    const std::size_t before = cloudforet.changes();
    check_refused(put("currency: EUR\nrate_card: {vcpu_hour: -1}\n"), 78, "ERROR_COST_MODEL",
                  "cost.yaml:2: rate_card.vcpu_hour");
    check_refused(register_all({"--domain-config"}), 2, "ERROR_USAGE", "--cost-model");
    CHECK(cloudforet.changes() == before);
}

TEST_CASE_METHOD(Site, "register --activate with a cost model makes the data source, once") {
    const std::vector<std::string> flags = {"--roles",      "inventory,cost",
                                            "--cost-model", files.write("cost.yaml", costs),
                                            "--cost-hour",  "4"};
    const Ended first = activate(flags);
    INFO(first.err);
    REQUIRE(first.exit_code == 0);
    CHECK(cloudforet.documents("Plugin").size() == 2);
    CHECK(cloudforet.documents("DataSource").empty());
    const json source = cloudforet.documents("CostDataSource").at(0);
    CHECK(source["schedule"]["hour"] == 4);
    CHECK(source["plugin_info"]["options"]["cost_model"]["currency"] == "EUR");
    const json dashboards = cloudforet.documents("PublicDashboard");
    CHECK(std::any_of(dashboards.begin(), dashboards.end(),
                      [](const json& one) { return one["name"] == "Nutanix Cost"; }));
    const json before = state();
    const std::size_t changes = cloudforet.changes();
    const Ended second = activate(flags);
    INFO(second.err);
    CHECK(second.exit_code == 0);
    CHECK(cloudforet.changes() == changes);
    CHECK(state() == before);
}

TEST_CASE_METHOD(Site, "roles that cannot be used are told, as an error where they are asked for") {
    const std::string model = files.write("cost.yaml", costs);
    check_refused(register_all({"--roles", "coast"}), 2, "ERROR_USAGE",
                  "there are inventory, cost");
    check_refused(activate({"--roles", "cost"}), 2, "ERROR_USAGE", "--cost-model FILE");
    check_refused(activate({"--cost-hour", "24"}), 2, "ERROR_USAGE", "--cost-hour");
    CHECK(cloudforet.changes() == 0);
    cloudforet.hide("cost_analysis");
    check_refused(activate({"--roles", "inventory,cost", "--cost-model", model}), 1,
                  "ERROR_CLOUDFORET_ENDPOINT", "cloudforet.endpoints.cost_analysis");
    CHECK(cloudforet.changes() == 0);
    const Ended without = activate({"--cost-model", model, "--no-dashboards"});
    INFO(without.err);
    CHECK(without.exit_code == 0);
    CHECK(has(without.out, "1 skipped\n"));
    const Ended unsaid = activate({"--no-dashboards"});
    CHECK(unsaid.exit_code == 0);
    CHECK(has(unsaid.err, "nothing is made that uses the role cost"));
}

TEST_CASE_METHOD(Site, "a webhook's address goes to standard output and nowhere else") {
    const auto roles = pf::host::cloudforet::plugin_roles();
    const bool is_served = std::any_of(roles.begin(), roles.end(), [](const auto& role) {
        return role.resource_type == "monitoring.Webhook";
    });
    const Ended made = activate({"--no-dashboards", "--webhook-address", "https://hooks.test"});
    INFO(made.err);
    REQUIRE(made.exit_code == 0);
    const auto keys = cloudforet.access_keys();
    REQUIRE(keys.size() == (is_served ? 1 : 0));
    std::string seen = made.err;
    for (const auto& form : {"table", "json", "yaml"}) {
        const Ended again = activate({"--no-dashboards", "-o", form});
        seen += again.out + again.err;
    }
    CHECK(has(made.out, "https://hooks.test/") == is_served);
    for (const std::string& key : keys) {
        CHECK(has(made.out, key));
        CHECK_FALSE(has(seen, key));
    }
}
