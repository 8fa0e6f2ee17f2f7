#include "vm_v4.hpp"

#include <algorithm>

namespace vm {
namespace {

// Since 4.1 a NIC has nicNetworkInfo and nicBackingInfo; older servers send only the old pair.
pf::Value network_of(pf::Value nic) noexcept {
    const pf::Value network = nic["nicNetworkInfo"];
    return network.exists() ? network : nic["networkInfo"];
}
pf::Value backing_of(pf::Value nic) noexcept {
    const pf::Value backing = nic["nicBackingInfo"];
    return backing.exists() ? backing : nic["backingInfo"];
}

// Special NICs have no nicType; their object type tells.
std::string_view nic_type(pf::Value network) noexcept {
    const std::string_view type = network["nicType"].str();
    if (!type.empty()) return type;
    const std::string_view object = network["$objectType"].str();
    if (object.ends_with("SriovNicNetworkInfo")) return "SRIOV_NIC";
    if (object.ends_with("DpOffloadNicNetworkInfo")) return "DP_OFFLOAD_NIC";
    return {};
}

DeviceAddress address_of(pf::Value address) noexcept {
    return {address["busType"].str(), address["index"].i64()};
}

Size size_of(pf::Value machine) noexcept {
    Size size;
    size.sockets = count_of(machine["numSockets"]);
    size.cores_per_socket = count_of(machine["numCoresPerSocket"]);
    size.threads_per_core = count_of(machine["numThreadsPerCore"]);
    size.vcpus = vcpus_of(size);
    size.memory_bytes = std::max<std::int64_t>(machine["memorySizeBytes"].i64(0), 0);
    return size;
}

// The project moved from an object to a plain id; servers may send either.
std::string_view project_of(pf::Value machine) noexcept {
    const std::string_view inner = machine["project"]["extId"].str();
    const std::string_view plain = machine["projectExtId"].str();
    return plain.empty() ? inner : plain;
}

std::optional<Boot> boot_of(pf::Value machine) noexcept {
    const pf::Value config = machine["bootConfig"];
    if (!config.exists()) return std::nullopt;
    std::string_view type = config["$objectType"].str();
    if (type.empty()) type = machine["$bootConfigItemDiscriminator"].str();
    Boot boot;
    type = type.substr(type.rfind('.') + 1);
    boot.type = type == "UefiBoot" ? "UEFI" : type == "LegacyBoot" ? "LEGACY" : type;
    boot.is_secure = config["isSecureBootEnabled"].boolean();
    boot.device = address_of(config["bootDevice"]["diskAddress"]);
    return boot;
}

Disk disk_of(pf::Value entry, Disk::Kind kind) noexcept {
    Disk disk;
    disk.kind = kind;
    disk.uuid = entry["extId"].str();
    disk.address = address_of(entry["diskAddress"]);
    const pf::Value backing = entry["backingInfo"];
    if (disk.uuid.empty()) disk.uuid = backing["diskExtId"].str();
    disk.size = backing["diskSizeBytes"].i64();
    disk.container.uuid = backing["storageContainer"]["extId"].str();
    disk.image = backing["dataSource"]["reference"]["imageExtId"].str();
    disk.volume_group = backing["volumeGroupExtId"].str();
    if (kind == Disk::Kind::disk && !disk.volume_group.empty()) {
        disk.kind = Disk::Kind::volume_group;
    }
    return disk;
}

void read_addresses(pf::Value network, std::uint32_t nic, Addresses& out) {
    const pf::Value config = network["ipv4Config"];
    out.add(nic, config["ipAddress"]["value"].str());
    for (pf::Value each : config["secondaryIpAddressList"]) out.add(nic, each["value"].str());
    for (pf::Value each : network["ipv4Info"]["learnedIpAddresses"]) {
        out.add(nic, each["value"].str());
    }
    for (pf::Value each : network["ipv6Info"]["learnedIpv6Addresses"]) {
        out.add(nic, each["value"].str());
    }
}

void read_nics(pf::Value machine, Facts& out) {
    for (pf::Value entry : machine["nics"]) {
        Nic nic;
        nic.uuid = entry["extId"].str();
        const pf::Value backing = backing_of(entry);
        nic.mac = backing["macAddress"].str();
        nic.is_connected = backing["isConnected"].boolean();
        const pf::Value network = network_of(entry);
        nic.type = nic_type(network);
        nic.subnet.uuid = network["subnet"]["extId"].str();
        nic.vlan = network["vlanId"].i64();
        read_addresses(network, static_cast<std::uint32_t>(out.nics.size()), out.addresses);
        out.nics.push_back(nic);
    }
}

void read_gpus(pf::Value machine, std::vector<Gpu>& out) {
    for (pf::Value gpu : machine["gpus"]) {
        out.push_back({gpu["name"].str(), gpu["vendor"].str(), gpu["mode"].str(),
                       gpu["frameBufferSizeBytes"].i64()});
    }
}

}  // namespace

std::string_view id_of_v4(pf::Value machine) noexcept { return machine["extId"].str(); }

void read_disks_v4(pf::Value machine, std::vector<Disk>& out) {
    for (pf::Value disk : machine["disks"]) out.push_back(disk_of(disk, Disk::Kind::disk));
    for (pf::Value drive : machine["cdRoms"]) {
        if (drive["backingInfo"].exists()) out.push_back(disk_of(drive, Disk::Kind::cd_rom));
    }
}

void read_guest_tools_v4(pf::Value tools, GuestTools& out) noexcept {
    out.exist = tools.exists();
    if (!out.exist) return;
    out.version = tools["version"].str();
    out.is_installed = tools["isInstalled"].boolean();
    out.is_enabled = tools["isEnabled"].boolean();
    out.os_version = tools["guestOsVersion"].str();
    const pf::Value guest = tools["guestInfo"];
    out.os_full_name = guest["guestOsFullName"].str();
    out.hostname = guest["dnsName"]["value"].str();
    out.last_boot = guest["lastBootUpTime"].str();
}

// In the order Prism writes the members, which is the quickest to find them in. guestCustomization
// is never read: it may hold passwords.
void read_v4(pf::Value machine, Facts& facts) {
    facts.clear();
    facts.name = machine["name"].str();
    facts.description = machine["description"].str();
    facts.created = machine["createTime"].str();
    facts.size = size_of(machine);
    facts.bios_uuid = machine["biosUuid"].str();
    for (pf::Value category : machine["categories"]) {
        facts.categories.push_back({{}, {}, category["extId"].str()});
    }
    facts.custom_attributes = machine["customAttributes"];
    facts.project.uuid = project_of(machine);
    facts.owner = machine["ownershipInfo"]["owner"]["extId"].str();
    facts.host.uuid = machine["host"]["extId"].str();
    facts.cluster.uuid = machine["cluster"]["extId"].str();
    facts.availability_zone = machine["availabilityZone"]["extId"].str();
    read_guest_tools_v4(machine["guestTools"], facts.guest_tools);
    facts.timezone = machine["hardwareClockTimezone"].str();
    facts.boot = boot_of(machine);
    facts.machine_type = machine["machineType"].str();
    facts.power_state = machine["powerState"].str();
    facts.has_vtpm = machine["vtpmConfig"]["isVtpmEnabled"].boolean();
    facts.is_agent = machine["isAgentVm"].boolean();
    facts.protection_type = machine["protectionType"].str();
    facts.protection_policy = machine["protectionPolicyState"]["policy"]["extId"].str();
    read_disks_v4(machine, facts.disks);
    read_nics(machine, facts);
    read_gpus(machine, facts.gpus);
}

}  // namespace vm
