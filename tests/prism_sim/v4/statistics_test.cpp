// Statistics by v4: lists of VMs with pages, filters and selections; columns of all else; errors.

#include <set>

#include "tests/prism_sim/sim_fixture.hpp"
#include "tests/prism_sim/statistics_requests.hpp"

using namespace pf::sim;
using namespace pf::sim::stats_requests;
using nlohmann::json;

namespace {

const std::string kCpu = "&$select=extId,stats/timestamp,stats/hypervisorCpuUsagePpm";

std::string host_stats(const SimFixture& sim, std::uint32_t host) {
    const World& world = sim.simulation.world();
    return std::string(kClusterStats) + to_text(world.clusters[world.hosts[host].cluster].id) +
           "/hosts/" + to_text(world.hosts[host].id);
}

}  // namespace

TEST_CASE("the list of VM statistics pages through every VM once") {
    SimFixture sim(at_noon({.vms = 230}));
    std::set<std::string> ids;
    for (int page = 0; page < 3; ++page) {
        const json answer =
            sim.json(kVmStats + hour(300) + kCpu + "&$limit=100&$page=" + std::to_string(page));
        REQUIRE(sim.response.status == 200);
        CHECK(answer["metadata"]["totalAvailableResults"] == 230);
        CHECK(answer["$dataItemDiscriminator"] == "List<vmm.v4.ahv.stats.VmStats>");
        CHECK(answer["$objectType"] == "vmm.v4.ahv.stats.ListVmStatsApiResponse");
        for (const json& row : answer["data"]) ids.insert(row["extId"]);
    }
    CHECK(ids.size() == 230);
    CHECK_FALSE(sim.json(kVmStats + hour(300) + kCpu + "&$page=9").contains("data"));
}

TEST_CASE("rows hold what was selected, newest first, and the figures of the generator") {
    SimFixture sim(at_noon({.vms = 60}));
    const json answer = sim.json(kVmStats + hour(300) + kCpu + "&$limit=60");
    const Statistics& statistics = sim.simulation.statistics();
    std::size_t samples = 0, empty = 0;
    for (const json& row : answer["data"]) {
        const std::uint32_t serial =
            *sim.simulation.roster().find(*parse_uuid(row["extId"].get<std::string>()));
        const Meter meter = statistics.meter({Measured::vm, serial});
        empty += row["stats"].empty() ? 1U : 0U;
        std::uint64_t before = ~0ULL;
        for (const json& sample : row["stats"]) {
            CHECK(sample.size() == 4);  // type, reserved, time, figure
            const std::uint64_t at = *parse_time(sample["timestamp"].get<std::string>());
            CHECK(at < before);
            before = at;
            const auto truth =
                meter.read(Metric::cpu_usage_ppm, meter.cover(at, at + 300), StatType::avg);
            CHECK(sample["hypervisorCpuUsagePpm"] == truth.value());
            ++samples;
        }
    }
    CHECK(samples > 300);
    CHECK(empty > 5);  // of the machines that are off
}

TEST_CASE("any page, window and filter shows the same figures") {
    SimFixture sim(at_noon({.vms = 120}));
    std::map<std::pair<std::string, std::string>, json> seen;
    const auto look = [&](const std::string& target) {
        const json answer = sim.json(target);
        REQUIRE(sim.response.status == 200);
        std::size_t shared = 0;
        for (const json& row : answer["data"])
            for (const json& sample : row["stats"]) {
                const auto [place, is_new] =
                    seen.emplace(std::pair(row["extId"], sample["timestamp"]), sample);
                CHECK(place->second == sample);
                shared += is_new ? 0U : 1U;
            }
        return shared;
    };
    look(kVmStats + hour(300) + kCpu + "&$limit=100&$page=0");
    look(kVmStats + hour(300) + kCpu + "&$limit=100&$page=1");
    CHECK(look(kVmStats + span("2026-11-23T10:30:00Z", "2026-11-23T11:40:00Z", 300) + kCpu +
               "&$limit=30&$orderby=extId%20desc") > 50);
    const std::string id = seen.rbegin()->first.first;
    CHECK(look(kVmStats + hour(300) + kCpu + "&$filter=extId%20eq%20'" + id + "'") == 11);
}

TEST_CASE("VMs are filtered by id, one or many") {
    SimFixture sim(at_noon({.vms = 50}));
    const json vms = sim.all(kVms);
    const std::string a = vms[3]["extId"], b = vms[40]["extId"];
    const std::string nobody = "00000000-0000-4000-8000-000000000000";
    const auto ids = [&](const std::string& filter) {
        std::set<std::string> found;
        const json answer = sim.json(kVmStats + hour(300) + kCpu + "&$filter=" + filter);
        REQUIRE(sim.response.status == 200);
        for (const json& row : answer.value("data", json::array())) found.insert(row["extId"]);
        CHECK(answer["metadata"]["totalAvailableResults"] == found.size());
        return found;
    };
    CHECK(ids("extId%20eq%20'" + a + "'") == std::set{a});
    CHECK(ids("extId%20eq%20'" + a + "'%20or%20extId%20eq%20'" + b + "'") == std::set{a, b});
    CHECK(ids("extId%20in%20('" + b + "',%20'" + a + "','" + a + "')") == std::set{a, b});
    CHECK(ids("extId%20eq%20'" + nobody + "'").empty());
}

TEST_CASE("one VM's statistics, ESXi too; times are UTC, offsets are turned into it") {
    SimFixture sim(at_noon({.vms = 20, .clusters = 4, .esxi_vms = 30}));
    const json list = sim.json(std::string(kEsxiStats) + hour(300) + "&$limit=30");
    CHECK(list["data"].size() == 30);
    for (const json& row : list["data"]) {
        const std::string place = std::string(kEsxiStats) + "/" + row["extId"].get<std::string>();
        const json one = sim.json(place + hour(300));
        CHECK(one["data"] == row);
        CHECK(one["$objectType"] == "vmm.v4.esxi.stats.GetVmStatsApiResponse");
        for (const json& sample : row["stats"]) {
            CHECK(sample["hypervisorType"] == "ESX");
            CHECK_FALSE(sample.contains("hypervisorVmRunningTimeUsecs"));
        }
        const json east = sim.json(
            place + span("2026-11-23T20:00:00%2B09:00", "2026-11-23T21:00:00%2B09:00", 300));
        CHECK(east["data"] == row);
    }
    const json summer =
        sim.json(kVmStats + span("2026-10-25T00:00:00Z", "2026-10-25T23:59:59Z", 3'600) + kCpu +
                 "&$limit=20");
    for (const json& row : summer["data"])
        if (!row["stats"].empty()) CHECK(row["stats"].size() <= 24);
}

TEST_CASE("hours are the average, least, most and sum of their base samples") {
    SimFixture sim(at_noon({.vms = 30}));
    const std::string base =
        "/" + running_vm(sim) + span("2026-11-23T09:00:00Z", "2026-11-23T09:59:59Z", 30);
    const json raw = sim.json(kVmStats + base + kCpu)["data"]["stats"];
    REQUIRE(raw.size() == 120);
    std::int64_t sum = 0, least = 1'000'000, most = 0;
    for (const json& sample : raw) {
        const std::int64_t value = sample["hypervisorCpuUsagePpm"];
        sum += value;
        least = std::min(least, value);
        most = std::max(most, value);
    }
    const auto whole = [&](const char* type) {
        const json stats = sim.json(kVmStats + ("/" + running_vm(sim)) +
                                    span("2026-11-23T09:00:00Z", "2026-11-23T09:59:59Z", 3'600) +
                                    kCpu + "&$statType=" + type)["data"]["stats"];
        REQUIRE(stats.size() == 1);
        return stats[0]["hypervisorCpuUsagePpm"].get<std::int64_t>();
    };
    CHECK(whole("SUM") == sum);
    CHECK(whole("AVG") == sum / 120);
    CHECK(whole("MIN") == least);
    CHECK(whole("MAX") == most);
    CHECK(whole("COUNT") == 120);
    CHECK(whole("LAST") == raw[0]["hypervisorCpuUsagePpm"]);
}

TEST_CASE("the running time of a day is exact to the second") {
    SimFixture sim(at_noon({.vms = 100}));
    const json answer =
        sim.json(kVmStats + span("2026-11-19T00:00:00Z", "2026-11-19T23:59:59Z", 3'600) +
                 "&$limit=100&$select=extId,stats/timestamp,stats/hypervisorVmRunningTimeUsecs");
    const std::uint64_t day = *parse_time("2026-11-19T00:00:00Z");
    std::size_t parts = 0;
    for (const json& row : answer["data"]) {
        const auto serial =
            *sim.simulation.roster().find(*parse_uuid(row["extId"].get<std::string>()));
        std::uint64_t micros = 0;
        for (const json& sample : row["stats"])
            micros += sample["hypervisorVmRunningTimeUsecs"].get<std::uint64_t>();
        CHECK(micros ==
              1'000'000 * sim.simulation.statistics().running_seconds(serial, day, day + 86'400));
        parts += micros > 0 && micros < 86'400'000'000 ? 1U : 0U;
    }
    CHECK(parts > 5);
}

TEST_CASE("hosts, clusters, containers and volume groups have columns") {
    SimFixture sim(at_noon({}));
    const World& world = sim.simulation.world();
    const auto check = [&](const std::string& place, const char* type, const char* pair,
                           const char* id_field, const Uuid& id, const char* column) {
        const json answer = sim.json(place + hour(300));
        INFO(place);
        REQUIRE(sim.response.status == 200);
        CHECK(answer["$dataItemDiscriminator"] == type);
        const json& data = answer["data"];
        CHECK(data["$objectType"] == type);
        CHECK(data[id_field] == to_text(id));
        REQUIRE(data[column].size() == 11);
        CHECK(data[column][0]["$objectType"] == pair);
        CHECK(data[column][0]["timestamp"] == "2026-11-23T11:50:00Z");
        CHECK(data[column][10]["timestamp"] == "2026-11-23T11:00:00Z");
        const json few = sim.json(place + hour(300) + "&$select=" + column)["data"];
        CHECK(few[column] == data[column]);
        CHECK(few.size() == 4);  // type, reserved, id, column
    };
    constexpr char kPair[] = "clustermgmt.v4.stats.TimeValuePair";
    check(host_stats(sim, 2), "clustermgmt.v4.stats.HostStats", kPair, "extId", world.hosts[2].id,
          "hypervisorCpuUsagePpm");
    check(kClusterStats + to_text(world.clusters[1].id), "clustermgmt.v4.stats.ClusterStats", kPair,
          "extId", world.clusters[1].id, "powerConsumptionInstantWatt");
    check(kContainerStats + to_text(world.containers[0].id),
          "clustermgmt.v4.stats.StorageContainerStats", "common.v1.stats.TimeIntValuePair",
          "containerExtId", world.containers[0].id, "controllerIoBandwidthkBps");
    check(kVolumeGroupStats + to_text(world.volume_groups[3].id),
          "volumes.v4.stats.VolumeGroupStats", "volumes.v4.stats.TimeValuePair", "volumeGroupExtId",
          world.volume_groups[3].id, "controllerNumIOPS");
}

TEST_CASE("fields come with the versions that have them") {
    SimFixture sim(at_noon({.vms = 30}));
    const std::string vm = "/" + running_vm(sim) + hour(300);
    const auto has = [&](const char* version, const char* field) {
        return sim
            .json("/api/vmm/" + std::string(version) + "/ahv/stats/vms" + vm)["data"]["stats"][0]
            .contains(field);
    };
    CHECK_FALSE(has("v4.0", "physicalMemoryAllocatedBytes"));
    CHECK(has("v4.2", "physicalMemoryAllocatedBytes"));
    CHECK_FALSE(has("v4.2", "configuredMemoryBytes"));
    CHECK(has("v4.3", "configuredMemoryBytes"));
    sim.ask("/api/vmm/v4.0/ahv/stats/vms" + vm + "&$select=stats/configuredMemoryBytes");
    CHECK(sim.response.status == 400);
}

TEST_CASE("bad parameters are schema errors that name the parameter") {
    SimFixture sim(at_noon({.vms = 20}));
    const std::string good = hour(300);
    const std::string long_ago = span("1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", 30);
    const auto [query, attribute] = GENERATE_COPY(table<std::string, std::string>(
        {{"?", "$startTime"},
         {"?$startTime=2026-11-23T09:00:00Z", "$endTime"},
         {"?$startTime=2026-11-23T09:00:00&$endTime=2026-11-23T10:00:00Z", "$startTime"},
         {"?$startTime=2026-11-23T09:00:00Z&$endTime=2026-13-23T10:00:00Z", "$endTime"},
         {"?$startTime=2026-11-23T9:00:00Z&$endTime=2026-11-23T10:00:00Z", "$startTime"},
         {"?$startTime=1869-01-01T00:00:00Z&$endTime=2026-11-23T10:00:00Z", "$startTime"},
         {span("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z", 30), "$startTime"},
         {span("2026-11-23T11:00:00Z", "2026-11-23T10:00:00Z", 30), "$startTime"},
         {span("2026-11-23T09:00:00Z", "2026-11-23T10:00:00Z", 0), "$samplingInterval"},
         {good + "0000000000", "$samplingInterval"},
         {good + ".5", "$samplingInterval"},
         {good + "&$statType=avg", "$statType"},
         {good + "&$select=hypervisorCpuUsagePpm", "$select"},
         {good + "&$select=stats/nothing", "$select"},
         {good + "&$limit=101", "$limit"},
         {good + "&$page=-1", "$page"},
         {good + "&$orderby=memory", "$orderby"},
         {good + "&$filter=name%20eq%20'x'", "$filter"},
         {good + "&$filter=extId%20eq%20'x'", "$filter"},
         {good + "&$filter=extId%20in%20()", "$filter"},
         {good + "&$filter=extId%20in%20('", "$filter"},
         {good + "&$filter=", "$filter"},
         {long_ago, "$samplingInterval"}}));
    INFO(query);
    const json answer = sim.json(kVmStats + query);
    CHECK(sim.response.status == 400);
    CHECK(answer["data"]["$errorItemDiscriminator"] == "vmm.v4.error.SchemaValidationError");
    CHECK(answer["$objectType"] == "vmm.v4.ahv.stats.ListVmStatsApiResponse");
    CHECK(answer["data"]["error"]["validationErrorMessages"][0]["attributePath"] == attribute);
}

TEST_CASE("what does not exist has no statistics, and a host none below another cluster") {
    SimFixture sim(at_noon({.vms = 20}));
    const World& world = sim.simulation.world();
    const std::string nobody = "00000000-0000-4000-8000-000000000000";
    const std::string host = to_text(world.hosts[0].id);
    for (const std::string& place :
         {kVmStats + ("/" + nobody), kVmStats + std::string("/x"), kClusterStats + nobody,
          kContainerStats + nobody, kVolumeGroupStats + nobody,
          kClusterStats + to_text(world.clusters[0].id) + "/hosts/" + nobody,
          kClusterStats + to_text(world.clusters[3].id) + "/hosts/" + host,
          kClusterStats + std::string("x/hosts/") + host}) {
        INFO(place);
        const json answer = sim.json(place + hour(300));
        CHECK(sim.response.status == 404);
        CHECK(answer["data"]["error"][0]["errorGroup"] == "ENTITY_NOT_FOUND");
    }
    sim.ask("/api/clustermgmt/v4.3/stats/clusters" + hour(300));
    CHECK(sim.response.status == 404);
}

TEST_CASE("statistics have permissions of their own") {
    SimFixture sim(at_noon({.vms = 20, .access = {.forbidden = {"vm_stats=Prism Viewer"}}}));
    const json answer = sim.json(kVmStats + hour(300));
    CHECK(sim.response.status == 403);
    CHECK(answer["data"]["error"][0]["errorGroup"] == "ACCESS_DENIED");
    sim.ask(host_stats(sim, 0) + hour(300));
    CHECK(sim.response.status == 200);
    SimFixture few(at_noon({.vms = 100, .access = {.visible_vms = 30}}));
    CHECK(few.json(kVmStats + hour(300) + kCpu)["metadata"]["totalAvailableResults"] ==
          few.simulation.roster().visible_ids().size());
}
