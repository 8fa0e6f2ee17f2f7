// Credentials that stand in CloudForet's secret service: fetched when they are needed, kept in
// memory as long as the command runs, never written anywhere.
#pragma once

#include <string>
#include <vector>

#include "host/app/config.hpp"
#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/cloudforet/client/service_client.hpp"

namespace pf::host::app {

// How to reach CloudForet's services with one of the configured tokens, which may be empty.
cloudforet::ServiceAccess service_access(const CloudforetConfig& config, const Secret& token);

// The targets that `wanted` may name (all when it is empty), those with auth.secret completed by
// what secret.v1 get_data says. Registers every value for redaction. Fails with what the service
// says, FAILED_PRECONDITION (ERROR_SECRET_ENCRYPTED) for a secret that only CloudForet can open and
// INVALID_ARGUMENT (ERROR_CONFIG) when the domain is not known.
Result<std::vector<TargetConfig>> fetch_secrets(const Config& config,
                                                const std::vector<std::string>& wanted,
                                                const Stop& stop = {});

// Registers every text of a secret's data for redaction, but for those that are no secret (host,
// username, account and the like). `data` is JSON text of an object.
void register_secret_data(std::string_view data);

}  // namespace pf::host::app
