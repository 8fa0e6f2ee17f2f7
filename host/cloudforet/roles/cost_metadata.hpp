// The metadata of the cost data source's init: what CloudForet shows of its rows and whose they
// are.
#pragma once

#include <string>

#include "host/cloudforet/roles/cost.hpp"

namespace pf::host::cloudforet {

// JSON text of an object.
std::string cost_metadata(const CostTerms& terms);

}  // namespace pf::host::cloudforet
