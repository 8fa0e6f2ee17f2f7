// The secrets of every request are registered for redaction before anything is done with them.
#pragma once

#include <memory>

#include "host/cloudforet/roles/cost.hpp"
#include "host/cloudforet/roles/inventory.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::app {

// From now on no log line and no status page shows them.
void remember_secrets(const runtime::Request& request);

// The same service, whose requests are remembered first.
std::shared_ptr<cloudforet::InventoryService> remembering(
    std::shared_ptr<cloudforet::InventoryService> service);
std::shared_ptr<cloudforet::CostService> remembering(
    std::shared_ptr<cloudforet::CostService> service);

}  // namespace pf::host::app
