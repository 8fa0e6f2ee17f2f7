#include "vm_v3.hpp"

#include <algorithm>

#include "vm_categories.hpp"

namespace vm {
namespace {

Reference reference_of(pf::Value reference) noexcept {
    return {reference["uuid"].str(), reference["name"].str()};
}

// What Prism observes is in `status`; `spec` is what somebody wanted, and all there is of a VM that
// could not be made.
Reference cluster_of(pf::Value machine) noexcept {
    const Reference observed = reference_of(machine["status"]["cluster_reference"]);
    return observed.uuid.empty() ? reference_of(machine["spec"]["cluster_reference"]) : observed;
}

DeviceAddress address_of(pf::Value address) noexcept {
    return {address["adapter_type"].str(), address["device_index"].i64()};
}

Size size_of(pf::Value resources) noexcept {
    Size size;
    size.sockets = count_of(resources["num_sockets"]);
    size.cores_per_socket = count_of(resources["num_vcpus_per_socket"]);
    size.threads_per_core = count_of(resources["num_threads_per_core"]);
    size.vcpus = vcpus_of(size);
    size.memory_bytes = bytes_of_mib(resources["memory_size_mib"].i64()).value_or(0);
    return size;
}

// Nothing for a word that says neither.
std::optional<bool> is_word(UnknownWord said, std::string_view yes, std::string_view no,
                            Facts& facts) {
    if (said.word == yes) return true;
    if (said.word == no) return false;
    if (!said.word.empty()) facts.unknown_words.push_back(said);
    return std::nullopt;
}

void read_guest_tools(pf::Value tools, Facts& facts) {
    GuestTools& out = facts.guest_tools;
    out.exist = tools.exists();
    if (!out.exist) return;
    out.is_enabled =
        is_word({"guest tools state", tools["state"].str()}, "ENABLED", "DISABLED", facts);
    out.is_installed = is_word({"guest tools ngt_state", tools["ngt_state"].str()}, "INSTALLED",
                               "UNINSTALLED", facts);
    out.version = tools["version"].str();
    out.os_version = tools["guest_os_version"].str();
}

std::optional<Boot> boot_of(pf::Value config) noexcept {
    if (!config.exists()) return std::nullopt;
    const std::string_view type = config["boot_type"].str();
    Boot boot;
    boot.type = type == "SECURE_BOOT" ? "UEFI" : type;
    if (boot.type == "UEFI") boot.is_secure = type == "SECURE_BOOT";
    boot.device = address_of(config["boot_device"]["disk_address"]);
    return boot;
}

std::optional<std::int64_t> size_of_disk(pf::Value entry) noexcept {
    const auto bytes = entry["disk_size_bytes"].i64();
    return bytes ? bytes : bytes_of_mib(entry["disk_size_mib"].i64());
}

Disk disk_of(pf::Value entry, Disk::Kind kind) noexcept {
    Disk disk;
    disk.kind = kind;
    disk.uuid = entry["uuid"].str();
    disk.address = address_of(entry["device_properties"]["disk_address"]);
    disk.container = reference_of(entry["storage_config"]["storage_container_reference"]);
    const pf::Value source = entry["data_source_reference"];
    if (source["kind"].str() == "image") disk.image = source["uuid"].str();
    disk.volume_group = entry["volume_group_reference"]["uuid"].str();
    if (kind == Disk::Kind::disk && !disk.volume_group.empty()) {
        disk.kind = Disk::Kind::volume_group;
    }
    if (disk.kind != Disk::Kind::volume_group) disk.size = size_of_disk(entry);
    return disk;
}

// One list has both; the order is that of v4: disks, then drives that hold something. A device of
// another type is shown as a disk.
void read_disks(pf::Value list, Facts& facts) {
    std::vector<Disk>& out = facts.disks;
    for (const bool drives : {false, true}) {
        for (pf::Value entry : list) {
            const std::string_view type = entry["device_properties"]["device_type"].str();
            const bool is_drive = type == "CDROM";
            if (is_drive != drives) continue;
            if (!is_drive && !type.empty() && type != "DISK") {
                facts.unknown_words.push_back({"type of a disk", type});
            }
            const Disk disk = disk_of(entry, is_drive ? Disk::Kind::cd_rom : Disk::Kind::disk);
            const bool holds_something =
                disk.size.value_or(0) > 0 || !disk.image.empty() || !disk.container.uuid.empty();
            if (!is_drive || holds_something) out.push_back(disk);
        }
    }
}

// One list has all addresses; the order is that of v4: assigned, learned IPv4, learned IPv6.
void read_addresses(pf::Value endpoints, std::uint32_t nic, Facts& facts) {
    Addresses& out = facts.addresses;
    for (pf::Value endpoint : endpoints) {
        const std::string_view type = endpoint["type"].str();
        if (!type.empty() && type != "ASSIGNED" && type != "LEARNED") {
            facts.unknown_words.push_back({"type of an address", type});
        }
    }
    const auto add = [&](bool assigned, bool ipv6) {
        for (pf::Value endpoint : endpoints) {
            const std::string_view ip = endpoint["ip"].str();
            const bool is_assigned = endpoint["type"].str() == "ASSIGNED";
            const bool is_ipv6 = ip.find(':') != ip.npos;
            if (is_assigned == assigned && (assigned || is_ipv6 == ipv6)) out.add(nic, ip);
        }
    };
    add(true, false);
    add(false, false);
    add(false, true);
}

void read_nics(pf::Value list, Facts& out) {
    for (pf::Value entry : list) {
        Nic nic;
        nic.uuid = entry["uuid"].str();
        nic.type = entry["nic_type"].str();
        nic.mac = entry["mac_address"].str();
        nic.is_connected = entry["is_connected"].boolean();
        nic.subnet = reference_of(entry["subnet_reference"]);
        read_addresses(entry["ip_endpoint_list"], static_cast<std::uint32_t>(out.nics.size()), out);
        out.nics.push_back(nic);
    }
}

void read_gpus(pf::Value list, std::vector<Gpu>& out) {
    for (pf::Value gpu : list) {
        out.push_back({gpu["name"].str(), gpu["vendor"].str(), gpu["mode"].str(),
                       bytes_of_mib(gpu["frame_buffer_size_mib"].i64())});
    }
}

void read_resources(pf::Value resources, Facts& facts) {
    facts.size = size_of(resources);
    facts.power_state = resources["power_state"].str();
    facts.host = reference_of(resources["host_reference"]);
    facts.machine_type = resources["machine_type"].str();
    facts.bios_uuid = resources["bios_uuid"].str();
    facts.timezone = resources["hardware_clock_timezone"].str();
    facts.is_agent = resources["is_agent_vm"].boolean();
    facts.has_vtpm = resources["vtpm_config"]["vtpm_enabled"].boolean();
    facts.boot = boot_of(resources["boot_config"]);
    read_guest_tools(resources["guest_tools"]["nutanix_guest_tools"], facts);
    facts.protection_type = resources["protection_type"].str();
    facts.protection_policy =
        resources["protection_policy_state"]["policy_reference"]["uuid"].str();
    read_disks(resources["disk_list"], facts);
    read_nics(resources["nic_list"], facts);
    read_gpus(resources["gpu_list"], facts.gpus);
}

// An ESXi cluster may have AHV nodes for storage, which run no machines.
Hypervisor hypervisor_of(std::string_view cluster, const Names& names) {
    if (cluster.empty()) return Hypervisor::ahv;
    if (names.clusters.hides(cluster)) return Hypervisor::unknown;
    const std::string_view types =
        names.clusters.find(cluster, static_cast<std::uint32_t>(ClusterField::hypervisors));
    return types.find("ESX") == std::string_view::npos ? Hypervisor::ahv : Hypervisor::esxi;
}

}  // namespace

std::string_view id_of_v3(pf::Value machine) noexcept { return machine["metadata"]["uuid"].str(); }

Hypervisor hypervisor_of_v3(pf::Value machine, const Names& names) {
    const std::string_view type = machine["status"]["resources"]["hypervisor_type"].str();
    if (type.empty()) return hypervisor_of(cluster_of(machine).uuid, names);
    if (type == "AHV") return Hypervisor::ahv;
    const bool is_esxi = type == "ESX" || type == "ESXI" || type == "ESXi";
    return is_esxi ? Hypervisor::esxi : Hypervisor::other;
}

bool runs_on(Hypervisor wanted, pf::Call& call, pf::Value machine, bool is_v3, const Names& names) {
    if (!is_v3) return true;
    const Hypervisor found = hypervisor_of_v3(machine, names);
    if (found == wanted) return true;
    if (found == Hypervisor::unknown) {
        call.skip(machine, "vm.no_hypervisor",
                  "neither the virtual machine nor its cluster tells the hypervisor");
    } else {
        call.filtered(machine);
    }
    return false;
}

void read_v3(pf::Value machine, Facts& facts) {
    facts.clear();
    const pf::Value status = machine["status"];
    const pf::Value metadata = machine["metadata"];
    facts.name = status["name"].str(machine["spec"]["name"].str());
    facts.description = status["description"].str();
    facts.cluster = cluster_of(machine);
    facts.created = metadata["creation_time"].str();
    facts.project = reference_of(metadata["project_reference"]);
    facts.owner = metadata["owner_reference"]["uuid"].str();
    if (!read_categories_v3(metadata, facts.categories)) {
        facts.unknown_words.push_back({"categories_mapping", "no object"});
    }
    const pf::Value resources = status["resources"];
    facts.has_resources = resources.kind() == pf::Kind::object && !resources.first().is_absent();
    if (facts.has_resources) {
        read_resources(resources, facts);
    } else {
        facts.trouble = status["message_list"].first()["message"].str();
    }
}

}  // namespace vm
