// What v4 shows of one entity only: disks and attachments of volume groups, statistics of
// containers; and that v3 tells the same of them.

#include <map>
#include <set>

#include "tests/prism_sim/sim_fixture.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

constexpr char kGroups[] = "/api/volumes/v4.3/config/volume-groups";
constexpr char kStats[] = "/api/clustermgmt/v4.3/stats/storage-containers/";
constexpr char kSpan[] = "?$startTime=2026-11-23T09:00:00Z&$endTime=2026-11-23T10:00:00Z";
constexpr std::uint64_t kMiB = 1ULL << 20;

std::string below(const json& group, const char* name) {
    return std::string(kGroups) + "/" + group["extId"].get<std::string>() + "/" + name;
}

}  // namespace

TEST_CASE("volume groups have disks and attached VMs below them, the same by v3") {
    SimFixture sim({.vms = 400});
    std::map<std::string, json> by_v3;
    for (const json& group : sim.all_v3("volume_groups"))
        by_v3[group["metadata"]["uuid"]] = group["status"];
    std::size_t most_disks = 0, attached = 0;
    const json groups = sim.all(kGroups);
    CHECK(groups.size() == 64);
    CHECK(by_v3.size() == 64);
    for (const json& group : groups) {
        const json& other = by_v3.at(group["extId"]);
        CHECK(other["name"] == group["name"]);
        CHECK(other["cluster_reference"]["uuid"] == group["clusterReference"]);
        const json& resources = other["resources"];
        CHECK(resources["sharing_status"] == group["sharingStatus"]);
        const json disks = sim.all(below(group, "disks"));
        REQUIRE(resources["disk_list"].size() == disks.size());
        for (std::size_t i = 0; i < disks.size(); ++i) {
            const json& disk = resources["disk_list"][i];
            CHECK(disk["vmdisk_uuid"] == disks[i]["extId"]);
            CHECK(disk["disk_size_mib"].get<std::uint64_t>() * kMiB == disks[i]["diskSizeBytes"]);
            CHECK(disk["storage_container_uuid"] == disks[i]["storageContainerId"]);
        }
        std::set<std::string> vms;
        for (const json& entry : sim.all(below(group, "vm-attachments")))
            vms.insert(entry["extId"]);
        std::set<std::string> vms_v3;
        for (const json& entry : resources["attachment_list"])
            vms_v3.insert(entry["vm_reference"]["uuid"]);
        CHECK(vms == vms_v3);
        most_disks = std::max(most_disks, disks.size());
        attached += vms.size();
    }
    CHECK(most_disks > 100);  // more than a page holds
    CHECK(attached > 0);
}

TEST_CASE("who is attached to a group is who names it among its disks") {
    SimFixture sim({.vms = 400});
    std::map<std::string, std::set<std::string>> named, attached;
    for (const json& vm : sim.all(kVms))
        for (const json& disk : vm.value("disks", json::array()))
            if (disk.contains("backingInfo") && disk["backingInfo"].contains("volumeGroupExtId"))
                named[disk["backingInfo"]["volumeGroupExtId"]].insert(vm["extId"]);
    for (const json& group : sim.all(kGroups))
        for (const json& entry : sim.all(below(group, "vm-attachments")))
            attached[group["extId"]].insert(entry["extId"]);
    CHECK_FALSE(named.empty());
    CHECK(named == attached);
}

TEST_CASE("details page, and are not found below what does not exist") {
    SimFixture sim;
    const json groups = sim.all(kGroups);
    const json answer = sim.json(below(groups[5], "disks") + "?$page=1&$limit=100");
    CHECK(answer["metadata"]["totalAvailableResults"] == 120);
    CHECK(answer["data"].size() == 20);
    CHECK(answer["$dataItemDiscriminator"] == "List<volumes.v4.config.VolumeDisk>");
    const std::string nobody = "/00000000-0000-4000-8000-000000000000/";
    for (const char* name : {"disks", "vm-attachments"}) {
        const json error = sim.json(kGroups + nobody + name);
        CHECK(sim.response.status == 404);
        CHECK(error["data"]["error"][0]["errorGroup"] == "ENTITY_NOT_FOUND");
    }
    sim.ask(kGroups + nobody + "unknown");
    CHECK(sim.response.status == 404);
}

TEST_CASE("a container's statistics need a span, and agree with the columns of v3") {
    SimFixture sim({.statistics = {.now_s = 1'795'435'200}});
    json wanted = json::array();
    for (const char* name : {"storage.user_capacity_bytes", "storage.user_free_bytes"})
        wanted.push_back({{"attribute", name}});
    const json rows = sim.post(
        "groups", {{"entity_type", "storage_container"}, {"group_member_attributes", wanted}});
    for (const json& row : rows["group_results"][0]["entity_results"]) {
        const std::string target =
            kStats + row["entity_id"].get<std::string>() + kSpan +
            "&$samplingInterval=300&$statType=LAST&$select=storageCapacityBytes,storageFreeBytes";
        const json stats = sim.json(target)["data"];
        CHECK(stats["storageFreeBytes"].size() == 13);
        CHECK(stats["storageFreeBytes"][0]["timestamp"] == "2026-11-23T10:00:00Z");
        CHECK(stats["storageFreeBytes"][12]["timestamp"] == "2026-11-23T09:00:00Z");
        CHECK_FALSE(stats.contains("storageUsageBytes"));
        const auto column = [&](std::size_t i) {
            return std::stoull(row["data"][i]["values"][0]["values"][0].get<std::string>());
        };
        CHECK(stats["storageCapacityBytes"][0]["value"] == column(0));
        CHECK(stats["storageFreeBytes"][0]["value"] == column(1));
    }
    const std::string id = sim.all(kContainers)[0]["containerExtId"];
    for (const char* query :
         {"", "?$startTime=2026-11-23T09:00:00Z", "?$startTime=x&$endTime=2026-11-23T09:00:00Z",
          "?$startTime=2026-11-23T09:00:00Z&$endTime=2026-11-23T09:00:00Z",
          "?$startTime=2026-11-23T09:00:00Z&$endTime=2026-11-23T10:00:00Z&$samplingInterval=0",
          "?$startTime=2026-11-23T09:00:00Z&$endTime=2026-11-23T10:00:00Z&$statType=ANY"}) {
        INFO(query);
        sim.ask(kStats + id + query);
        CHECK(sim.response.status == 400);
    }
    sim.ask(std::string(kStats) + "00000000-0000-4000-8000-000000000000" + kSpan);
    CHECK(sim.response.status == 404);
}

TEST_CASE("statistics that were never measured have no data") {
    SimFixture sim({.v4 = {.empty_stats = true}});
    const std::string id = sim.all(kContainers)[0]["containerExtId"];
    const json answer = sim.json(kStats + id + kSpan);
    CHECK(sim.response.status == 200);
    CHECK_FALSE(answer.contains("data"));
    CHECK(answer.contains("metadata"));
}

TEST_CASE("details have permissions of their own") {
    SimFixture sim(
        {.access = {.forbidden = {"volume_group_disk=Prism Viewer", "storage_container_stats"}}});
    const json groups = sim.all(kGroups);
    sim.ask(below(groups[0], "disks"));
    CHECK(sim.response.status == 403);
    sim.ask(below(groups[0], "vm-attachments"));
    CHECK(sim.response.status == 200);
    sim.ask(kStats + sim.all(kContainers)[0]["containerExtId"].get<std::string>() + kSpan);
    CHECK(sim.response.status == 403);
}

TEST_CASE("protection policies are the same by v4 and v3") {
    SimFixture sim;
    std::map<std::string, json> by_v3;
    for (const json& rule : sim.all_v3("protection_rules"))
        by_v3[rule["metadata"]["uuid"]] = rule["status"];
    const json policies = sim.all("/api/datapolicies/v4.3/config/protection-policies");
    REQUIRE(policies.size() == by_v3.size());
    for (const json& policy : policies) {
        const json& rule = by_v3.at(policy["extId"]);
        CHECK(rule["name"] == policy["name"]);
        const json& resources = rule["resources"];
        CHECK(resources["ordered_availability_zone_list"].size() ==
              policy["replicationLocations"].size());
        CHECK(resources["availability_zone_connectivity_list"].size() ==
              policy["replicationConfigurations"].size());
        CHECK(resources["availability_zone_connectivity_list"][0]["snapshot_schedule_list"][0]
                       ["recovery_point_objective_secs"] ==
              policy["replicationConfigurations"][0]["schedule"]
                    ["recoveryPointObjectiveTimeSeconds"]);
        std::size_t categories = 0;
        for (const json& values : resources["category_filter"]["params"])
            categories += values.size();
        CHECK(categories == policy["categoryIds"].size());
    }
}

TEST_CASE("more containers lie behind those of before, and no VM moves") {
    SimFixture few({.vms = 50});
    SimFixture many({.vms = 50, .containers = 40, .volume_groups = 150});
    CHECK(many.all(kContainers).size() == 40);
    CHECK(many.all(kGroups).size() == 150);
    CHECK(few.all(kVms) == many.all(kVms));
    const json before = few.all(kContainers);
    const json after = many.all(kContainers);
    for (const json& container : before)
        CHECK(std::find(after.begin(), after.end(), container) != after.end());
}
