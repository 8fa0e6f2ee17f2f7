// NICs and disks of a virtual machine, written.
#pragma once

#include "vm_facts.hpp"
#include "vm_names.hpp"

namespace vm {

// data.nics.
void write_nics(pf::Object& data, const Facts& facts, const Names& names);

// data.subnet and data.vpc: of the first NIC in a subnet.
void write_network(pf::Object& data, const Facts& facts, const Names& names);

// data.disks.
void write_disks(pf::Object& data, const Facts& facts, const Names& names);

// data.storage: the sum over the VM's own disks; no CD-ROMs, no volume groups.
void write_storage(pf::Object& data, const Facts& facts);

}  // namespace vm
