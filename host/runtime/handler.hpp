// A module's handler, called behind a barrier: whatever leaves it becomes its call's ending.
#pragma once

#include <cstdint>
#include <string>

#include "host/runtime/modules.hpp"
#include "host/services/call.hpp"

namespace pf::host::runtime {

// Runs pf_inventory.collect on the calling thread, which should end soon after, and closes the
// call's books. An exception that can be caught becomes ERROR_MODULE_FAILED; one out of a function
// that promised noexcept ends the process, as does a signal: see crash_report.hpp.
void call_collect(const Module& module, std::uint32_t output, const std::string& cluster,
                  services::Call& call) noexcept;

}  // namespace pf::host::runtime
