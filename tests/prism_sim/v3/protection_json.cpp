#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

constexpr std::uint64_t kFirstPolicyUs = 1'767'225'600'000'000ULL;

template <std::size_t K>
void write_retention(JsonWriter& out, const char (&key)[K], const ProtectionPolicy& policy,
                     std::uint32_t kept, std::string_view period) {
    out.open(key);
    if (policy.retention == RetentionForm::linear) {
        out.number("num_snapshots", kept);
    } else {
        out.open("rollup_retention_policy");
        out.number("multiple", kept);
        out.plain("snapshot_interval_type", period);
        out.close();
    }
    out.close();
}

void write_connection(JsonWriter& out, const ProtectionPolicy& policy, std::uint32_t source,
                      bool is_copied) {
    out.open_item();
    out.number("source_availability_zone_index", source);
    if (is_copied) out.number("destination_availability_zone_index", 1 - source);
    out.open_list("snapshot_schedule_list");
    out.open_item();
    out.number("recovery_point_objective_secs", policy.objective_seconds);
    out.plain("snapshot_type",
              policy.is_application_consistent ? "APPLICATION_CONSISTENT" : "CRASH_CONSISTENT");
    if (policy.suspend_seconds != 0)
        out.number("auto_suspend_timeout_secs", policy.suspend_seconds);
    if (policy.retention != RetentionForm::none) {
        write_retention(out, "local_snapshot_retention_policy", policy, policy.kept_locally,
                        "WEEKLY");
        if (is_copied)
            write_retention(out, "remote_snapshot_retention_policy", policy, policy.kept_remotely,
                            "MONTHLY");
    }
    out.close();
    out.close_list();
    out.close();
}

// One list of values per key.
void write_category_filter(JsonWriter& out, const World& world, const ProtectionPolicy& policy) {
    out.open("category_filter");
    out.plain("type", "CATEGORIES_MATCH_ANY");
    out.open_list("kind_list");
    out.element("vm");
    out.close_list();
    out.open("params");
    for (std::size_t i = 0; i < policy.categories.size(); ++i) {
        const Category& category = world.categories[policy.categories[i]];
        bool is_first = true;
        for (std::size_t k = 0; k < i; ++k)
            is_first &= world.categories[policy.categories[k]].key != category.key;
        if (!is_first) continue;
        out.open_list_by_name(category.key);
        for (std::size_t k = i; k < policy.categories.size(); ++k)
            if (world.categories[policy.categories[k]].key == category.key)
                out.element(world.categories[policy.categories[k]].value);
        out.close_list();
    }
    out.close();
    out.close();
}

}  // namespace

void write_protection_rule(JsonWriter& out, const World& world, std::uint32_t index) {
    const ProtectionPolicy& policy = world.protection_policies[index];
    out.open("status");
    out.text("name", policy.name);
    out.plain("state", "COMPLETE");
    out.text("description", policy.description);
    out.open("resources");
    if (!policy.start_time.empty()) out.plain("start_time", policy.start_time);
    out.open_list("ordered_availability_zone_list");
    for (const PolicyLocation& location : policy.locations) {
        out.open_item();
        out.uuid("availability_zone_url",
                 location.is_elsewhere ? other_central_id(world) : world.pc_id);
        if (location.cluster != kNone)
            out.uuid("cluster_uuid", world.clusters[location.cluster].id);
        out.close();
    }
    out.close_list();
    out.open_list("primary_location_list");
    out.element(0);
    out.close_list();
    out.open_list("availability_zone_connectivity_list");
    const bool is_copied = policy.locations.size() > 1;
    write_connection(out, policy, 0, is_copied);
    if (is_copied) write_connection(out, policy, 1, true);
    out.close_list();
    write_category_filter(out, world, policy);
    out.close();
    out.close();
    out.open("spec");
    out.text("name", policy.name);
    empty_object(out, "resources");
    out.close();
    write_metadata(out, world,
                   {.kind = "protection_rule",
                    .id = policy.id,
                    .created_us = kFirstPolicyUs,
                    .updated_us = kFirstPolicyUs,
                    .owner = 0,
                    .project = kNone});
}

}  // namespace pf::sim::v3
