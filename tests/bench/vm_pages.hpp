// Pages of virtual machines as the simulator writes them, without a network between.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "host/prism/body.hpp"
#include "host/services/lookup.hpp"

namespace pf::bench {

// What the vm module reads: some pages of its list, and its look-ups in the descriptor's order.
struct VmPages {
    std::vector<host::prism::Body> pages;  // 100 machines each
    std::vector<std::unique_ptr<host::services::Table>> lookups;
};

// Asks a simulation of `count` x 100 machines. Throws std::runtime_error.
VmPages make_vm_pages(std::uint32_t count);

}  // namespace pf::bench
