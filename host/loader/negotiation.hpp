// Negotiation: the first words between host and module, before any other code of it runs.
#pragma once

#include <string_view>

#include "host/base/status.hpp"
#include "host/loader/library.hpp"
#include "prismforet/abi.h"

namespace pf::host::loader {

// Calls the entry and checks what it returns: same major, a minor the host knows, a struct that
// reaches all members of the oldest minor, create and destroy, and `sidecar` byte for byte as
// descriptor. Fails with ERROR_MODULE_ABI, ERROR_MODULE_DESCRIPTOR_DIFFERS. [main]
Result<const pf_module*> negotiate(EntryFunction entry, std::string_view sidecar);

}  // namespace pf::host::loader
