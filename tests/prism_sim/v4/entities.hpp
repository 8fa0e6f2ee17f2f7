#pragma once
// One function per v4 entity: writes it as a list element of the version the writer was made for.

#include "tests/prism_sim/model/vm_facts.hpp"
#include "tests/prism_sim/model/vm_roster.hpp"
#include "tests/prism_sim/model/world.hpp"
#include "tests/prism_sim/v4/object_writer.hpp"

namespace pf::sim {

void write_vm(ObjectWriter& out, const World& world, const VmFacts& vm);
/// `"vmSpec": {...}`: what a template makes; neither running nor anywhere.
void write_vm_spec(ObjectWriter& out, const World& world, const VmFacts& vm);
void write_vm_disks(ObjectWriter& out, const World& world, const VmFacts& vm);
void write_vm_cdroms(ObjectWriter& out, const World& world, const VmFacts& vm);
void write_vm_nics(ObjectWriter& out, const World& world, const VmFacts& vm);
void write_vm_gpus(ObjectWriter& out, const VmFacts& vm);
void write_vm_guest_tools(ObjectWriter& out, const VmFacts& vm);

/// Index world.clusters.size() is Prism Central's own entry.
void write_cluster(ObjectWriter& out, const World& world, const VmRoster& roster,
                   std::uint32_t index);
void write_host(ObjectWriter& out, const World& world, const VmRoster& roster, std::uint32_t index);
void write_disk(ObjectWriter& out, const World& world, std::uint32_t index);
void write_subnet(ObjectWriter& out, const World& world, std::uint32_t index);
void write_vpc(ObjectWriter& out, const World& world, std::uint32_t index);
void write_floating_ip(ObjectWriter& out, const World& world, std::uint32_t index);
void write_virtual_switch(ObjectWriter& out, const World& world, std::uint32_t index);
void write_gateway(ObjectWriter& out, const World& world, std::uint32_t index);
void write_security_policy(ObjectWriter& out, const World& world, std::uint32_t index);
/// `"metadata": {...}` of an entity of the networking namespace: owner, project, categories.
void write_network_metadata(ObjectWriter& out, const World& world, std::uint32_t project,
                            const std::vector<std::uint32_t>& categories);
void write_container(ObjectWriter& out, const World& world, std::uint32_t index);
void write_category(ObjectWriter& out, const World& world, std::uint32_t index);
void write_image(ObjectWriter& out, const World& world, std::uint32_t index);
void write_volume_group(ObjectWriter& out, const World& world, std::uint32_t index,
                        bool is_attached);
void write_volume_disk(ObjectWriter& out, const World& world, const VolumeDisk& disk);
void write_vm_attachment(ObjectWriter& out, const Uuid& vm, std::uint32_t index);
void write_protection_policy(ObjectWriter& out, const World& world, std::uint32_t index);
void write_esxi_vm(ObjectWriter& out, const World& world, std::uint32_t index);
void write_recovery_point(ObjectWriter& out, const World& world, std::uint32_t index);
void write_template(ObjectWriter& out, const World& world, std::uint32_t index);
void write_project(ObjectWriter& out, const World& world, std::uint32_t index);
void write_domain_manager(ObjectWriter& out, const World& world);

/// The fields of an IPv4Address whose object is open.
inline void write_address(ObjectWriter& out, Ipv4 address) {
    out.plain("value", Ipv4Text(address).view());
    out.number("prefixLength", 32);
}

/// `key: {...IPv4Address...}`
template <std::size_t K>
void write_ipv4(ObjectWriter& out, const char (&key)[K], Ipv4 address) {
    out.open_common(key, "common.v1.config.IPv4Address");
    write_address(out, address);
    out.close();
}

/// `key: {...IPAddress..., "ipv4": {...}}`
template <std::size_t K>
void write_ip(ObjectWriter& out, const char (&key)[K], Ipv4 address) {
    out.open_common(key, "common.v1.config.IPAddress");
    write_ipv4(out, "ipv4", address);
    out.close();
}

}  // namespace pf::sim
