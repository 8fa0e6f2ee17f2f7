// A Prism Central whose events are read: who it is, and whose account that is.
#pragma once

#include <memory>
#include <string>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/prism/target.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::runtime {

struct Central {
    std::shared_ptr<prism::Target> target;
    std::string uuid;     // empty: not shown to this user
    std::string account;  // of its rows
};

// Logs in and asks who it is. Fails as the target was refused, or as Target::identify does; a Prism
// Central that does not show its UUID will do when the secret names an account.
Result<Central> central_of(prism::Targets& targets, const TargetRequest& request,
                           const Options& options, const Stop& stop);

}  // namespace pf::host::runtime
