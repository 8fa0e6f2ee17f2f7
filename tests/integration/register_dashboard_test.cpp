// What register makes fits the roles: the dashboard of costs shows what a full sync brings, and
// CloudForet takes what each role of the program says of itself.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "host/cloudforet/registration/items.hpp"
#include "tests/acceptance/reflection_client.hpp"
#include "tests/integration/cost_scene.hpp"
#include "tests/integration/program.hpp"
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

TEST_CASE("what each role of the program says of itself is taken by the service that asks it") {
    std::string directory = (std::filesystem::temp_directory_path() / "pf-roles-XXXXXX").string();
    REQUIRE(::mkdtemp(directory.data()) != nullptr);
    RegisterScene scene;
    scene.wish.sources.are_asked_for = true;
    const json options = {{"cost_model", json::parse(cost_model_text)}};
    std::size_t asked = 0;
    for (const auto& role : pf::host::cloudforet::plugin_roles()) {
        if (role.resource_type == "inventory.Collector") continue;
        INFO(role.role);
        const std::string file = directory + "/" + std::string(role.role) + ".yaml";
        std::ofstream(file) << json{{"modules", {{"dir", PF_MODULE_DIRECTORY}}},
                                    {"serve", {{"roles", {role.role}}}}};
        ServeProcess served(file);
        const auto client = ReflectionClient::connect(served.address());
        const std::string type(role.resource_type);
        const json request = {{"options", role.role == "cost" ? options : json::object()}};
        const CallReply init =
            client->call(type.substr(type.find('.') + 1), "init", request.dump());
        INFO(init.status.describe());
        REQUIRE(init.status.ok());
        scene.cloudforet().answer_init(std::string(role.plugin_id),
                                       json::parse(init.json).value("metadata", json::object()));
        ++asked;
        served.terminate();
        CHECK(served.wait().exit_code == 0);
    }
    std::filesystem::remove_all(directory);
    CHECK(asked > 0);
    const auto done = scene.run();
    INFO(done.status.text());
    CHECK(done.status.ok());
}
