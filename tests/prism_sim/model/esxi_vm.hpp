#pragma once
// Virtual machines of the site's ESXi clusters, as vCenter tells Prism Central about them. They
// neither come nor go.

#include <cstdint>
#include <string>
#include <vector>

#include "tests/prism_sim/model/address_text.hpp"
#include "tests/prism_sim/model/uuid.hpp"

namespace pf::sim {

struct World;

enum class EsxiPower : std::uint8_t { on, off, suspended, undetermined };

struct EsxiDisk {
    Uuid id;
    std::uint64_t bytes = 0;
    std::uint32_t container = 0;  ///< Index into World::containers.
};

struct EsxiNic {
    Uuid id;
    std::uint64_t mac = 0;
    bool is_vmxnet3 = true;  ///< Else E1000E.
    bool is_connected = true;
    std::string port_group;
    Uuid port_group_id;  ///< v3 refers to it as to a subnet.
    std::vector<Ipv4> addresses;
};

struct EsxiVm {
    Uuid id;
    std::string name, description;
    std::uint32_t cluster = 0, host = 0;  ///< The host is known while it runs.
    EsxiPower power = EsxiPower::on;
    std::uint32_t cpus = 1, cores_per_socket = 1;
    std::uint64_t memory_bytes = 0, created_us = 0;
    const char* guest_system = "";  ///< vCenter's text; empty: it has none.
    std::uint32_t hardware_version = 19;
    std::uint32_t owner = 0;  ///< Index into World::users.
    bool has_guest_tools = false;
    bool has_cdrom = false;  ///< An empty drive.
    std::vector<std::uint32_t> categories;
    std::vector<EsxiDisk> disks;
    std::vector<EsxiNic> nics;

    [[nodiscard]] bool is_on_host() const { return power == EsxiPower::on; }
};

/// The machines of a world that has its clusters, hosts, containers, categories and users.
std::vector<EsxiVm> make_esxi_vms(const World& world);

[[nodiscard]] std::uint32_t esxi_vms_in_cluster(const World& world, std::uint32_t cluster);
[[nodiscard]] std::uint32_t esxi_vms_on_host(const World& world, std::uint32_t host);

}  // namespace pf::sim
