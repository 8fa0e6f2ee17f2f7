#include "vm_devices.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace vm {
namespace {

std::optional<std::int64_t> vlan_of(const Nic& nic, const Names& names) {
    if (nic.vlan) return nic.vlan;
    // An overlay's number is no VLAN.
    if (names.subnet(nic.subnet.uuid, SubnetField::type) != "VLAN") return std::nullopt;
    const std::string_view text = names.subnet(nic.subnet.uuid, SubnetField::network_id);
    std::int64_t vlan = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), vlan);
    if (error != std::errc() || text.empty() || end != text.data() + text.size())
        return std::nullopt;
    return vlan;
}

// "scsi.0"; empty when the address is incomplete.
std::string_view device_name(const DeviceAddress& address, char (&buffer)[48]) noexcept {
    if (address.bus.empty() || address.bus.size() > 20 || !address.index) return {};
    char* at = std::transform(address.bus.begin(), address.bus.end(), buffer, [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    *at++ = '.';
    at = std::to_chars(at, buffer + sizeof buffer, *address.index).ptr;
    return {buffer, static_cast<std::size_t>(at - buffer)};
}

bool is_same_address(const DeviceAddress& a, const DeviceAddress& b) noexcept {
    return !a.bus.empty() && a.bus == b.bus && a.index == b.index;
}

std::string_view type_of(Disk::Kind kind) noexcept {
    switch (kind) {
        case Disk::Kind::disk:
            return "VM_DISK";
        case Disk::Kind::volume_group:
            return "VOLUME_GROUP";
        case Disk::Kind::cd_rom:
            break;
    }
    return "CDROM";
}

void write_disk(pf::Array& disks, std::int64_t index, const Disk& disk, const DeviceAddress& boot,
                const Names& names) {
    char buffer[48];
    pf::Object out = disks.object();
    out.put("device_index", index);
    out.text("device", device_name(disk.address, buffer));
    out.put("disk_type", type_of(disk.kind));
    out.put("size", disk.size);
    pf::Object tags = out.object("tags");
    tags.text("uuid", disk.uuid);
    tags.text("storage_container", names.storage_containers.name_of(disk.container));
    tags.text("storage_container_uuid", disk.container.uuid);
    tags.text("volume_group", disk.volume_group);
    if (is_same_address(disk.address, boot)) tags.put("boot", true);
}

}  // namespace

void write_nics(pf::Object& data, const Facts& facts, const Names& names) {
    pf::Array list = data.array("nics");
    std::uint32_t index = 0;
    for (const Nic& nic : facts.nics) {
        pf::Object out = list.object();
        out.put("device_index", index);
        out.text("nic_type", nic.type);
        {
            pf::Array ips = out.array("ip_addresses");
            facts.addresses.each_of(index, [&](std::string_view text) { ips.add(text); });
        }
        out.text("mac_address", nic.mac);
        out.text("cidr", names.subnet(nic.subnet.uuid, SubnetField::cidr));
        pf::Object tags = out.object("tags");
        tags.text("uuid", nic.uuid);
        tags.text("subnet_uuid", nic.subnet.uuid);
        tags.text("subnet_name", names.subnets.name_of(nic.subnet));
        tags.put("connected", nic.is_connected);
        tags.put("vlan", vlan_of(nic, names));
        ++index;
    }
}

void write_network(pf::Object& data, const Facts& facts, const Names& names) {
    for (const Nic& nic : facts.nics) {
        const std::string_view subnet = nic.subnet.uuid;
        if (subnet.empty()) continue;
        {
            pf::Object out = data.object("subnet");
            out.put("subnet_id", subnet);
            out.text("subnet_name", names.subnets.name_of(nic.subnet));
            out.text("cidr", names.subnet(subnet, SubnetField::cidr));
        }
        pf::Object out = data.object("vpc");
        out.text("vpc_id", names.subnet(subnet, SubnetField::vpc));
        return;
    }
}

void write_disks(pf::Object& data, const Facts& facts, const Names& names) {
    const DeviceAddress boot = facts.boot ? facts.boot->device : DeviceAddress();
    pf::Array disks = data.array("disks");
    std::int64_t index = 0;
    for (const Disk& disk : facts.disks) write_disk(disks, index++, disk, boot, names);
}

void write_storage(pf::Object& data, const Facts& facts) {
    std::int64_t bytes = 0;
    std::int64_t count = 0;
    for (const Disk& disk : facts.disks) {
        const std::int64_t size = disk.size.value_or(-1);
        if (disk.kind == Disk::Kind::cd_rom || size < 0 ||
            size > std::numeric_limits<std::int64_t>::max() - bytes) {
            continue;
        }
        bytes += size;
        ++count;
    }
    pf::Object storage = data.object("storage");
    storage.put("provisioned_bytes", bytes);
    storage.put("disk_count", count);
}

}  // namespace vm
