// A handler of a concern that makes no resources, called on a thread of its own and given up when
// it ignores a stop.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/runtime/modules.hpp"
#include "host/services/call.hpp"
#include "host/services/findings.hpp"

namespace pf::host::runtime {

struct DeskCall {
    std::shared_ptr<const Module> module;
    services::CallSetup setup;  // with a desk; the descriptor is the module's
    std::string doing;          // for messages: "worked out costs"
    const char* thread_name;    // "pf-cost"; static
    // Calls the module's table; runs on the handler's thread, and may outlive the caller when the
    // module ignores a stop. What it throws ends the call.
    std::function<pf_status(services::Call&, pf_call*)> handle;
};

// How it went.
struct DeskEnd {
    // What the desk failed with, why the call was stopped, or what is missing: the module's failure
    // or the first list that was not whole. Not ok: what came before may not be used as if whole.
    Status end;
    bool is_cut_short = false;   // `end` is the desk's, the stop's, or of a module left behind
    pf_status returned = PF_OK;  // by the module
    std::vector<services::Finding> missing;
    std::vector<services::Finding> notes;
};

// Blocks until the module has returned, or has ignored a stop for 3 s: then it is taken out of
// service (ERROR_MODULE_HUNG) and left behind with what it shares.
DeskEnd run_at_desk(Modules& modules, DeskCall call, const Stop& stop);

}  // namespace pf::host::runtime
