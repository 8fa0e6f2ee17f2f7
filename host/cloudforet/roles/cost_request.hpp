// What CloudForet's cost analysis asks, parsed: the options of a cost data source beside those of
// every plugin of this host, and which months a sync is about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/base/status.hpp"
#include "host/cost/sync_plan.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::cloudforet {

struct CostRequest {
    runtime::Request prism;  // targets and the options they are asked with; its task is not used
    // Option cost_model, JSON text: an object, or a text that says where it is; empty: not given.
    std::string model;
    std::uint32_t backfill_months = 0;  // option backfill_months, 0 to 36
    bool assumes_running_time = false;  // option running_time: assumed; else measured
    std::string domain_id;              // CloudForet's, of the caller; may be empty
};

// What get_tasks says of time.
struct SyncWish {
    std::optional<cost::Month> start;
    std::optional<cost::Date> last_synchronized;
};

// `options` is JSON text of an object, or empty. INVALID_ARGUMENT for unknown names and for
// account_id: written for all secrets, it would make the rows of one replace those of another.
Result<CostRequest> parse_cost_options(std::string_view options);
// Adds the targets of secret_data, JSON text of an object.
Status add_cost_targets(std::string_view secret, CostRequest& request);
// Empty texts are "not said". INVALID_ARGUMENT names the field.
Result<SyncWish> parse_sync_wish(std::string_view start, std::string_view last_synchronized_at);

}  // namespace pf::host::cloudforet
