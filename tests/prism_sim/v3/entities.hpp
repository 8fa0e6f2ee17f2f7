#pragma once
// One function per v3 entity: writes "status", "spec" and "metadata" into the object that is open.

#include <cstdint>
#include <vector>

#include "tests/prism_sim/json/json_writer.hpp"
#include "tests/prism_sim/model/alert_book.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"
#include "tests/prism_sim/model/vm_roster.hpp"
#include "tests/prism_sim/model/world.hpp"

namespace pf::sim::v3 {

/// How a VM is shown.
struct VmView {
    bool is_broken = false;          ///< In state ERROR, without resources.
    bool has_ipv6_addresses = true;  ///< Learned IPv6 addresses stand among the IP endpoints.
};

void write_vm(JsonWriter& out, const World& world, const VmFacts& vm, const VmView& view);
/// `is_broken`: in state ERROR, without resources.
void write_esxi_vm(JsonWriter& out, const World& world, std::uint32_t index, bool is_broken);
void write_recovery_point(JsonWriter& out, const World& world, const RecoveryPoint& point,
                          const RecoveryPointPart& part);
/// disk_list: disks, then CD-ROMs.
void write_vm_disks(JsonWriter& out, const World& world, const VmFacts& vm);
void write_vm_nics(JsonWriter& out, const World& world, const VmFacts& vm, const VmView& view);
void write_vm_gpus(JsonWriter& out, const VmFacts& vm);
void write_vm_guest_tools(JsonWriter& out, const VmFacts& vm);

/// Index world.clusters.size() is Prism Central's own entry.
void write_cluster(JsonWriter& out, const World& world, std::uint32_t index);
/// Index world.hosts.size() is Prism Central's own pseudo host, without a hypervisor.
void write_host(JsonWriter& out, const World& world, const VmRoster& roster, std::uint32_t index);
void write_subnet(JsonWriter& out, const World& world, std::uint32_t index);
void write_vpc(JsonWriter& out, const World& world, std::uint32_t index);
void write_floating_ip(JsonWriter& out, const World& world, std::uint32_t index);
void write_security_policy(JsonWriter& out, const World& world, std::uint32_t index);
void write_image(JsonWriter& out, const World& world, std::uint32_t index);
void write_project(JsonWriter& out, const World& world, std::uint32_t index);
/// `vms` are attached.
void write_volume_group(JsonWriter& out, const World& world, std::uint32_t index,
                        const std::vector<Uuid>& vms);
/// Titles and messages name parameters in braces.
void write_alert(JsonWriter& out, const World& world, const Alert& alert);
void write_protection_rule(JsonWriter& out, const World& world, std::uint32_t index);

}  // namespace pf::sim::v3
