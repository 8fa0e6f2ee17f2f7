// The vm module: every AHV virtual machine of a Prism Central becomes one resource.
#include <prismforet/module.hpp>

#include "vm_names.hpp"
#include "vm_record.hpp"

namespace {

class VirtualMachines final : public pf::Inventory {
  public:
    void collect(pf::Call& call, std::uint32_t output, pf::Value,
                 std::string_view cluster) const override {
        const vm::Names names(call);
        vm::RecordWriter records(call, names);
        for (pf::Value machine : call.list(vm::Endpoint::vms, {.cluster = cluster})) {
            const std::string_view id = machine["extId"].str();
            if (id.empty()) {
                call.skip(machine, "vm.no_id", "a virtual machine without extId");
                continue;
            }
            pf::Row row = call.begin(output, machine, id);
            records.describe(row, machine, id);
        }
    }
};

}  // namespace

PF_MODULE(VirtualMachines)
