#include "vm_devices.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

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

std::optional<std::uint32_t> ipv4_number(std::string_view text) noexcept {
    std::uint32_t number = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    for (int part = 0; part < 4; ++part) {
        std::uint8_t byte = 0;
        const auto [next, error] = std::from_chars(at, end, byte);
        if (error != std::errc()) return std::nullopt;
        number = number << 8 | byte;
        at = next;
        if (part < 3 && (at == end || *at++ != '.')) return std::nullopt;
    }
    return at == end ? std::optional(number) : std::nullopt;
}

bool is_link_local(std::string_view text) noexcept {
    return text.starts_with("169.254.") || text.starts_with("fe80:") || text.starts_with("FE80:");
}

bool is_before(std::string_view a, std::string_view b) noexcept {
    const auto left = ipv4_number(a);
    const auto right = ipv4_number(b);
    if (left && right && *left != *right) return *left < *right;
    return left.has_value() != right.has_value() ? left.has_value() : a < b;
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

std::optional<std::int64_t> vlan_of(pf::Value network, std::string_view subnet,
                                    const Names& names) noexcept {
    if (const auto own = network["vlanId"].i64()) return own;
    // An overlay's number is no VLAN.
    if (names.subnet(subnet, SubnetField::type) != "VLAN") return std::nullopt;
    const std::string_view text = names.subnet(subnet, SubnetField::network_id);
    std::int64_t vlan = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), vlan);
    if (error != std::errc() || text.empty() || end != text.data() + text.size())
        return std::nullopt;
    return vlan;
}

// "scsi.0"; empty when the address is incomplete.
std::string_view device_name(pf::Value address, char (&buffer)[48]) noexcept {
    const std::string_view bus = address["busType"].str();
    const auto index = address["index"].i64();
    if (bus.empty() || bus.size() > 20 || !index) return {};
    char* at = std::transform(bus.begin(), bus.end(), buffer, [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    *at++ = '.';
    at = std::to_chars(at, buffer + sizeof buffer, *index).ptr;
    return {buffer, static_cast<std::size_t>(at - buffer)};
}

bool is_same_address(pf::Value a, pf::Value b) noexcept {
    return !a["busType"].str().empty() && a["busType"].str() == b["busType"].str() &&
           a["index"].i64() == b["index"].i64();
}

void write_disk(pf::Array& disks, std::int64_t index, pf::Value disk, std::string_view type,
                pf::Value boot_address, const Names& names) {
    const pf::Value backing = disk["backingInfo"];
    char buffer[48];
    pf::Object out = disks.object();
    out.put("device_index", index);
    out.text("device", device_name(disk["diskAddress"], buffer));
    out.put("disk_type", type);
    out.put("size", backing["diskSizeBytes"].i64());
    pf::Object tags = out.object("tags");
    const std::string_view uuid = disk["extId"].str();
    tags.text("uuid", uuid.empty() ? backing["diskExtId"].str() : uuid);
    const std::string_view container = backing["storageContainer"]["extId"].str();
    tags.text("storage_container", names.storage_containers.find(container));
    tags.text("storage_container_uuid", container);
    tags.text("volume_group", backing["volumeGroupExtId"].str());
    if (is_same_address(disk["diskAddress"], boot_address)) tags.put("boot", true);
}

}  // namespace

void Addresses::add(std::uint32_t nic, std::string_view text) {
    if (text.empty()) return;
    const bool is_there = std::any_of(found_.begin(), found_.end(), [&](const Address& address) {
        return address.nic == nic && address.text == text;
    });
    if (!is_there) found_.push_back({text, nic});
}

void Addresses::gather(pf::Value nics) {
    found_.clear();
    std::uint32_t index = 0;
    for (pf::Value nic : nics) {
        const pf::Value network = network_of(nic);
        const pf::Value config = network["ipv4Config"];
        add(index, config["ipAddress"]["value"].str());
        for (pf::Value each : config["secondaryIpAddressList"]) add(index, each["value"].str());
        for (pf::Value each : network["ipv4Info"]["learnedIpAddresses"]) {
            add(index, each["value"].str());
        }
        for (pf::Value each : network["ipv6Info"]["learnedIpv6Addresses"]) {
            add(index, each["value"].str());
        }
        ++index;
    }
    sorted_.clear();
    for (const Address& address : found_) sorted_.push_back(address.text);
    std::sort(sorted_.begin(), sorted_.end(), is_before);
    sorted_.erase(std::unique(sorted_.begin(), sorted_.end()), sorted_.end());
}

std::string_view Addresses::primary() const noexcept {
    for (const Address& address : found_) {
        if (!is_link_local(address.text)) return address.text;
    }
    return found_.empty() ? std::string_view() : found_.front().text;
}

void write_nics(pf::Object& data, pf::Value nics, const Addresses& addresses, const Names& names) {
    pf::Array list = data.array("nics");
    std::uint32_t index = 0;
    for (pf::Value nic : nics) {
        const pf::Value network = network_of(nic);
        const pf::Value backing = backing_of(nic);
        const std::string_view subnet = network["subnet"]["extId"].str();
        pf::Object out = list.object();
        out.put("device_index", index);
        out.text("nic_type", nic_type(network));
        {
            pf::Array ips = out.array("ip_addresses");
            addresses.each_of(index, [&](std::string_view text) { ips.add(text); });
        }
        out.text("mac_address", backing["macAddress"].str());
        out.text("cidr", names.subnet(subnet, SubnetField::cidr));
        pf::Object tags = out.object("tags");
        tags.text("uuid", nic["extId"].str());
        tags.text("subnet_uuid", subnet);
        tags.text("subnet_name", names.subnet(subnet, SubnetField::name));
        tags.put("connected", backing["isConnected"].boolean());
        tags.put("vlan", vlan_of(network, subnet, names));
        ++index;
    }
}

void write_network(pf::Object& data, pf::Value nics, const Names& names) {
    for (pf::Value nic : nics) {
        const std::string_view subnet = network_of(nic)["subnet"]["extId"].str();
        if (subnet.empty()) continue;
        {
            pf::Object out = data.object("subnet");
            out.put("subnet_id", subnet);
            out.text("subnet_name", names.subnet(subnet, SubnetField::name));
            out.text("cidr", names.subnet(subnet, SubnetField::cidr));
        }
        pf::Object out = data.object("vpc");
        out.text("vpc_id", names.subnet(subnet, SubnetField::vpc));
        return;
    }
}

void write_disks(pf::Object& data, pf::Value machine, const Names& names) {
    const pf::Value boot_address = machine["bootConfig"]["bootDevice"]["diskAddress"];
    pf::Array disks = data.array("disks");
    std::int64_t index = 0;
    for (pf::Value disk : machine["disks"]) {
        const bool is_group = !disk["backingInfo"]["volumeGroupExtId"].str().empty();
        write_disk(disks, index++, disk, is_group ? "VOLUME_GROUP" : "VM_DISK", boot_address,
                   names);
    }
    for (pf::Value drive : machine["cdRoms"]) {
        if (!drive["backingInfo"].exists()) continue;
        write_disk(disks, index++, drive, "CDROM", boot_address, names);
    }
}

void write_storage(pf::Object& data, pf::Value machine) {
    std::int64_t bytes = 0;
    std::int64_t count = 0;
    for (pf::Value disk : machine["disks"]) {
        const std::int64_t size = disk["backingInfo"]["diskSizeBytes"].i64(-1);
        if (size < 0 || size > std::numeric_limits<std::int64_t>::max() - bytes) continue;
        bytes += size;
        ++count;
    }
    pf::Object storage = data.object("storage");
    storage.put("provisioned_bytes", bytes);
    storage.put("disk_count", count);
}

}  // namespace vm
