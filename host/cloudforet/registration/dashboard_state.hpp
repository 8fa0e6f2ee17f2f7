// What dashboards say about themselves, in requests and in answers.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/cloudforet/client/service_client.hpp"

namespace pf::host::cloudforet {

// The tag of a dashboard that was made here: from which metrics. Empty for any other.
std::string mark_of(const nlohmann::json& dashboard);
// Type and name of each widget of the request for a dashboard, sorted.
std::vector<std::string> widgets_of(const nlohmann::json& dashboard);
// The widgets that a dashboard has in CloudForet, in the same form.
Result<std::vector<std::string>> stored_widgets(ServiceClient& client, bool is_private,
                                                const std::string& id, const Stop& stop);

}  // namespace pf::host::cloudforet
