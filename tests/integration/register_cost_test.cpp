// The flags of `prismforet register` for a cost model.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/integration/register_site.hpp"

using nlohmann::json;
using namespace pf::test;

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
