// Alerts: v3 and v4 tell the same of each, whatever happens to them.

#include <map>

#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

constexpr char kAlerts[] = "/api/monitoring/v4.3/serviceability/alerts";

std::string second(const json& time) { return time.get<std::string>().substr(0, 19); }

// The text with {host_name} filled in, as a client shows it.
std::string shown(std::string text, const std::string& name) {
    const auto at = text.find("{host_name}");
    REQUIRE(at != text.npos);
    return text.replace(at, 11, name);
}

void compare(const json& v3, const json& v4) {
    const json& resources = v3["status"]["resources"];
    CHECK(v3["metadata"]["kind"] == "alert");
    CHECK(resources["title"] == v4["title"]);
    CHECK(resources["type"] == v4["alertType"]);
    std::string severity = resources["severity"];
    std::transform(severity.begin(), severity.end(), severity.begin(), ::toupper);
    CHECK(severity == v4["severity"]);
    for (const auto& [old, name] : {std::pair("creation_time", "creationTime"),
                                    std::pair("last_update_time", "lastUpdatedTime"),
                                    std::pair("latest_occurrence_time", "lastOccurredTime")})
        CHECK(second(resources[old]) == second(v4[name]));
    const json& acknowledged = resources["acknowledged_status"];
    CHECK(acknowledged["is_true"] == v4["isAcknowledged"]);
    CHECK(acknowledged.value("user", "") == v4.value("acknowledgedByUsername", ""));
    CHECK(acknowledged.contains("time") == v4.contains("acknowledgedTime"));
    if (acknowledged.contains("time"))
        CHECK(second(acknowledged["time"]) == second(v4["acknowledgedTime"]));
    const json& resolution = resources["resolution_status"];
    CHECK(resolution["is_true"] == v4["isResolved"]);
    CHECK(resolution.value("is_auto_resolved", false) == v4["isAutoResolved"]);
    CHECK(resolution.contains("time") == v4.contains("resolvedTime"));
    if (resolution.contains("time"))
        CHECK(second(resolution["time"]) == second(v4["resolvedTime"]));
    const json& source = resources["source_entity"]["entity"];
    CHECK(source["uuid"] == v4["sourceEntity"]["extId"]);
    CHECK(source["type"] == v4["sourceEntity"]["type"]);
    CHECK(source["name"] == v4["sourceEntity"]["name"]);
    CHECK(resources["affected_entity_list"][0]["uuid"] == source["uuid"]);
    const json& parameter = v4["parameters"][0];
    CHECK(resources["parameters"][parameter["paramName"].get<std::string>()]["string_value"] ==
          parameter["paramValue"]["stringValue"]);
    CHECK(shown(resources["default_message"], source["name"]) == v4["message"]);
}

}  // namespace

TEST_CASE("v3 and v4 tell the same of every alert, whatever happened to it") {
    SimFixture sim({.seed = 31, .vms = 10});
    std::size_t compared = 0;
    for (int round = 0; round < 4; ++round) {
        sim.simulation.alerts().live(25);
        std::map<std::string, json> v3;
        for (const json& entity : sim.all_v3("alerts", {{"kind", "alert"}}, 7))
            CHECK(v3.emplace(entity["metadata"]["uuid"], entity).second);
        const json v4 = sim.all(kAlerts);
        REQUIRE(v3.size() == v4.size());
        for (const json& alert : v4) {
            INFO(alert["extId"]);
            compare(v3.at(alert["extId"]), alert);
            ++compared;
        }
    }
    CHECK(compared > 80);
}

TEST_CASE("v3 alerts by id, filtered, sorted and refused") {
    SimFixture sim({.vms = 10});
    const Uuid id = sim.simulation.alerts().open();
    const json one = sim.json("/api/nutanix/v3/alerts/" + to_text(id));
    CHECK(sim.response.status == 200);
    CHECK(one["metadata"]["uuid"] == to_text(id));
    sim.ask("/api/nutanix/v3/alerts/00000000-0000-4000-8000-000000000000");
    CHECK(sim.response.status == 404);

    const json all = sim.all_v3("alerts");
    const json over = sim.all_v3("alerts", {{"filter", "resolved==true"}});
    CHECK(over.size() == 4);
    for (const json& alert : over)
        CHECK(alert["status"]["resources"]["resolution_status"]["is_true"] == true);
    CHECK(sim.all_v3("alerts", {{"filter", "resolved==false"}}).size() == all.size() - 4);
    const json sorted = sim.all_v3(
        "alerts", {{"sort_attribute", "last_update_time"}, {"sort_order", "DESCENDING"}}, 5);
    REQUIRE(sorted.size() == all.size());
    CHECK(sorted[0]["metadata"]["uuid"] == to_text(id));
    CHECK(std::is_sorted(sorted.begin(), sorted.end(), [](const json& a, const json& b) {
        return a["metadata"]["last_update_time"] > b["metadata"]["last_update_time"];
    }));
    sim.post("alerts/list", {{"filter", "colour==red"}});
    CHECK(sim.response.status == 422);

    SimFixture element({.vms = 10, .prism_element = true});
    element.post("alerts/list", json::object());
    CHECK(element.response.status == 404);
}
