// The ports of a plugin as the parts of this folder use them, over gRPC.
#pragma once

#include <map>
#include <string>

#include "tests/acceptance/monitoring_api.hpp"
#include "tests/cloudforet_sim/monitoring/alert_board.hpp"
#include "tests/cloudforet_sim/monitoring/metric_view.hpp"

namespace pf::cloudforet_sim::monitoring {

// Secrets by name: secret_data as JSON text. `api` outlives the ports.
MetricPorts metric_ports(const test::MetricApi& api, std::map<std::string, std::string> secrets);

// Has a posted body parsed by the plugin and takes what it tells.
void post(AlertBoard& board, const test::WebhookApi& api, const std::string& body);

}  // namespace pf::cloudforet_sim::monitoring
