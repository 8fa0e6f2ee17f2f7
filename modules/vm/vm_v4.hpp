// A virtual machine as Prism's API v4 shows it: vmm.v4.ahv.config.Vm.
#pragma once

#include "vm_facts.hpp"

namespace vm {

// The VM's UUID; empty when it has none.
std::string_view id_of_v4(pf::Value machine) noexcept;

// Reads everything about `machine` into `facts`, which are cleared before.
void read_v4(pf::Value machine, Facts& facts);

// Parts that machines of ESXi have in the same form: disks and CD-ROM drives that hold something,
// and the guest tools.
void read_disks_v4(pf::Value machine, std::vector<Disk>& out);
void read_guest_tools_v4(pf::Value tools, GuestTools& out) noexcept;

}  // namespace vm
