// What nobody has verified of Prism's statistics, and what goes wrong with samples: each reading
// shows what it says and leaves the figures as they are.

#include <set>

#include "tests/prism_sim/statistics_requests.hpp"

using namespace pf::sim;
using namespace pf::sim::stats_requests;
using nlohmann::json;

namespace {

const std::string kDay = span("2026-11-19T00:00:00Z", "2026-11-19T23:59:59Z", 3'600);
const std::string kCpu = "&$select=extId,stats/timestamp,stats/hypervisorCpuUsagePpm";
const std::string kRunning = "&$select=extId,stats/timestamp,stats/hypervisorVmRunningTimeUsecs";

SimFixture sim_with(StatisticsReadings readings, std::uint32_t vms = 60) {
    readings.now_s = kNoon;
    return SimFixture({.vms = vms, .statistics = readings});
}

std::uint64_t time_of(const json& sample) {
    return *parse_time(sample["timestamp"].get<std::string>());
}

// A VM that ran for a part of 2026-11-19.
std::uint32_t part_time_vm(const SimFixture& sim) {
    const std::uint64_t day = *parse_time("2026-11-19T00:00:00Z");
    for (std::uint32_t serial = 0; serial < sim.simulation.world().size.vms; ++serial) {
        const std::uint64_t on =
            sim.simulation.statistics().running_seconds(serial, day + 3'600, day + 82'800);
        if (on > 7'200 && on < 60'000) return serial;
    }
    FAIL("no VM ran for a part of the day");
    return 0;
}
std::string place_of(const SimFixture& sim, std::uint32_t serial) {
    return kVmStats + ("/" + to_text(vm_id(sim.simulation.world(), serial)));
}

}  // namespace

TEST_CASE("off_rows: a VM without a sample is empty, or not there") {
    SimFixture empty = sim_with({});
    SimFixture absent = sim_with({.off_rows = OffRows::absent});
    const std::string list = kVmStats + hour(300) + kCpu + "&$limit=100";
    json rows = empty.json(list)["data"];
    const std::size_t all = rows.size();
    rows.erase(std::remove_if(rows.begin(), rows.end(),
                              [](const json& row) { return row["stats"].empty(); }),
               rows.end());
    CHECK(rows.size() < all);
    const json answer = absent.json(list);
    CHECK(answer["data"] == rows);
    CHECK(answer["metadata"]["totalAvailableResults"] == rows.size());
    for (std::uint32_t serial = 0; serial < 60; ++serial)
        if (absent.simulation.statistics().running_seconds(serial, kNoon - 3'600, kNoon) == 0) {
            CHECK_FALSE(absent.json(place_of(absent, serial) + hour(300)).contains("data"));
            CHECK(empty.json(place_of(empty, serial) + hour(300))["data"]["stats"].empty());
        }
}

TEST_CASE("off_samples: a time a VM was off is missing, zero or -1") {
    SimFixture missing = sim_with({});
    const std::uint32_t vm = part_time_vm(missing);
    const std::string target = place_of(missing, vm) + kDay + kCpu;
    const json kept = missing.json(target)["data"]["stats"];
    CHECK((kept.size() > 1 && kept.size() < 24));
    SimFixture zero = sim_with({.off_samples = OffSamples::zero});
    SimFixture marked = sim_with({.off_samples = OffSamples::minus_one});
    const json zeros = zero.json(target)["data"]["stats"];
    const json marks = marked.json(target)["data"]["stats"];
    REQUIRE(zeros.size() == 24);
    REQUIRE(marks.size() == 24);
    std::set<std::uint64_t> times;
    for (const json& sample : kept) times.insert(time_of(sample));
    for (std::size_t i = 0; i < 24; ++i) {
        if (times.contains(time_of(zeros[i]))) continue;
        CHECK(zeros[i]["hypervisorCpuUsagePpm"] == 0);
        CHECK(marks[i]["hypervisorCpuUsagePpm"] == -1);
    }
}

TEST_CASE("running_time: of the interval, of a base sample, or of the whole life") {
    const std::uint64_t day = *parse_time("2026-11-19T00:00:00Z");
    SimFixture interval = sim_with({});
    const std::uint32_t vm = part_time_vm(interval);
    const std::uint64_t truth =
        1'000'000 * interval.simulation.statistics().running_seconds(vm, day, day + 86'400);
    const std::string target = place_of(interval, vm) + kDay + kRunning;
    const auto sum = [&](SimFixture& sim, const std::string& more) {
        std::uint64_t micros = 0;
        for (const json& sample : data_of(sim, target + more))
            micros += sample["hypervisorVmRunningTimeUsecs"].get<std::uint64_t>();
        return micros;
    };
    CHECK(sum(interval, "&$statType=SUM") == truth);
    CHECK(sum(interval, "&$statType=LAST") == truth);
    SimFixture sample = sim_with({.running_time = RunningTime::sample});
    CHECK(sum(sample, "&$statType=SUM") == truth);
    CHECK(sum(sample, "&$statType=MAX") <= 24 * 30'000'000);
    SimFixture counter = sim_with({.running_time = RunningTime::counter});
    const json counted = counter.json(target + "&$statType=LAST")["data"]["stats"];
    for (std::size_t i = 1; i < counted.size(); ++i)
        CHECK(counted[i]["hypervisorVmRunningTimeUsecs"] <=
              counted[i - 1]["hypervisorVmRunningTimeUsecs"]);
    CHECK(counted[0]["hypervisorVmRunningTimeUsecs"].get<std::uint64_t>() -
              counted.back()["hypervisorVmRunningTimeUsecs"].get<std::uint64_t>() <=
          truth);
}

TEST_CASE("grid and stamp: where intervals begin, and which end their time is") {
    const std::string window = span("2026-11-23T09:00:07Z", "2026-11-23T10:00:06Z", 300);
    SimFixture epoch = sim_with({});
    const std::string target = kVmStats + ("/" + running_vm(epoch)) + window + kCpu;
    const json even = epoch.json(target)["data"]["stats"];
    CHECK(even.size() == 12);
    for (const json& sample : even) CHECK(time_of(sample) % 300 == 0);
    SimFixture start = sim_with({.grid = SampleGrid::start});
    const json odd = start.json(target)["data"]["stats"];
    CHECK(odd.size() == 12);
    for (const json& sample : odd) CHECK(time_of(sample) % 300 == 7);
    SimFixture end = sim_with({.stamp = SampleStamp::end});
    const json late = end.json(target)["data"]["stats"];
    REQUIRE(late.size() == 12);
    // The same sample, five minutes later.
    CHECK(late[0]["timestamp"] == even[0]["timestamp"]);
    CHECK(late[0]["hypervisorCpuUsagePpm"] == even[1]["hypervisorCpuUsagePpm"]);
}

TEST_CASE("default_type: what a request without $statType gets") {
    SimFixture average = sim_with({});
    SimFixture last = sim_with({.default_type = StatType::last});
    const std::string target = kVmStats + ("/" + running_vm(average)) +
                               span("2026-11-23T09:00:00Z", "2026-11-23T09:59:59Z", 3'600) + kCpu;
    CHECK(average.json(target)["data"] == average.json(target + "&$statType=AVG")["data"]);
    CHECK(last.json(target)["data"] == average.json(target + "&$statType=LAST")["data"]);
    CHECK(last.json(target)["data"] != average.json(target)["data"]);
}

TEST_CASE("filter: which forms the list takes") {
    const std::string some = "extId%20eq%20'00000000-0000-4000-8000-000000000000'";
    const std::string one = "&$filter=" + some;
    const std::string either = one + "%20or%20" + some;
    const std::string set = "&$filter=extId%20in%20('00000000-0000-4000-8000-000000000000')";
    const auto status = [&](StatsFilter accepted, const std::string& filter) {
        SimFixture sim = sim_with({.filter = accepted}, 5);
        return sim.ask(kVmStats + hour(300) + filter).status;
    };
    CHECK(status(StatsFilter::any, set) == 200);
    CHECK(status(StatsFilter::either, set) == 400);
    CHECK(status(StatsFilter::either, either) == 200);
    CHECK(status(StatsFilter::one, either) == 400);
    CHECK(status(StatsFilter::one, one) == 200);
    CHECK(status(StatsFilter::refused, one) == 400);
}

TEST_CASE("most_samples and over_samples: how much an answer holds") {
    SimFixture refused = sim_with({.most_samples = 1'000});
    const std::string list = kVmStats + hour(300) + kCpu;
    refused.ask(list + "&$limit=60");
    CHECK(refused.response.status == 200);
    refused.ask(kVmStats + hour(30) + kCpu + "&$limit=60");
    CHECK(refused.response.status == 400);
    SimFixture newest = sim_with({.most_samples = 300, .over_samples = OverSamples::newest});
    for (const json& row : data_of(newest, list + "&$limit=60")) CHECK(row["stats"].size() <= 5);
    const json body = {
        {"entity_type", "mh_vm"},
        {"group_member_attributes", json::array({{{"attribute", "memory_usage_ppm"}}})},
        {"interval_start_ms", (kNoon - 86'400) * 1'000},
        {"interval_end_ms", kNoon * 1'000},
        {"downsampling_interval", 30}};
    refused.post("groups", body);
    CHECK(refused.response.status == 422);
    newest.post("groups", body);
    CHECK(newest.response.status == 200);
}

TEST_CASE("unknown_select and selects_strictly: what $select leaves") {
    SimFixture ignoring = sim_with({.unknown_select = UnknownSelect::ignored});
    const std::string vm = kVmStats + ("/" + running_vm(ignoring)) + hour(300);
    const json sample =
        ignoring.json(vm + "&$select=stats/moon,stats/memoryUsagePpm")["data"]["stats"][0];
    CHECK(sample.contains("memoryUsagePpm"));
    CHECK_FALSE(sample.contains("moon"));
    SimFixture strict = sim_with({.selects_strictly = true});
    const json few = strict.json(vm + "&$select=stats/memoryUsagePpm")["data"];
    CHECK_FALSE(few.contains("extId"));
    CHECK_FALSE(few["stats"][0].contains("timestamp"));
    const json asked = strict.json(vm + "&$select=extId,stats/timestamp")["data"];
    CHECK(asked.contains("extId"));
    CHECK(asked["stats"][0].contains("timestamp"));
}

TEST_CASE("delay_s, raw_days and days: what is not there yet, only by the hour, and gone") {
    SimFixture sim = sim_with({.delay_s = 1'200, .raw_days = 2, .days = 10});
    const std::string vm = kVmStats + ("/" + running_vm(sim));
    const json newest = sim.json(vm + hour(30) + kCpu)["data"]["stats"];
    CHECK(newest[0]["timestamp"] == "2026-11-23T11:39:30Z");
    const json old = sim.json(vm + span("2026-11-18T09:00:00Z", "2026-11-18T11:59:59Z", 300) +
                              kCpu)["data"]["stats"];
    CHECK(old.size() <= 3);
    CHECK(sim.json(vm + span("2026-11-10T09:00:00Z", "2026-11-10T11:59:59Z", 300) +
                   kCpu)["data"]["stats"]
              .empty());
}

TEST_CASE("unmeasured: a new entity has no data, an empty row in a list") {
    SimFixture sim = sim_with({.unmeasured = 100}, 10);
    const World& world = sim.simulation.world();
    CHECK_FALSE(
        sim.json(kClusterStats + to_text(world.clusters[0].id) + hour(300)).contains("data"));
    CHECK_FALSE(sim.json(place_of(sim, 0) + hour(300)).contains("data"));
    for (const json& row : data_of(sim, kVmStats + hour(300))) CHECK(row["stats"].empty());
    SimFixture usual = sim_with({}, 10);
    usual.simulation.roster().add();
    CHECK_FALSE(usual.json(place_of(usual, 10) + hour(300)).contains("data"));
}

TEST_CASE("groups_time, groups_ids and groups_last_only: what v3 groups make of a request") {
    const json body = {
        {"entity_type", "host"},
        {"group_member_attributes", json::array({{{"attribute", "hypervisor_cpu_usage_ppm"}}})},
        {"interval_start_ms", (kNoon - 3'600) * 1'000},
        {"interval_end_ms", kNoon * 1'000},
        {"downsampling_interval", 300},
        {"entity_ids", json::array()}};
    SimFixture sim = sim_with({.groups_time = GroupsTime::milliseconds,
                               .groups_ids = GroupsIds::ignored,
                               .groups_last_only = true});
    const json rows = sim.post("groups", body)["group_results"][0]["entity_results"];
    CHECK(rows.size() == sim.simulation.world().hosts.size());
    REQUIRE(rows[0]["data"][0]["values"].size() == 1);
    CHECK(rows[0]["data"][0]["values"][0]["time"] == (kNoon - 180) * 1'000);
}

TEST_CASE("v2_missing: -1 or null where there is no sample") {
    SimFixture marked = sim_with({.gaps = 50});
    SimFixture null = sim_with({.v2_missing = V2Missing::null, .gaps = 50});
    const std::string target = "/PrismGateway/services/rest/v2.0/hosts/" +
                               to_text(marked.simulation.world().hosts[0].id) +
                               "/stats/?metrics=hypervisor_cpu_usage_ppm&start_time_in_usecs=" +
                               std::to_string((kNoon - 7'200) * 1'000'000) +
                               "&end_time_in_usecs=" + std::to_string((kNoon - 3'600) * 1'000'000) +
                               "&interval_in_secs=60";
    const json a = marked.json(target)["stats_specific_responses"][0]["values"];
    const json b = null.json(target)["stats_specific_responses"][0]["values"];
    REQUIRE(a.size() == 61);
    REQUIRE(b.size() == 61);
    std::size_t missing = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        CHECK((a[i] == -1) == b[i].is_null());
        missing += b[i].is_null() ? 1U : 0U;
    }
    CHECK((missing > 10 && missing < 50));
}

TEST_CASE("gaps, minus_ones, duplicates and disorder spoil samples and no figure") {
    SimFixture good = sim_with({});
    const std::string target = kVmStats + ("/" + running_vm(good)) + hour(30) + kCpu;
    std::map<std::string, json> truth;
    for (const json& sample : data_of(good, target)) truth[sample["timestamp"]] = sample;
    SimFixture bad = sim_with({.gaps = 10, .minus_ones = 10, .duplicates = 10, .disorder = 10});
    const json samples = bad.json(target)["data"]["stats"];
    std::set<std::string> times;
    std::size_t marks = 0, twice = 0, turns = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const std::string at = samples[i]["timestamp"];
        twice += times.insert(at).second ? 0U : 1U;
        if (i > 0) turns += samples[i - 1]["timestamp"] < at ? 1U : 0U;
        if (samples[i]["hypervisorCpuUsagePpm"] == -1)
            ++marks;
        else
            CHECK(samples[i] == truth.at(at));
    }
    CHECK(times.size() < truth.size());
    CHECK(marks > 0);
    CHECK(twice > 0);
    CHECK(turns > 0);
    CHECK(bad.json(target)["data"]["stats"] == samples);
}

TEST_CASE("readings that make no sense are refused") {
    for (const StatisticsReadings& readings :
         {StatisticsReadings{.most_samples = 0}, StatisticsReadings{.gaps = 101},
          StatisticsReadings{.unmeasured = 101}, StatisticsReadings{.days = 4'000}})
        CHECK_THROWS_AS(Simulation({.statistics = readings}), std::invalid_argument);
}
