// Role: what one listener serves. CloudForet's client keys its stubs by a service's last name, so
// each plugin type has a listener of its own, with its own list of services.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"

namespace grpc {
class Service;
}
namespace pf::host::runtime {
struct RunReport;
}

namespace pf::host::cloudforet {

class CallWatch;

// One call that ended, for logs and metrics. Holds nothing of the request.
struct CallRecord {
    std::string_view method;  // "spaceone.api.inventory.plugin.Collector/collect"
    std::string peer;         // gRPC's name of the caller's address
    Status status;            // as the work ended, before it was mapped for the wire
    std::chrono::milliseconds elapsed{0};
    const runtime::RunReport* report = nullptr;  // of a collect; valid during the callback
};

// Called from the thread of each call, several at once; must not throw.
using CallObserver = std::function<void(const CallRecord&)>;

// What a role's handlers need from the server they hang in; each begins with the scope that
// call_identity.hpp names, so that its log lines and requests belong to the call. Both outlive the
// role's services.
struct RoleContext {
    CallWatch* watch = nullptr;
    CallObserver on_call;
};

class Role {
  public:
    virtual ~Role() = default;
    // "inventory", as in configuration and logs.
    virtual std::string_view name() const = 0;
    // The services to register; owned by the role, made by the first call, which the server makes
    // before it starts.
    virtual std::vector<grpc::Service*> services(const RoleContext& context) = 0;
};

}  // namespace pf::host::cloudforet
