#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/time_text.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

std::string_view type_text(const RecoveryPoint& point) {
    return point.is_application_consistent ? "APPLICATION_CONSISTENT" : "CRASH_CONSISTENT";
}

void write_part(ObjectWriter& out, const World& world, const RecoveryPoint& point,
                const RecoveryPointPart& part) {
    out.open_item("dataprotection.v4.config.VmRecoveryPoint");
    out.uuid("extId", part.id);
    out.text("name", point.name);
    out.uuid("vmExtId", vm_id(world, part.vm));
    out.plain("creationTime", TimeText(point.created_us).micros());
    if (point.parts.size() > 1) out.uuid("consistencyGroupExtId", point.consistency_group);
    out.plain("status", "COMPLETE");
    out.plain("recoveryPointType", type_text(point));
    out.uuid("locationAgnosticId", part.location_agnostic_id);
    out.close();
}

void write_volumes(ObjectWriter& out, const World& world, const RecoveryPoint& point) {
    out.open_list("volumeGroupRecoveryPoints");
    if (point.parts.empty()) {
        out.open_item("dataprotection.v4.config.VolumeGroupRecoveryPoint");
        out.uuid("extId", point.consistency_group);
        out.uuid("volumeGroupExtId", make_uuid(world.seed(), Kind::volume_group, 0));
        out.close();
    }
    out.close_list();
}

void write_user(ObjectWriter& out, const User& user) {
    out.open("createdBy", "vmm.v4.content.TemplateUser");
    out.uuid("extId", user.id);
    out.text("username", user.name);
    out.close();
}

}  // namespace

void write_recovery_point(ObjectWriter& out, const World& world, std::uint32_t index) {
    const RecoveryPoint& point = world.recovery_points[index];
    out.open_item("dataprotection.v4.config.RecoveryPoint");
    out.uuid("extId", point.id);
    out.text("name", point.name);
    out.uuid("locationAgnosticId", point.location_agnostic_id);
    out.plain("creationTime", TimeText(point.created_us).micros());
    if (point.expires_us != 0) out.plain("expirationTime", TimeText(point.expires_us).micros());
    out.plain("status", "COMPLETE");
    out.plain("recoveryPointType", type_text(point));
    out.uuid("ownerExtId", world.users[point.owner].id);
    if (out.since(1)) out.flag("isSecure", point.is_secure);
    if (out.since(2)) out.number("totalExclusiveUsageBytes", point.exclusive_bytes);
    out.open_list("locationReferences");
    out.open_item("dataprotection.v4.config.LocationReference");
    out.uuid("locationExtId", world.clusters[point.cluster].id);
    out.close();
    out.close_list();
    if (!point.parts.empty()) {
        out.open_list("vmRecoveryPoints");
        for (const RecoveryPointPart& part : point.parts) write_part(out, world, point, part);
        out.close_list();
    }
    write_volumes(out, world, point);
    out.close();
}

void write_template(ObjectWriter& out, const World& world, std::uint32_t index) {
    const Template& made = world.templates[index];
    out.open_item("vmm.v4.content.Template");
    out.uuid("extId", made.id);
    out.text("templateName", made.name);
    if (!made.description.empty()) out.text("templateDescription", made.description);
    out.plain("createTime", TimeText(made.created_us).micros());
    out.plain("updateTime", TimeText(made.created_us).micros());
    write_user(out, world.users[made.owner]);
    out.open("templateVersionSpec", "vmm.v4.content.TemplateVersionSpec");
    out.uuid("extId", made.version);
    out.text("versionName", made.version_name);
    if (!made.version_description.empty()) out.text("versionDescription", made.version_description);
    out.plain("createTime", TimeText(made.created_us).micros());
    write_user(out, world.users[made.owner]);
    out.flag("isActiveVersion", true);
    out.flag("isGcOverrideEnabled", index % 2 == 0);
    thread_local VmFacts vm;
    describe_vm(world, made.vm, vm);
    write_vm_spec(out, world, vm);
    out.close();
    out.close();
}

}  // namespace pf::sim
