// The production checks: what a lasting, unattended installation needs beyond working at all. Each
// reads only, and answers at once. What fails or warns has the code ERROR_NOT_FOR_PRODUCTION.
#pragma once

#include <vector>

#include "host/doctor/finding.hpp"
#include "host/doctor/production/setup.hpp"
#include "host/prism/target.hpp"

namespace pf::host::doctor {

// Of a target: by what its certificate is judged; anybody on the way, or one that is known.
Finding check_trust(const prism::TlsSettings& tls);
// Whether the account can do more than read, from what check_role() found (`role`, null when that
// did not run).
Finding check_least_role(const Finding* role);
// How gently it is treated.
Finding check_gentleness(const prism::Limits& limits);

// No credential in clear text in the configuration or the environment.
Finding check_clear_secrets(const Setup& setup);
// Files with credentials are for their owner (and group) alone.
Finding check_secret_files(const Setup& setup);
// Nobody else, nor this program itself, can replace a module.
Finding check_module_files(const Setup& setup);
// Modules are named, so that one that is missing is noticed.
Finding check_expected_modules(const Setup& setup);
// One JSON line per event, neither too many nor too few.
Finding check_log(const Setup& setup);
// Something can be measured.
Finding check_status_port(const Setup& setup);
// The memory this process may use.
Finding check_memory(const Setup& setup);
// Files and sockets it may have open.
Finding check_open_files(const Setup& setup);
// No core dump, and no other process that reads the memory with the passwords in it.
Finding check_core_dumps();
// No more rights than it needs.
Finding check_privileges(const Setup& setup);
// A collection ends before CloudForet gives up, and a restart does not cut what could end.
Finding check_times(const Setup& setup);

// All of the above that are of no target, then what is left to do.
std::vector<Finding> check_production(const Setup& setup);

// What no program can see from here, one finding each, for a person to do.
std::vector<Finding> things_to_do(const Setup& setup);

}  // namespace pf::host::doctor
