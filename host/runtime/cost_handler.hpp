// A cost module's handler, called on a thread of its own and given up when it ignores a stop.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/cost/charge_sink.hpp"
#include "host/runtime/modules.hpp"
#include "host/services/findings.hpp"
#include "host/services/shape_feed.hpp"

namespace pf::host::runtime {

// A line of an explanation; see pf_cost_line. The texts die with the call that gets it.
struct CostLine {
    std::string_view section;
    std::string_view what;
    std::string_view formula;
    std::string_view value;
    std::string_view unit;
    std::int64_t amount_micros = 0;
    bool adds = false;
};

// Where records and lines go; of records alone a cost::ChargeSink. Called from the handler's
// thread. A failure ends the calculation.
class CostSink : public cost::ChargeSink {
  public:
    virtual Status line(const CostLine& line) = 0;
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
                           std::shared_ptr<CostSink> sink, const Stop& stop);

}  // namespace pf::host::runtime
