// What Log.list is asked, read and bounded.
#pragma once

#include <vector>

#include "host/base/status.hpp"
#include "host/cloudforet/roles/monitoring_log.hpp"

namespace spaceone::api::monitoring::plugin {
class LogRequest;
}

namespace pf::host::cloudforet {

// INVALID_ARGUMENT names the field and says what it must be.
Result<LogWish> read_log_wish(const spaceone::api::monitoring::plugin::LogRequest& request,
                              const std::vector<LogField>& fields, const LogLimits& limits);

}  // namespace pf::host::cloudforet
