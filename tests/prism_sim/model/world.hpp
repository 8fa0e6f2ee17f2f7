#pragma once
// The parts of the simulated site that stay as they are: clusters, hosts, networks, containers,
// categories, projects. VMs are not here: they are described on demand (vm_facts.hpp).
// A World is built once and then only read, from any thread; what is changed of VMs later is in
// its edits. Relations are indexes into its vectors.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/prism_sim/model/address_text.hpp"
#include "tests/prism_sim/model/esxi_vm.hpp"
#include "tests/prism_sim/model/network.hpp"
#include "tests/prism_sim/model/protection.hpp"
#include "tests/prism_sim/model/protection_policies.hpp"
#include "tests/prism_sim/model/uuid.hpp"
#include "tests/prism_sim/model/vm_edits.hpp"
#include "tests/prism_sim/model/volumes.hpp"
#include "tests/prism_sim/readings.hpp"

namespace pf::sim {

inline constexpr std::uint32_t kNone = 0xffffffff;
inline constexpr std::uint32_t kDiskImages = 8, kIsoImages = 4;

std::string to_text_ipv4(Ipv4 address);

struct Cluster {
    Uuid id;
    std::string name;
    Ipv4 network = 0;  ///< First address of its /24 management network.
    std::uint32_t first_host = 0, host_count = 0;
    std::uint32_t first_subnet = 0, subnet_count = 0;  ///< VLANs of this cluster.
    std::uint32_t first_container = 0, container_count = 0;
    std::string timezone;
    bool is_esxi = false;  ///< Else AHV.
};

struct Host {
    Uuid id;
    std::string name;
    std::uint32_t cluster = 0;
    Ipv4 address = 0, cvm_address = 0, ipmi_address = 0;
    std::uint32_t sockets = 2, cores = 0;
    std::uint64_t frequency_hz = 0, memory_bytes = 0;
    std::string cpu_model, block_model, serial;
    std::uint32_t block = 0;
    std::uint64_t boot_time_us = 0;
    bool has_gpu = false;
    bool is_in_maintenance = false;
};

struct Subnet {
    Uuid id;
    std::string name, description;
    std::uint32_t cluster = kNone;  ///< kNone for overlay subnets.
    std::uint32_t network_id = 0;   ///< VLAN id, or the virtual network's number.
    std::uint32_t vpc = 0;
    Ipv4 base = 0;
    std::uint32_t host_bits = 8;
    bool is_managed = true;  ///< Prism assigns addresses (IPAM).
    bool is_external = false;
    std::uint32_t project = 0;
    std::vector<std::uint32_t> categories;
};

struct Container {
    Uuid id;
    std::string name;
    std::uint32_t cluster = 0;
    std::uint64_t capacity_bytes = 0;
    bool is_internal = false, is_compressed = false, is_erasure_coded = false;
};

enum class CategoryOrigin : std::uint8_t { user, system, internal };

struct Category {
    Uuid id;
    std::string key, value, description;
    CategoryOrigin origin = CategoryOrigin::user;
};

struct Project {
    Uuid id;
    std::string name, description;
    bool is_default = false;
    std::uint64_t created_us = 0;
};

enum class ImageType : std::uint8_t { disk, iso };

struct Image {
    Uuid id;
    std::string name, description;
    ImageType type = ImageType::disk;
    std::uint64_t bytes = 0, created_us = 0;
    std::string source_url;  ///< Empty: not loaded from a URL.
    std::uint32_t owner = kNone;
    std::uint32_t category = kNone;
    std::vector<std::uint32_t> clusters;  ///< Those holding a copy.
};

struct User {
    Uuid id;
    std::string name;
};

struct WorldSize {
    std::uint64_t seed = 7;
    std::uint32_t vms = 500;
    std::uint32_t clusters = 4;
    std::uint32_t hosts_per_cluster = 4;
    std::uint32_t containers = 0;  ///< In all; every cluster has at least three.
    std::uint32_t volume_groups = kVolumeGroupsOfVms;
    std::uint32_t subnets = 0;  ///< 0: three VLANs per cluster and four overlays.
    std::uint32_t floating_ips = 8;
    std::uint32_t policies = 6;
    std::uint32_t esxi_vms = 0;          ///< With any, the last quarter of the clusters is ESXi.
    std::uint32_t recovery_points = 40;  ///< Of single VMs.
    std::uint32_t templates = 3;
};

enum class NicForm : std::uint8_t { superseded, current, both };

/// What is true of the site besides its size.
struct WorldTraits {
    std::string pc_version = "pc.7.6";
    std::string account = "admin";  ///< Name of the first user.
    bool has_unknown_enums = false;
    NicForms nics = NicForms::mixed;
    PcSize pc_size = PcSize::small;
    std::uint32_t clusterless_vms = 0;  ///< Percent of VMs that name no cluster.
    bool lists_volume_disks = false;
    ProjectTimes project_times = ProjectTimes::microseconds;
};

struct World {
    WorldSize size;
    std::string pc_version;  ///< "pc.7.6"
    std::string pc_name;
    Uuid pc_id;
    Ipv4 pc_address = 0;
    bool has_unknown_enums = false;
    NicForms nics = NicForms::mixed;
    PcSize pc_size = PcSize::small;
    std::uint32_t clusterless_vms = 0;
    bool lists_volume_disks = false;
    ProjectTimes project_times = ProjectTimes::microseconds;
    std::vector<Cluster> clusters;
    std::uint32_t ahv_clusters = 0;  ///< Clusters from here on are ESXi.
    std::vector<Host> hosts;
    std::vector<Subnet> subnets;
    std::uint32_t first_overlay = 0;  ///< Subnets from here on are overlay.
    std::vector<Container> containers;
    std::vector<Category> categories;
    std::vector<Project> projects;
    std::vector<Image> images;  ///< The first kDiskImages are disk images, the rest ISO images.
    std::vector<User> users;
    std::vector<VolumeGroup> volume_groups;
    std::vector<ProtectionPolicy> protection_policies;
    Network network;
    std::vector<EsxiVm> esxi_vms;
    std::vector<RecoveryPoint> recovery_points;
    std::vector<Template> templates;
    std::shared_ptr<VmEdits> edits = std::make_shared<VmEdits>();

    [[nodiscard]] std::uint64_t seed() const { return size.seed; }
};

/// Builds the site. The same size gives the same site.
World build_world(const WorldSize& size, const WorldTraits& traits);

}  // namespace pf::sim
