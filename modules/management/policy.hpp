// Protection policies: which recovery points are made how often, kept how long, and copied where.
#pragma once

#include <cstdint>

#include "policy_facts.hpp"

namespace management {

// All protection policies, each as one record of `output`.
void collect_policies(pf::Call& call, std::uint32_t output);

}  // namespace management
