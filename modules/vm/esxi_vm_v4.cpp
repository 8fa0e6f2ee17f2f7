#include <algorithm>

#include "esxi_vm.hpp"
#include "vm_v4.hpp"

namespace vm {
namespace {

// vCenter counts the vCPUs; AHV counts sockets.
Size size_of(pf::Value machine) noexcept {
    Size size;
    size.vcpus = count_of(machine["numCpus"]);
    size.cores_per_socket = count_of(machine["numCoresPerSocket"]);
    const bool divides = size.cores_per_socket > 0 && size.vcpus % size.cores_per_socket == 0;
    if (divides) size.sockets = size.vcpus / size.cores_per_socket;
    size.memory_bytes = std::max<std::int64_t>(machine["memorySizeBytes"].i64(0), 0);
    return size;
}

// Whether an address is a text or an object with a value is not verified; both are read.
void read_addresses(pf::Value list, std::uint32_t nic, Addresses& out) {
    for (pf::Value each : list) {
        const bool has_value = each.kind() == pf::Kind::object && each["value"].exists();
        out.add(nic, has_value ? each["value"].str() : each.str());
    }
}

void read_nics(pf::Value machine, EsxiFacts& out) {
    for (pf::Value entry : machine["nics"]) {
        const pf::Value backing = entry["backingInfo"];
        const pf::Value network = entry["networkInfo"];
        Nic nic;
        nic.uuid = entry["extId"].str();
        nic.type = backing["adapterType"].str();
        nic.mac = backing["macAddress"].str();
        nic.is_connected = backing["isConnected"].boolean();
        const auto number = static_cast<std::uint32_t>(out.nics.size());
        read_addresses(network["ipAddressInfo"]["ipv4Addresses"], number, out.addresses);
        read_addresses(network["ipAddressInfo"]["ipv6Addresses"], number, out.addresses);
        out.nics.push_back(nic);
        out.port_groups.push_back(network["portGroupInfo"]["name"].str());
    }
}

}  // namespace

void read_esxi_v4(pf::Value machine, EsxiFacts& facts) {
    facts.clear();
    facts.port_groups.clear();
    facts.name = machine["name"].str();
    facts.description = machine["description"].str();
    facts.power_state = machine["powerState"].str();
    facts.size = size_of(machine);
    read_guest_tools_v4(machine["nutanixGuestTools"], facts.guest_tools);
    facts.guest_tools.os_full_name = machine["guestOsName"].str();
    facts.hardware_version = machine["virtualHardwareVersion"].i64();
    facts.owner = machine["ownershipInfo"]["owner"]["extId"].str();
    facts.host.uuid = machine["host"]["extId"].str();
    facts.cluster.uuid = machine["cluster"]["extId"].str();
    read_disks_v4(machine, facts.disks);
    read_nics(machine, facts);
    for (pf::Value category : machine["categories"]) {
        facts.categories.push_back({{}, {}, category["extId"].str()});
    }
}

}  // namespace vm
