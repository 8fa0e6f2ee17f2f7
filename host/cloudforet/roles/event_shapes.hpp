// An event in the form of each of CloudForet's two services for alerts.
#pragma once

#include "host/base/status.hpp"
#include "host/cloudforet/roles/webhook.hpp"

namespace spaceone::api::monitoring::plugin {
class EventInfo;
}
namespace spaceone::api::alert_manager::plugin {
class EventInfo;
}

namespace pf::host::cloudforet {

// INTERNAL when an event lacks what CloudForet cannot do without: it would make a false alert of
// it.
Status fill(const PluginEvent& event, spaceone::api::monitoring::plugin::EventInfo& info);
// See above.
Status fill(const PluginEvent& event, spaceone::api::alert_manager::plugin::EventInfo& info);

}  // namespace pf::host::cloudforet
