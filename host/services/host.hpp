// The pf_host of a module: the ABI's tables, backed by Call.
#pragma once

#include <string_view>

#include "prismforet/abi/host.h"

namespace pf::host::services {

// The table for module `name`. One per name, for the life of the process.
const pf_host* host_for_module(std::string_view name);

}  // namespace pf::host::services
