// Kind recovery_point: every recovery point of a virtual machine.
#include "recovery_point.hpp"

#include <limits>
#include <string>

#include "kinds.hpp"
#include "vm_names.hpp"
#include "vm_reference.hpp"
#include "vm_time.hpp"

namespace vm {
namespace {

constexpr std::int64_t gib = std::int64_t{1} << 30;

void write_recovery_point(pf::Object& data, const RecoveryPointFacts& facts, std::string& buffer) {
    pf::Object out = data.object("recovery_point");
    out.put("uuid", facts.id);
    out.text("type", facts.type);
    out.text("status", facts.status);
    out.text("created_at", whole_seconds(facts.created, buffer));
    out.text("expires_at", whole_seconds(facts.expires, buffer));
    out.text("location_agnostic_uuid", facts.location_agnostic_id);
    out.text("consistency_group_uuid", facts.consistency_group);
    out.text("owner_uuid", facts.owner);
    out.text("whole_uuid", facts.whole);
    out.put("secure", facts.is_secure);
}

// What is freed by deleting it changes whenever a neighbour is deleted, so it is told in whole GiB.
// Of a group only the sum is known, which must not be counted once per machine.
void write_usage(pf::Object& data, const RecoveryPointFacts& facts) {
    pf::Object usage = data.object("usage");
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() - gib;
    if (!facts.exclusive_bytes || *facts.exclusive_bytes < 0 || *facts.exclusive_bytes > most)
        return;
    const std::int64_t rounded =
        *facts.exclusive_bytes / gib * gib + (*facts.exclusive_bytes % gib != 0 ? gib : 0);
    usage.put(facts.parts > 1 ? "group_exclusive_bytes" : "exclusive_bytes", rounded);
}

void describe(pf::Row& row, const RecoveryPointFacts& facts, const Names& names,
              std::string& buffer) {
    row.name(facts.name);
    // Where it is kept; an archive outside of all clusters is Prism Central's.
    row.region(facts.location.uuid.empty() ? "prism-central" : facts.location.uuid);
    row.instance_type(facts.type);
    row.link(buffer.assign("/console/#page/explore/recovery_points/").append(facts.id));
    pf::Object data = row.data();
    write_recovery_point(data, facts, buffer);
    write_usage(data, facts);
    write_reference(row, data, "vm", facts.machine, names.vms);
    write_reference(row, data, "cluster", facts.location, names.clusters);
}

bool has_nameless_part(pf::Value parts) noexcept {
    for (pf::Value part : parts) {
        if (part["extId"].str().empty()) return true;
    }
    return false;
}

// A recovery point of v4: one row for each of its machines. One of volume groups only is none of
// ours. What is missing is said first, since the first word about an entity counts.
void collect_parts(pf::Call& call, const Order& order, pf::Value whole, const Names& names,
                   std::string& buffer) {
    const pf::Value parts = whole["vmRecoveryPoints"];
    if (parts.kind() != pf::Kind::array || parts.first().is_absent()) {
        if (whole["volumeGroupRecoveryPoints"].first().exists()) return call.filtered(whole);
        return call.skip(whole, "recovery_point.no_parts",
                         "a recovery point that shows neither machines nor volume groups");
    }
    if (has_nameless_part(parts)) {
        call.skip(whole, "recovery_point.no_id",
                  "a recovery point of a virtual machine without a UUID");
    }
    for (pf::Value part : parts) {
        const RecoveryPointFacts facts = recovery_point_v4(whole, part);
        if (facts.id.empty()) continue;
        pf::Row row = call.begin(order.output, whole, facts.id);
        describe(row, facts, names, buffer);
    }
}

}  // namespace

void collect_recovery_points(pf::Call& call, const Order& order) {
    pf::List points = call.list(Endpoint::recovery_points, {.cluster = order.cluster});
    auto at = points.begin();
    const bool is_v3 = points.dialect() == 3;
    const Names names(call, points.dialect());
    if (!is_v3) open_all({&names.clusters, &names.vms});
    std::string buffer;
    for (; at != points.end(); ++at) {
        if (!is_v3) {
            collect_parts(call, order, *at, names, buffer);
            continue;
        }
        const RecoveryPointFacts facts = recovery_point_v3(*at);
        if (facts.id.empty()) {
            call.skip(*at, "recovery_point.no_id",
                      "a recovery point of a virtual machine without a UUID");
            continue;
        }
        pf::Row row = call.begin(order.output, *at, facts.id);
        describe(row, facts, names, buffer);
    }
}

}  // namespace vm
