// What a cluster can sell on a day: what is left of its nodes after the reserve for failed hosts,
// controller VMs, hypervisors and redundancy.
#pragma once

#include <cstdint>

#include "model.hpp"

namespace cost {

// What the shapes say of a cluster's nodes on a day, times seconds. 0 = not known.
struct NodeFacts {
    Wide node_seconds = 0;
    Wide core_seconds = 0;
    Wide memory_byte_seconds = 0;
    Wide raw_byte_seconds = 0;
};

struct Capacity {
    Wide node_seconds = 0;
    Wide core_seconds = 0;  // billionths of cores, all nodes
    Wide raw_byte_seconds = 0;
    // For Resource cpu in billionths of vCPUs, else in bytes; times seconds. Before the target
    // utilisation.
    Wide sellable[resource_count] = {};
    // The same times the target utilisation: what rates are divided by.
    Wide planned[resource_count] = {};
};

// Billionths of a vCPU, or bytes: what sellable counts.
inline constexpr Wide sellable_scale(Resource resource) noexcept {
    return resource == cpu ? static_cast<Wide>(nano) : 1;
}

// The capacity on a day of `seconds`. `where` (the cluster and the day) is for the error that ends
// the call when there is nothing to sell, or not known what. With the storage basis physical what
// is sold are raw bytes, so redundancy does not shrink them.
Capacity capacity_of(const CapacityRules& rules, const NodeFacts& facts, std::int64_t seconds,
                     bool is_physical, const std::string& where);

}  // namespace cost
