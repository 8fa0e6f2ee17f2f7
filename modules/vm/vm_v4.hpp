// A virtual machine as Prism's API v4 shows it: vmm.v4.ahv.config.Vm.
#pragma once

#include "vm_facts.hpp"

namespace vm {

// The VM's UUID; empty when it has none.
std::string_view id_of_v4(pf::Value machine) noexcept;

// Reads everything about `machine` into `facts`, which are cleared before.
void read_v4(pf::Value machine, Facts& facts);

}  // namespace vm
