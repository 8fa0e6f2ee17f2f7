// The vm module: every AHV virtual machine of a Prism Central becomes one resource.
#include <prismforet/module.hpp>

#include "vm_names.hpp"
#include "vm_record.hpp"
#include "vm_v3.hpp"
#include "vm_v4.hpp"

namespace {

class VirtualMachines final : public pf::Inventory {
  public:
    void collect(pf::Call& call, std::uint32_t output, pf::Value,
                 std::string_view cluster) const override {
        pf::List machines = call.list(vm::Endpoint::vms, {.cluster = cluster});
        auto at = machines.begin();  // the first page says which generation serves the list
        const bool is_v3 = machines.dialect() == 3;
        const vm::Names names(call, machines.dialect());
        vm::RecordWriter records(call, names);
        vm::Facts facts;
        for (; at != machines.end(); ++at) {
            const pf::Value machine = *at;
            if (is_v3 && !vm::is_ahv_v3(machine)) {
                call.filtered(machine);
                continue;
            }
            const std::string_view id = is_v3 ? vm::id_of_v3(machine) : vm::id_of_v4(machine);
            if (id.empty()) {
                call.skip(machine, "vm.no_id", "a virtual machine without a UUID");
                continue;
            }
            is_v3 ? vm::read_v3(machine, facts) : vm::read_v4(machine, facts);
            pf::Row row = call.begin(output, machine, id);
            records.describe(row, facts, id);
        }
    }
};

}  // namespace

PF_MODULE(VirtualMachines)
