// v4, v3 groups and v2 tell the same figures of the same things at the same times.

#include "tests/prism_sim/statistics_requests.hpp"

using namespace pf::sim;
using namespace pf::sim::stats_requests;
using nlohmann::json;

namespace {

constexpr std::uint64_t kStart = kNoon - 3'600, kStep = 300;
constexpr char kV2[] = "/PrismGateway/services/rest/v2.0/";

// Values by time in seconds.
using Series = std::map<std::uint64_t, std::int64_t>;

Series rows(const json& stats, const char* field) {
    Series series;
    for (const json& sample : stats)
        if (sample.contains(field))
            series[*parse_time(sample["timestamp"].get<std::string>())] = sample[field];
    return series;
}

Series column(const json& pairs) {
    Series series;
    for (const json& pair : pairs)
        series[*parse_time(pair["timestamp"].get<std::string>())] = pair["value"];
    return series;
}

// Everything groups say about one metric of a type: by entity.
std::map<std::string, Series> groups(SimFixture& sim, const char* type, const char* attribute) {
    std::map<std::string, Series> all;
    const json answer =
        sim.post("groups", {{"entity_type", type},
                            {"group_member_attributes",
                             json::array({{{"attribute", attribute}, {"operation", "AVG"}}})},
                            {"group_member_count", 250},
                            {"interval_start_ms", kStart * 1'000},
                            {"interval_end_ms", kNoon * 1'000},
                            {"downsampling_interval", kStep}});
    REQUIRE(sim.response.status == 200);
    for (const json& row : answer["group_results"][0]["entity_results"]) {
        Series& series = all[row["entity_id"]];
        for (const json& value : row["data"][0]["values"])
            series[value["time"].get<std::uint64_t>() / 1'000'000] =
                std::stoll(value["values"][0].get<std::string>());
    }
    return all;
}

Series by_v2(SimFixture& sim, const std::string& place, const char* metric) {
    const json answer = sim.json(kV2 + place + "/stats/?metrics=" + metric +
                                 "&start_time_in_usecs=" + std::to_string(kStart * 1'000'000) +
                                 "&end_time_in_usecs=" + std::to_string(kNoon * 1'000'000) +
                                 "&interval_in_secs=" + std::to_string(kStep));
    REQUIRE(sim.response.status == 200);
    const json& one = answer["stats_specific_responses"][0];
    CHECK(one["successful"] == true);
    CHECK(one["metric"] == metric);
    CHECK(one["interval_in_secs"] == kStep);
    Series series;
    std::uint64_t at = one["start_time_in_usecs"].get<std::uint64_t>() / 1'000'000;
    for (const json& value : one["values"]) {
        if (value != -1) series[at] = value;
        at += kStep;
    }
    return series;
}

}  // namespace

TEST_CASE("VMs: three generations, one figure") {
    SimFixture sim(at_noon({.vms = 80, .clusters = 4, .esxi_vms = 12}));
    json list = sim.json(kVmStats + hour(kStep) + "&$limit=100")["data"];
    for (const json& row : data_of(sim, kEsxiStats + hour(kStep) + "&$limit=100"))
        list.push_back(row);
    REQUIRE(list.size() == 92);
    const std::pair<const char*, const char*> names[] = {
        {"hypervisorCpuUsagePpm", "hypervisor_cpu_usage_ppm"},
        {"memoryUsagePpm", "memory_usage_ppm"},
        {"controllerNumIops", "controller_num_iops"},
        {"controllerUserBytes", "controller_user_bytes"},
        {"hypervisorNumReceivedBytes", "hypervisor_num_received_bytes"}};
    std::size_t samples = 0;
    for (const auto& [v4, old] : names) {
        const auto by_v3 = groups(sim, "mh_vm", old);
        REQUIRE(by_v3.size() == 92);
        for (const json& row : list) {
            const std::string id = row["extId"];
            const Series series = rows(row["stats"], v4);
            CHECK(by_v3.at(id) == series);
            CHECK(by_v2(sim, "vms/" + id, old) == series);
            samples += series.size();
        }
    }
    CHECK(samples > 3'000);
}

TEST_CASE("hosts, clusters and containers: three generations, one figure") {
    SimFixture sim(at_noon({}));
    const World& world = sim.simulation.world();
    const auto check = [&](const std::string& v4_place, const std::string& id, const char* v4,
                           const char* type, const char* plural, const char* old) {
        INFO(type);
        const json data = sim.json(v4_place + hour(kStep))["data"];
        const Series series = column(data[v4]);
        REQUIRE(series.size() == 11);
        CHECK(groups(sim, type, old).at(id) == series);
        CHECK(by_v2(sim, std::string(plural) + "/" + id, old) == series);
    };
    const std::string cluster = to_text(world.clusters[1].id);
    const std::string host = to_text(world.hosts[world.clusters[1].first_host].id);
    const std::string container = to_text(world.containers[2].id);
    for (const auto& [v4, old] :
         {std::pair("hypervisorCpuUsagePpm", "hypervisor_cpu_usage_ppm"),
          std::pair("aggregateHypervisorMemoryUsagePpm", "hypervisor_memory_usage_ppm"),
          std::pair("powerConsumptionInstantWatt", "power_consumption_instant_watt")}) {
        check(kClusterStats + cluster + "/hosts/" + host, host, v4, "host", "hosts", old);
        check(kClusterStats + cluster, cluster, v4, "cluster", "clusters", old);
    }
    check(kContainerStats + container, container, "storageFreeBytes", "storage_container",
          "storage_containers", "storage.user_free_bytes");
    check(kContainerStats + container, container, "controllerNumIops", "storage_container",
          "storage_containers", "controller_num_iops");
}

TEST_CASE("groups without an interval tell the newest value, and what is stored of all VMs") {
    SimFixture sim(at_noon({.vms = 60}));
    const json wanted = json::array({{{"attribute", "hypervisor_cpu_usage_ppm"}},
                                     {{"attribute", "controller_user_bytes"}},
                                     {{"attribute", "vm_name"}},
                                     {{"attribute", "nothing"}}});
    const json answer =
        sim.post("groups", {{"entity_type", "mh_vm"}, {"group_member_attributes", wanted}});
    std::size_t off = 0;
    for (const json& row : answer["group_results"][0]["entity_results"]) {
        const json& cpu = row["data"][0]["values"];
        off += cpu.empty() ? 1U : 0U;
        if (!cpu.empty()) CHECK(cpu[0]["time"] == (kNoon - 180) * 1'000'000);
        CHECK(row["data"][1]["values"].size() == 1);
        CHECK(row["data"][2]["values"].size() == 1);
        CHECK(row["data"][3]["values"].empty());
    }
    CHECK((off > 5 && off < 40));
}

TEST_CASE("groups choose entities by id, filter and window") {
    SimFixture sim(at_noon({.vms = 60}));
    const json vms = sim.all(kVms);
    const auto count = [&](json body) {
        body["entity_type"] = "mh_vm";
        const json answer = sim.post("groups", body);
        REQUIRE(sim.response.status == 200);
        CHECK(answer["total_entity_count"] == answer["filtered_entity_count"]);
        return answer["group_results"][0]["entity_results"].size();
    };
    CHECK(count({}) == 60);
    CHECK(count({{"entity_ids", json::array({vms[4]["extId"], vms[5]["extId"], "x"})}}) == 2);
    CHECK(count({{"entity_ids", json::array()}}) == 0);
    CHECK(count({{"filter_criteria", "vm_name==" + vms[7]["name"].get<std::string>()}}) == 1);
    CHECK(count({{"group_member_offset", 50}, {"group_member_count", 25}}) == 10);
}

TEST_CASE("bodies and parameters that make no sense are refused in v3 and v2") {
    SimFixture sim(at_noon({.vms = 20}));
    const auto refused = [&](json body) {
        if (!body.contains("entity_type")) body["entity_type"] = "mh_vm";
        INFO(body.dump());
        sim.post("groups", body);
        CHECK(sim.response.status == 422);
    };
    refused({{"entity_type", "moon"}});
    refused({{"entity_type", 7}});
    refused({{"interval_start_ms", kStart * 1'000}});
    refused({{"interval_start_ms", -1}, {"interval_end_ms", 5}});
    refused({{"interval_start_ms", 5}, {"interval_end_ms", 5}});
    refused({{"interval_start_ms", "5"}, {"interval_end_ms", 6'000}});
    refused({{"interval_start_ms", 5'000}, {"interval_end_ms", ~0ULL}});
    refused({{"interval_start_ms", 0}, {"interval_end_ms", kNoon * 1'000}});
    refused({{"interval_start_ms", 0}, {"interval_end_ms", 9'000}, {"downsampling_interval", 0}});
    refused({{"entity_ids", "x"}});
    refused({{"entity_ids", json::array({1})}});
    refused({{"group_member_attributes",
              json::array({{{"attribute", "memory_usage_ppm"}, {"operation", "MEDIAN"}}})}});
    sim.ask("/api/nutanix/v3/groups", "POST", "{\"entity_type\":");
    CHECK(sim.response.status == 422);

    const std::string host = to_text(sim.simulation.world().hosts[0].id);
    const auto v2 = [&](const std::string& rest) {
        sim.ask(kV2 + rest);
        return sim.response.status;
    };
    const std::string stats = "hosts/" + host + "/stats/?metrics=hypervisor_cpu_usage_ppm";
    CHECK(v2(stats) == 200);
    CHECK(v2("hosts/" + host + "/stats/") == 400);
    CHECK(v2(stats + "&interval_in_secs=0") == 400);
    CHECK(v2(stats + "&start_time_in_usecs=x") == 400);
    CHECK(v2(stats + "&start_time_in_usecs=2&end_time_in_usecs=1") == 400);
    CHECK(v2(stats + "&start_time_in_usecs=1&end_time_in_usecs=99999999999999999999") == 400);
    CHECK(v2(stats + "&start_time_in_usecs=1") == 400);
    CHECK(v2("hosts/x/stats/?metrics=a") == 404);
    CHECK(v2("moons/" + host + "/stats/?metrics=a") == 404);
    const json unknown = sim.json(std::string(kV2) + "hosts/" + host + "/stats/?metrics=nothing");
    CHECK(unknown["stats_specific_responses"][0]["successful"] == false);
}

TEST_CASE("groups obey the permissions of the kind they are asked about") {
    SimFixture sim(at_noon({.vms = 20, .access = {.forbidden = {"vm"}}}));
    sim.post("groups", {{"entity_type", "mh_vm"}});
    CHECK(sim.response.status == 403);
    sim.post("groups", {{"entity_type", "host"}});
    CHECK(sim.response.status == 200);
}
