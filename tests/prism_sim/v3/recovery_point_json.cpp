#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {

void write_recovery_point(JsonWriter& out, const World& world, const RecoveryPoint& point,
                          const RecoveryPointPart& part) {
    const Cluster& cluster = world.clusters[point.cluster];
    const std::string vm = vm_name(world, part.vm);
    out.open("status");
    out.text("name", point.name);
    out.plain("state", "COMPLETE");
    reference(out, "cluster_reference", "cluster", cluster.id, cluster.name);
    out.open("resources");
    reference(out, "parent_vm_reference", "vm", vm_id(world, part.vm), vm);
    out.plain("recovery_point_type",
              point.is_application_consistent ? "APPLICATION_CONSISTENT" : "CRASH_CONSISTENT");
    out.plain("creation_time", TimeText(point.created_us).seconds());
    if (point.expires_us != 0) out.plain("expiration_time", TimeText(point.expires_us).seconds());
    if (point.parts.size() > 1) out.uuid("consistency_group_uuid", point.consistency_group);
    out.uuid("vm_recovery_point_location_agnostic_uuid", part.location_agnostic_id);
    out.close();
    out.close();
    out.open("spec");
    out.text("name", point.name);
    empty_object(out, "resources");
    out.close();
    write_metadata(out, world,
                   {.kind = "vm_recovery_point",
                    .id = part.id,
                    .created_us = point.created_us,
                    .updated_us = point.created_us,
                    .owner = point.owner});
}

}  // namespace pf::sim::v3
