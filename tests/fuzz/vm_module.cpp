#include "tests/fuzz/vm_module.hpp"

#include <string_view>

#include "host/loader/descriptor.hpp"
#include "host/services/document.hpp"
#include "host/services/host.hpp"
#include "prismforet/abi/module.h"
#include "tests/fuzz/fuzz.hpp"

// The registrar is ours to define: modules only pass it back.
struct pf_registrar {
    pf::fuzz::VmModule* module;
};

namespace pf::fuzz {
namespace {

pf_status add(pf_registrar* registrar, pf_str /*concern*/, const void* table, void* self) noexcept {
    registrar->module->inventory = static_cast<const pf_inventory*>(table);
    registrar->module->self = self;
    return PF_OK;
}

VmModule make() {
    VmModule made;
    const pf_module* const module = pf_module_entry_v0();
    auto descriptor = host::loader::parse_descriptor(
        std::string_view(module->descriptor.ptr, module->descriptor.len));
    require(descriptor.ok(), "the module has a descriptor", descriptor.status().text());
    made.descriptor =
        std::make_shared<const host::services::Descriptor>(std::move(descriptor).value());
    host::services::Document config;
    require(config.parse("{}").ok(), "an empty configuration is JSON");
    pf_registrar registrar{&made};
    void* self = nullptr;
    const pf_status status = module->create(host::services::host_for_module("vm"), config.root(),
                                            add, &registrar, &self);
    require(status == PF_OK && made.inventory != nullptr, "the module can be made");
    return made;
}

}  // namespace

const VmModule& vm_module() {
    static const VmModule one = make();
    return one;
}

}  // namespace pf::fuzz
