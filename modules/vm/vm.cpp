// Kind vm: every AHV virtual machine.
#include "kinds.hpp"
#include "vm_filter.hpp"
#include "vm_names.hpp"
#include "vm_record.hpp"
#include "vm_v3.hpp"
#include "vm_v4.hpp"

namespace vm {

void collect_vms(pf::Call& call, const Order& order) {
    pf::List machines = call.list(Endpoint::vms, {.cluster = order.cluster});
    auto at = machines.begin();  // the first page says which generation serves the list
    const bool is_v3 = machines.dialect() == 3;
    const Names names(call, machines.dialect());
    if (!is_v3) {
        open_all({&names.clusters, &names.hosts, &names.subnets, &names.categories,
                  &names.storage_containers, &names.projects, &names.images});
    }
    const Filter filter(order.options);
    const bool wants_all = filter.wants_all();
    RecordWriter records(call, names);
    Facts facts;
    for (; at != machines.end(); ++at) {
        const pf::Value machine = *at;
        if (!runs_on(Hypervisor::ahv, call, machine, is_v3, names)) continue;
        const std::string_view id = is_v3 ? id_of_v3(machine) : id_of_v4(machine);
        if (id.empty()) {
            call.skip(machine, "vm.no_id", "a virtual machine without a UUID");
            continue;
        }
        is_v3 ? read_v3(machine, facts) : read_v4(machine, facts);
        if (!wants_all && !filter.wants(facts, names)) {
            call.filtered(machine);
            continue;
        }
        pf::Row row = call.begin(order.output, machine, id);
        records.describe(row, facts, id);
    }
}

}  // namespace vm
