#include "tests/prism_sim/model/protection_policies.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

void write_location(ObjectWriter& out, const World& world, const PolicyLocation& location,
                    bool is_primary) {
    out.open_item("datapolicies.v4.config.ReplicationLocation");
    out.plain("label", location.label);
    out.uuid("domainManagerExtId", location.is_elsewhere ? other_central_id(world) : world.pc_id);
    out.flag("isPrimary", is_primary);
    if (location.cluster != kNone) {
        out.open("replicationSubLocation", "datapolicies.v4.config.NutanixCluster");
        out.open_list("clusterExtIds");
        out.element(world.clusters[location.cluster].id);
        out.close_list();
        out.close();
        out.plain("$replicationSubLocationItemDiscriminator",
                  "datapolicies.v4.config.NutanixCluster");
    }
    out.close();
}

template <std::size_t K>
void write_rollup(ObjectWriter& out, const char (&key)[K], std::uint32_t frequency,
                  std::string_view period) {
    out.open(key, "datapolicies.v4.config.AutoRollupRetentionDetails");
    out.number("frequency", frequency);
    out.plain("snapshotIntervalType", period);
    out.close();
}

void write_retention(ObjectWriter& out, const ProtectionPolicy& policy, bool is_copied) {
    if (policy.retention == RetentionForm::none) return;
    if (policy.retention == RetentionForm::linear) {
        out.open("retention", "datapolicies.v4.config.LinearRetention");
        out.number("local", policy.kept_locally);
        if (is_copied) out.number("remote", policy.kept_remotely);
        out.close();
        out.plain("$retentionItemDiscriminator", "datapolicies.v4.config.LinearRetention");
        return;
    }
    out.open("retention", "datapolicies.v4.config.AutoRollupRetention");
    write_rollup(out, "local", policy.kept_locally, "WEEKLY");
    if (is_copied) write_rollup(out, "remote", policy.kept_remotely, "MONTHLY");
    out.close();
    out.plain("$retentionItemDiscriminator", "datapolicies.v4.config.AutoRollupRetention");
}

void write_configuration(ObjectWriter& out, const ProtectionPolicy& policy,
                         const PolicyLocation& source, const PolicyLocation* remote) {
    out.open_item("datapolicies.v4.config.ReplicationConfiguration");
    out.plain("sourceLocationLabel", source.label);
    if (remote != nullptr) out.plain("remoteLocationLabel", remote->label);
    out.open("schedule", "datapolicies.v4.config.Schedule");
    out.plain("recoveryPointType",
              policy.is_application_consistent ? "APPLICATION_CONSISTENT" : "CRASH_CONSISTENT");
    out.number("recoveryPointObjectiveTimeSeconds", policy.objective_seconds);
    write_retention(out, policy, remote != nullptr);
    if (!policy.start_time.empty()) out.plain("startTime", policy.start_time);
    if (policy.suspend_seconds != 0)
        out.number("syncReplicationAutoSuspendTimeoutSeconds", policy.suspend_seconds);
    out.close();
    out.close();
}

}  // namespace

void write_protection_policy(ObjectWriter& out, const World& world, std::uint32_t index) {
    const ProtectionPolicy& policy = world.protection_policies[index];
    out.open_item("datapolicies.v4.config.ProtectionPolicy");
    out.uuid("extId", policy.id);
    out.text("name", policy.name);
    if (!policy.description.empty()) out.text("description", policy.description);
    out.open_list("replicationLocations");
    for (std::size_t i = 0; i < policy.locations.size(); ++i)
        write_location(out, world, policy.locations[i], i == 0);
    out.close_list();
    out.open_list("replicationConfigurations");
    const PolicyLocation& primary = policy.locations.front();
    if (policy.locations.size() == 1) {
        write_configuration(out, policy, primary, nullptr);
    } else {
        write_configuration(out, policy, primary, &policy.locations[1]);
        write_configuration(out, policy, policy.locations[1], &primary);
    }
    out.close_list();
    out.open_list("categoryIds");
    for (const std::uint32_t category : policy.categories)
        out.element(world.categories[category].id);
    out.close_list();
    out.flag("isApprovalPolicyNeeded", false);
    out.uuid("ownerExtId", world.users[0].id);
    out.close();
}

}  // namespace pf::sim
