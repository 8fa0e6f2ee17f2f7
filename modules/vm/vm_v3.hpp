// A virtual machine as Prism's API v3 shows it: {status, spec, metadata} of vms/list.
#pragma once

#include "vm_facts.hpp"

namespace vm {

// The VM's UUID, the same that v4 gives; empty when it has none.
std::string_view id_of_v3(pf::Value machine) noexcept;

// v3 lists the machines of all hypervisors; v4 has a list for each. One that does not tell its
// hypervisor, because it is in a state of error, counts as AHV's.
bool is_ahv_v3(pf::Value machine) noexcept;

// Reads everything about `machine` into `facts`, which are cleared before.
void read_v3(pf::Value machine, Facts& facts);

}  // namespace vm
