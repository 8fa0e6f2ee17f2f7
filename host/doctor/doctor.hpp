// Doctor: examines targets and this installation, and says for each part whether it works.
//
//     Report report = examine({.request = request, .modules = modules, ...}, stop);
//
// Reads only, and little: about two questions per list that the modules need. A check whose way is
// blocked by an earlier one is not tried and says why; other targets are examined all the same.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "host/base/stop.hpp"
#include "host/doctor/finding.hpp"
#include "host/doctor/production/setup.hpp"
#include "host/prism/proxy.hpp"
#include "host/runtime/modules.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::doctor {

// How thoroughly a target is examined.
enum class Depth : std::uint8_t {
    full,
    login,  // up to who it is: whether it can be reached and lets the account in
};

struct Plan {
    const runtime::Request& request;  // targets and options
    const runtime::Modules& modules;
    std::string listen{};               // serve.grpc; empty: ports are not looked at
    bool is_listen_configured = false;  // somebody chose it
    Depth depth = Depth::full;
    std::chrono::seconds time{60};  // for one target
    prism::ProxyRules proxies{};    // for targets that name no proxy
    // When the production checks are wanted as well: what they look at.
    std::optional<Setup> production{};
};

// Examines everything, several targets at once. Ends within the time of the plan for every eight
// targets, and soon after `stop`: what was not reached by then is skipped.
Report examine(const Plan& plan, const Stop& stop);

}  // namespace pf::host::doctor
