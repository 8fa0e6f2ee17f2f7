// A cost module's handler, called on a thread of its own and given up when it ignores a stop.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/runtime/modules.hpp"
#include "host/services/findings.hpp"
#include "host/services/shape_feed.hpp"
#include "prismforet/abi/charges.h"

namespace pf::host::runtime {

// Where records and lines go. Called from the handler's thread; what it is given dies with the
// call. A failure ends the calculation.
class ChargeSink {
  public:
    virtual ~ChargeSink() = default;
    virtual Status record(const pf_charge& charge) = 0;
    virtual Status line(const pf_cost_line& line) = 0;
};

// What is to be worked out.
struct CostWork {
    enum class What { charge, explain, rates };
    What what = What::charge;
    std::string resource;        // of explain: its id
    std::string model;           // JSON text, validated and filled in
    std::string days;            // JSON text, as pf_cost_request has it
    std::string options = "{}";  // JSON text of an object
};

// How it went. Not ok: what came before may not be used.
struct CostOutcome {
    Status end;
    std::vector<services::Finding> notes;
};

// Blocks until the module has returned, or has ignored a stop for 3 s: then it is taken out of
// service and left behind with what it shares. INTERNAL (ERROR_MODULE_...) for what the module did
// wrong, NOT_FOUND (ERROR_COST_RESOURCE) for an unknown resource, else what `shapes` or `sink`
// failed with.
CostOutcome work_out_costs(Modules& modules, const CostWork& work,
                           std::shared_ptr<services::ShapeFeed> shapes,
                           std::shared_ptr<ChargeSink> sink, const Stop& stop);

}  // namespace pf::host::runtime
