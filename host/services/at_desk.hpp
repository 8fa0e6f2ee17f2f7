// at_desk: how the functions of a service reach the desk of the call they are used in.
#pragma once

#include "host/services/call.hpp"
#include "host/services/desk.hpp"
#include "host/services/handling.hpp"

namespace pf::host::services {

// Runs `body(Its&)`, which returns a Status, for the call that the calling thread runs. What fails
// is kept as the reason the call ends, whatever the module returns. A call with another desk, or
// none, is refused, and its module blamed.
template <class Its, class Body>
pf_status at_desk(pf_call* handle, const Body& body) noexcept {
    Call* const call = Handling::find(handle);
    if (call == nullptr) {
        return PF_FAILED_PRECONDITION;
    }
    try {
        auto* const desk = dynamic_cast<Its*>(call->setup().desk.get());
        if (desk == nullptr) {
            return call->at_no_desk();
        }
        return call->at_desk([&] { return body(*desk); });
    } catch (...) {
        return PF_RESOURCE_EXHAUSTED;
    }
}

}  // namespace pf::host::services
