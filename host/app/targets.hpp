// Configured targets as the runtime wants them.
#pragma once

#include <string>
#include <vector>

#include "host/app/config.hpp"
#include "host/base/status.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::app {

// A target as CloudForet keeps one: JSON text of the secret_data that a collector gets, without the
// CA's file.
Secret secret_data(const TargetConfig& target);
// The same data with the text of the CA's file in it.
Secret with_ca(const Secret& data, const std::string& pem);

// `target` as the runtime reads a secret of CloudForet, with the configuration's limits on top.
Result<runtime::TargetRequest> target_request(const TargetConfig& target,
                                              const runtime::Options& options);

// The configured targets named in `wanted`, by name or host:port; all when it is empty. NOT_FOUND
// (ERROR_TARGET) with the nearest name, FAILED_PRECONDITION (ERROR_TARGET) when none is configured.
Result<std::vector<runtime::TargetRequest>> target_requests(const Config& config,
                                                            const std::vector<std::string>& wanted,
                                                            const runtime::Options& options);

}  // namespace pf::host::app
