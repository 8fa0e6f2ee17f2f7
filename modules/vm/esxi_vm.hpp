// An ESXi virtual machine on a Nutanix cluster: what is known of it, and how both generations of
// Prism's API show it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "vm_facts.hpp"

namespace vm {

// What vCenter knows comes on top of what every machine has.
struct EsxiFacts : Facts {
    std::optional<std::int64_t> hardware_version;
    std::vector<std::string_view> port_groups;  // names, one for each of `nics`
};

// Both read everything about `machine` into `facts`, which are cleared before: of
// vmm.v4.esxi.config.Vm, and of the {status, spec, metadata} of vms/list.
void read_esxi_v4(pf::Value machine, EsxiFacts& facts);
void read_esxi_v3(pf::Value machine, EsxiFacts& facts);

}  // namespace vm
