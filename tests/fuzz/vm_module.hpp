// The vm module as the host has it in service: one instance, made through the ABI, for the life of
// the process.
#pragma once

#include <memory>

#include "host/services/descriptor.hpp"
#include "prismforet/abi/inventory.h"

namespace pf::fuzz {

struct VmModule {
    std::shared_ptr<const host::services::Descriptor> descriptor;
    const pf_inventory* inventory = nullptr;
    void* self = nullptr;
};

const VmModule& vm_module();

}  // namespace pf::fuzz
