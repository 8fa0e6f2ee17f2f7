// A virtual machine of any hypervisor as Prism's API v3 shows it: {status, spec, metadata} of
// vms/list.
#pragma once

#include "vm_facts.hpp"
#include "vm_names.hpp"

namespace vm {

// The VM's UUID, the same that v4 gives; empty when it has none.
std::string_view id_of_v3(pf::Value machine) noexcept;

// What a machine runs on; `unknown` when nobody could say.
enum class Hypervisor : std::uint8_t { ahv, esxi, other, unknown };

// v3 lists the machines of all hypervisors; v4 has a list for each. One in a state of error does
// not tell its hypervisor: its cluster does. Whoever is in no cluster counts as AHV's.
Hypervisor hypervisor_of_v3(pf::Value machine, const Names& names);

// Whether the machine, of either generation, is one of `wanted`. If not, it is settled: filtered,
// or skipped when its hypervisor is unknown, since its identity depends on it.
bool runs_on(Hypervisor wanted, pf::Call& call, pf::Value machine, bool is_v3, const Names& names);

// Reads everything about `machine` into `facts`, which are cleared before.
void read_v3(pf::Value machine, Facts& facts);

}  // namespace vm
