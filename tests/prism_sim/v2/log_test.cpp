// Alerts and events of v2: their window, and that they are those of v4.

#include <map>

#include "tests/prism_sim/model/time_text.hpp"
#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

constexpr char kV2[] = "/PrismGateway/services/rest/v2.0/";
constexpr char kV4[] = "/api/monitoring/v4.3/serviceability/";

std::map<std::string, json> by_id(const json& entries) {
    std::map<std::string, json> all;
    for (const json& entry : entries) CHECK(all.emplace(entry["extId"], entry).second);
    return all;
}

std::string text_of(const json& usecs) {
    return std::string(TimeText(usecs.get<std::uint64_t>()).micros());
}

}  // namespace

TEST_CASE("v2 alerts are those of v4") {
    SimFixture sim({.seed = 3, .vms = 10});
    sim.simulation.alerts().live(80);
    const auto v4 = by_id(sim.all(std::string(kV4) + "alerts"));
    const json v2 = sim.json(std::string(kV2) + "alerts/");
    REQUIRE(v2["entities"].size() == v4.size());
    for (const json& old : v2["entities"]) {
        REQUIRE(v4.contains(old["id"]));
        const json& alert = v4.at(old["id"]);
        INFO(old["id"]);
        std::string severity = "k" + alert["severity"].get<std::string>();
        std::transform(severity.begin() + 2, severity.end(), severity.begin() + 2, ::tolower);
        CHECK(old["severity"] == severity);
        CHECK(text_of(old["created_time_stamp_in_usecs"]) == alert["creationTime"]);
        CHECK(text_of(old["last_occurrence_time_stamp_in_usecs"]) == alert["lastOccurredTime"]);
        CHECK(old["acknowledged"] == alert["isAcknowledged"]);
        CHECK(old["resolved"] == alert["isResolved"]);
        CHECK(old["auto_resolved"] == alert["isAutoResolved"]);
        CHECK(old["cluster_uuid"] == alert["clusterUUID"]);
        CHECK(old["alert_type_uuid"] == alert["alertType"]);
        CHECK(old["affected_entities"][0]["uuid"] == alert["sourceEntity"]["extId"]);
        const bool is_resolved = alert["isResolved"];
        CHECK((old["resolved_time_stamp_in_usecs"] != 0) == is_resolved);
        if (is_resolved)
            CHECK(text_of(old["resolved_time_stamp_in_usecs"]) == alert["resolvedTime"]);
    }
}

TEST_CASE("v2 lists have a window, counted from 1") {
    SimFixture sim({.vms = 10});
    const std::string alerts = std::string(kV2) + "alerts";
    const json all = sim.json(alerts);
    CHECK(all["metadata"]["grand_total_entities"] == 12);
    CHECK(all["metadata"]["count"] == 12);
    json joined = json::array();
    for (int page = 1; page <= 3; ++page) {
        const json part = sim.json(alerts + "?count=5&page=" + std::to_string(page));
        CHECK(part["metadata"]["total_entities"] == 12);
        CHECK(part["metadata"]["page"] == page);
        CHECK(part["metadata"]["start_index"] == 5 * page - 4);
        CHECK(part["metadata"]["end_index"] == std::min(12, 5 * page));
        for (const json& one : part["entities"]) joined.push_back(one);
    }
    CHECK(joined == all["entities"]);
    const json behind = sim.json(alerts + "?count=5&page=4");
    CHECK(behind["entities"].empty());
    CHECK(behind["metadata"]["end_index"] == 0);
    const json open = sim.json(alerts + "?resolved=false");
    CHECK(open["metadata"]["total_entities"] == 8);
    CHECK(open["metadata"]["grand_total_entities"] == 12);
    for (const char* wrong : {"?count=0", "?page=0", "?count=x", "?page=-1"}) {
        sim.ask(alerts + wrong);
        CHECK(sim.response.status == 400);
    }
}

TEST_CASE("v2 events are those of v4, newest first") {
    SimFixture sim({.vms = 10});
    const auto v4 = by_id(sim.all(std::string(kV4) + "events"));
    const json v2 = sim.json(std::string(kV2) + "events")["entities"];
    REQUIRE(v2.size() == v4.size());
    for (const json& old : v2) {
        REQUIRE(v4.contains(old["id"]));
        const json& event = v4.at(old["id"]);
        CHECK(old["alert_type_uuid"] == event["eventType"]);
        CHECK(text_of(old["created_time_stamp_in_usecs"]) == event["creationTime"]);
    }
    CHECK(std::is_sorted(v2.begin(), v2.end(), [](const json& a, const json& b) {
        return a["created_time_stamp_in_usecs"] > b["created_time_stamp_in_usecs"];
    }));
}

TEST_CASE("a Prism Element has the alerts of its own cluster") {
    SimFixture sim({.vms = 10, .clusters = 4, .prism_element = true});
    sim.simulation.alerts().live(100);
    const json all = sim.json(std::string(kV2) + "alerts")["entities"];
    CHECK_FALSE(all.empty());
    CHECK(all.size() < sim.simulation.alerts().alerts().size());
    for (const json& one : all)
        CHECK(one["cluster_uuid"] == to_text(sim.simulation.world().clusters.front().id));
}
