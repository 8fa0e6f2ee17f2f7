// The dashboard of costs shows what a full sync of the cost role brings, and CloudForet takes what
// the role says of itself.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "host/cloudforet/registration/items.hpp"
#include "tests/integration/cost_scene.hpp"
#include "tests/integration/register_scene.hpp"

using namespace pf::test;
using nlohmann::json;

TEST_CASE("what the dashboard of costs shows is in rows and in the metadata") {
    CostScene costs(simulated_cost_site());
    const auto sync = costs.sync();
    INFO(sync.errors);
    REQUIRE(costs.state_of(sync) == pf::cloudforet_sim::cost::JobState::success);
    const CallReply init = costs.api().init();
    REQUIRE(init.status.ok());
    const json metadata = json::parse(init.json)["metadata"];

    RegisterScene scene;
    scene.cloudforet().answer_init("plugin-nutanix-cost-datasource", metadata);
    const auto done = scene.run();
    INFO(done.status.text());
    REQUIRE(done.status.ok());

    // Of every row beside what data_info declares.
    std::set<std::string> measures = {"cost", "usage_quantity"};
    for (const auto& [key, shown] : metadata["data_info"].items()) measures.insert(key);
    std::set<std::string> columns;
    const json tables = scene.cloudforet().documents("PublicDataTable");
    REQUIRE_FALSE(tables.empty());
    for (const json& table : tables) {
        INFO(table.dump());
        CHECK(table["source_type"] == "COST");
        CHECK(measures.contains(table["options"]["COST"]["data_key"]));
        for (const json& by : table["options"].value("group_by", json::array())) {
            columns.insert(by["key"].get<std::string>());
        }
    }
    const std::string prefix = "additional_info.";
    for (const std::string& column : columns) {
        INFO(column);
        const bool is_declared = column.rfind(prefix, 0) != 0 ||
                                 metadata["additional_info"].contains(column.substr(prefix.size()));
        CHECK(is_declared);
        const auto& rows = costs.costs().rows();
        CHECK(std::any_of(rows.begin(), rows.end(),
                          [&column](const auto& row) { return !row.text_at(column).empty(); }));
    }
    CHECK(columns.size() == 6);
    static constexpr std::array types = {"numberCard", "pieChart", "stackedColumnChart"};
    for (const json& widget : scene.cloudforet().documents("PublicWidget")) {
        CHECK(std::find(types.begin(), types.end(), widget["widget_type"]) != types.end());
        const json fields = widget["options"];
        // The console finds data and labels by the names of the data table.
        CHECK(fields["dataField"]["value"]["data"] == "Cost");
    }
}
