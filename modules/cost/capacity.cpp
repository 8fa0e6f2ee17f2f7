#include "capacity.hpp"

#include "slots.hpp"

namespace cost {
namespace {

[[noreturn]] void refuse(const std::string& where, const char* why) {
    throw pf::Failure(PF_FAILED_PRECONDITION, "there is no rate for " + where + ": " + why +
                                                  "; see 'capacity' in the cost model");
}

Wide times(Wide amount, Wide factor) { return product(amount, factor) / nano; }

// `gib_number` billionths of GiB as byte-seconds over `seconds`.
Wide byte_seconds(Wide gib_number, Wide seconds) {
    return product(product(gib_number, gib), seconds) / nano;
}

}  // namespace

Capacity capacity_of(const CapacityRules& rules, const NodeFacts& facts, std::int64_t seconds,
                     bool is_physical, const std::string& where) {
    Capacity result;
    const Wide nodes = rules.nodes ? product(*rules.nodes, seconds) : facts.node_seconds;
    if (nodes == 0) refuse(where, "neither the model nor Prism says how many nodes there are");
    const Wide kept = nodes - product(rules.host_reserve, seconds);
    if (kept <= 0) refuse(where, "host_reserve keeps all nodes back");
    result.node_seconds = nodes;
    result.core_seconds = rules.cores_per_node ? product(*rules.cores_per_node, nodes)
                                               : product(facts.core_seconds, nano);
    const Wide node_memory = rules.memory_gib_per_node
                                 ? byte_seconds(*rules.memory_gib_per_node, nodes)
                                 : facts.memory_byte_seconds;
    result.raw_byte_seconds =
        rules.raw_gib ? byte_seconds(*rules.raw_gib, seconds) : facts.raw_byte_seconds;

    const Wide cores = result.core_seconds - product(rules.cvm_vcpus, nodes);
    if (cores <= 0) refuse(where, "no cores are left besides those of the controller VMs");
    result.sellable[cpu] = product(times(cores, rules.cpu_overcommit), kept) / nodes;

    const Wide free_memory =
        node_memory - byte_seconds(rules.cvm_memory_gib + rules.hypervisor_memory_gib, nodes);
    if (free_memory <= 0) refuse(where, "no memory is left besides that of the controller VMs");
    result.sellable[memory] = product(times(free_memory, rules.memory_overcommit), kept) / nodes;

    Wide bytes = times(result.raw_byte_seconds, rules.fill_limit);
    if (!is_physical) bytes = product(bytes, nano) / rules.replication_factor;
    if (rules.has_rebuild_reserve) bytes = product(bytes, kept) / nodes;
    if (bytes <= 0) refuse(where, "its raw storage is not known");
    result.sellable[storage] = bytes;

    for (const Resource resource : {cpu, memory, storage}) {
        result.planned[resource] = times(result.sellable[resource], rules.target_utilisation);
        if (result.planned[resource] <= 0) refuse(where, "what is left to sell rounds to nothing");
    }
    return result;
}

}  // namespace cost
