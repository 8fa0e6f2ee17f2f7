#include "policy_facts.hpp"

#include <algorithm>

namespace management {
namespace {

// A position that is there; a number that is none says nothing.
std::optional<std::size_t> position(pf::Value value, const Policy& policy) {
    const std::int64_t at = value.i64(-1);
    if (at < 0 || static_cast<std::uint64_t>(at) >= policy.locations.size()) return std::nullopt;
    return static_cast<std::size_t>(at);
}

std::optional<std::size_t> labelled(pf::Value value, const Policy& policy) {
    const std::string_view label = value.str();
    if (label.empty()) return std::nullopt;
    const auto at = std::find_if(policy.locations.begin(), policy.locations.end(),
                                 [&](const Location& location) { return location.label == label; });
    if (at == policy.locations.end()) return std::nullopt;
    return static_cast<std::size_t>(at - policy.locations.begin());
}

// A linear retention is a number, a rollup an object of how many of which period.
Retention retention_v4(pf::Value value) {
    if (value.kind() == pf::Kind::integer) return {value.i64(), std::nullopt, {}};
    return {std::nullopt, value["frequency"].i64(), value["snapshotIntervalType"].str()};
}

Retention retention_v3(pf::Value value) {
    const pf::Value rollup = value["rollup_retention_policy"];
    return {value["num_snapshots"].i64(), rollup["multiple"].i64(),
            rollup["snapshot_interval_type"].str()};
}

// Without a word about it the first location is the primary one.
void mark_primary(Policy& policy) {
    const bool is_told = std::any_of(policy.locations.begin(), policy.locations.end(),
                                     [](const Location& location) { return location.is_primary; });
    if (!is_told && !policy.locations.empty()) policy.locations.front().is_primary = true;
}

void read_locations_v4(pf::Value list, Policy& policy) {
    for (const pf::Value entry : list) {
        Location location;
        location.label = entry["label"].str();
        location.central = entry["domainManagerExtId"].str();
        location.is_primary = entry["isPrimary"].boolean(false);
        for (const pf::Value cluster : entry["replicationSubLocation"]["clusterExtIds"]) {
            if (!cluster.str().empty()) location.clusters.push_back({cluster.str(), {}});
        }
        policy.locations.push_back(std::move(location));
    }
    mark_primary(policy);
}

void read_locations_v3(pf::Value resources, Policy& policy) {
    for (const pf::Value entry : resources["ordered_availability_zone_list"]) {
        Location location;
        location.central = entry["availability_zone_url"].str();
        const std::string_view cluster = entry["cluster_uuid"].str();
        if (!cluster.empty()) location.clusters.push_back({cluster, {}});
        policy.locations.push_back(std::move(location));
    }
    for (const pf::Value entry : resources["primary_location_list"]) {
        if (const auto at = position(entry, policy)) policy.locations[*at].is_primary = true;
    }
    mark_primary(policy);
}

void read_schedules_v3(pf::Value resources, Policy& policy) {
    for (const pf::Value link : resources["availability_zone_connectivity_list"]) {
        for (const pf::Value entry : link["snapshot_schedule_list"]) {
            Schedule schedule;
            schedule.source = position(link["source_availability_zone_index"], policy);
            schedule.target = position(link["destination_availability_zone_index"], policy);
            schedule.objective_seconds = entry["recovery_point_objective_secs"].i64();
            schedule.consistency = entry["snapshot_type"].str();
            schedule.start_time = resources["start_time"].str();
            schedule.suspend_seconds = entry["auto_suspend_timeout_secs"].i64();
            schedule.local = retention_v3(entry["local_snapshot_retention_policy"]);
            schedule.remote = retention_v3(entry["remote_snapshot_retention_policy"]);
            policy.schedules.push_back(schedule);
        }
    }
}

}  // namespace

void Policy::clear() {
    id = name = description = owner = {};
    needs_approval = std::nullopt;
    locations.clear();
    schedules.clear();
    categories.clear();
}

void read_policy_v4(pf::Value entity, Policy& policy) {
    policy.clear();
    policy.id = entity["extId"].str();
    policy.name = entity["name"].str();
    policy.description = entity["description"].str();
    policy.owner = entity["ownerExtId"].str();
    policy.needs_approval = entity["isApprovalPolicyNeeded"].boolean();
    read_locations_v4(entity["replicationLocations"], policy);
    for (const pf::Value entry : entity["replicationConfigurations"]) {
        const pf::Value plan = entry["schedule"];
        Schedule schedule;
        schedule.source = labelled(entry["sourceLocationLabel"], policy);
        schedule.target = labelled(entry["remoteLocationLabel"], policy);
        schedule.objective_seconds = plan["recoveryPointObjectiveTimeSeconds"].i64();
        schedule.consistency = plan["recoveryPointType"].str();
        schedule.start_time = plan["startTime"].str();
        schedule.suspend_seconds = plan["syncReplicationAutoSuspendTimeoutSeconds"].i64();
        schedule.local = retention_v4(plan["retention"]["local"]);
        schedule.remote = retention_v4(plan["retention"]["remote"]);
        policy.schedules.push_back(schedule);
    }
    for (const pf::Value category : entity["categoryIds"]) {
        if (!category.str().empty()) policy.categories.push_back({{}, {}, category.str()});
    }
}

void read_policy_v3(pf::Value entity, Policy& policy) {
    policy.clear();
    const pf::Value status = entity["status"];
    const pf::Value resources = status["resources"];
    policy.name = status["name"].str(entity["spec"]["name"].str());
    policy.description = status["description"].str();
    read_locations_v3(resources, policy);
    read_schedules_v3(resources, policy);
    for (const auto& [key, values] : resources["category_filter"]["params"].members()) {
        for (const pf::Value value : values) {
            if (!value.str().empty()) policy.categories.push_back({key, value.str(), {}});
        }
    }
    policy.id = entity["metadata"]["uuid"].str();
    policy.owner = entity["metadata"]["owner_reference"]["uuid"].str();
}

}  // namespace management
