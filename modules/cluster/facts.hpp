// What is known of a cluster, a host and a physical disk, whichever generation of Prism's API told
// it. Texts are the page's; the memory serves one entity after the other.
#pragma once

#include <cstdint>
#include <optional>
#include <prismforet/module.hpp>
#include <string_view>
#include <vector>

namespace cluster {

using Count = std::optional<std::int64_t>;
using Truth = std::optional<bool>;
using Texts = std::vector<std::string_view>;

// Something an entity refers to.
struct Reference {
    std::string_view uuid;
    std::string_view name;
};

struct Software {
    std::string_view type;  // "NOS"
    std::string_view version;
};

// v4 gives the UUID, v3 key and value.
struct Category {
    std::string_view key;
    std::string_view value;
    std::string_view uuid;
};

struct Resilience {
    std::string_view domain_awareness;  // "NODE"
    Count tolerates;                    // failures at a time, now
    Count should_tolerate;
    std::string_view fault_tolerance;  // "CFT_1N_OR_1D"
    std::string_view wanted_fault_tolerance;
};

struct Network {
    std::string_view external_ip;
    std::string_view data_services_ip;
    std::string_view fqdn;
    std::string_view external_subnet;
    std::string_view internal_subnet;
    std::string_view vcenter_ip;
    Truth has_segmented_backplane;
    Texts name_servers;
    Texts time_servers;
};

struct ClusterFacts {
    // Ready for the next cluster.
    void clear();

    // It is Prism Central itself, which stands in the list of clusters.
    bool is_prism_central = false;

    std::string_view name;
    std::string_view aos_version;
    std::string_view full_version;
    std::string_view architecture;
    std::string_view timezone;
    std::string_view operation_mode;
    std::string_view type;  // "HYPER_CONVERGED"
    std::string_view upgrade_status;
    std::string_view encryption;
    Count redundancy_factor;
    Count node_count;
    Count vm_count;
    Truth is_available;
    Truth is_long_term_support;
    Truth has_remote_support;
    Texts functions;    // "AOS"
    Texts hypervisors;  // "AHV", each once
    Network network;
    Resilience resilience;
    std::vector<Software> software;
    std::vector<Category> categories;
};

// A disk as its host lists it; by v3 only the UUID is known.
struct HostDisk {
    std::string_view uuid;
    std::string_view serial;
    std::string_view tier;
    std::string_view mount_path;
    Count bytes;
};

struct Hypervisor {
    std::string_view type;  // "AHV"
    std::string_view version;
    std::string_view ip;
    std::string_view state;  // "ACROPOLIS_NORMAL"
    std::string_view connection;
};

struct Hardware {
    std::string_view cpu_model;
    Count sockets;
    Count cores;
    Count threads;
    Count cpu_hz;        // of all cores
    Count frequency_hz;  // of one
    Count memory_bytes;
    Texts gpus;
    std::string_view gpu_driver;
};

struct HostFacts {
    // Ready for the next host.
    void clear();

    // False: it is shown, without hypervisor and hardware. Prism Central shows its own VMs so.
    bool is_host() const noexcept;

    // False: Prism shows nothing but who it is. What is absent below is then not known.
    bool has_resources = true;

    Reference cluster;
    std::string_view name;
    std::string_view type;  // "HYPER_CONVERGED"
    std::string_view serial;
    std::string_view block_serial;
    std::string_view block_model;
    std::string_view node_status;
    std::string_view maintenance;  // "normal"
    Truth is_degraded;
    Truth is_secure_booted;
    Truth is_reboot_pending;
    Hypervisor hypervisor;
    Hardware hardware;
    Count vm_count;
    std::string_view cvm_ip;
    std::string_view cvm_backplane_ip;
    Truth is_cvm_in_maintenance;
    std::string_view ipmi_ip;
    std::vector<HostDisk> disks;
};

struct DiskFacts {
    Reference cluster;
    Reference host;
    std::string_view host_ip;
    std::string_view serial;
    std::string_view model;
    std::string_view vendor;
    std::string_view firmware;
    std::string_view wanted_firmware;
    std::string_view tier;    // "SSD_PCIE"
    std::string_view status;  // "NORMAL"
    std::string_view mount_path;
    std::string_view pcie_path;
    std::string_view storage_pool;  // UUID
    std::string_view cvm_id;
    std::string_view cvm_ip;
    Count slot;
    Count bytes;           // usable
    Count physical_bytes;  // of the device
    Truth is_online;
};

// Fill `facts` from an entity of that generation.
void read_v4(pf::Value cluster, ClusterFacts& facts);
void read_v3(pf::Value cluster, ClusterFacts& facts);
void read_v4(pf::Value host, HostFacts& facts);
void read_v3(pf::Value host, HostFacts& facts);
void read_v4(pf::Value disk, DiskFacts& facts);

// The text of an address in any of v4's forms: IPv4, IPv6 or a name; empty without one.
std::string_view address_of(pf::Value address) noexcept;

// A number of things or bytes; nothing when it is missing or below zero.
Count count_of(pf::Value value) noexcept;

// Appends `text` unless it is empty or already there.
void add_once(Texts& texts, std::string_view text);

}  // namespace cluster
