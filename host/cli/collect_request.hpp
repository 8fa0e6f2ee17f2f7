// What `collect` shall collect, from its flags and the configuration.
#pragma once

#include <string>
#include <vector>

#include "host/app/config.hpp"
#include "host/base/status.hpp"
#include "host/cli/session.hpp"
#include "host/runtime/modules.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::cli {

// The flags that say where to collect from.
struct TargetFlags {
    std::vector<std::string> targets;
    std::string host;
    std::string username;
    std::string password_file;
    std::string api_key_file;
    std::string ca_file;
    std::string pin_sha256;
    std::string account_id;
    std::string secret_file;
    bool is_insecure = false;
};

// The targets and options of a run. Reads secrets, registers them for redaction and warns of
// certificates that nobody checks.
Result<runtime::Request> collect_request(Session& session, const app::Config& config,
                                         const TargetFlags& flags);

// What the command line says about a collection, on top of the configuration: kinds, clusters, and
// options as KEY=VALUE. INVALID_ARGUMENT (ERROR_USAGE) for an option without a value.
Result<std::vector<app::Override>> collect_overrides(const std::vector<std::string>& kinds,
                                                     const std::vector<std::string>& clusters,
                                                     const std::vector<std::string>& options);

// OK when every one of `wanted` is a kind this installation has or should have; else
// INVALID_ARGUMENT (ERROR_USAGE) with the nearest, or why no module is there at all.
Status check_kinds(const runtime::Modules& modules, const std::vector<std::string>& wanted);

}  // namespace pf::host::cli
