// Which call this is: the ids by which a caller and we speak of the same one.
#pragma once

#include <grpcpp/support/string_ref.h>

#include <map>
#include <memory>

#include "host/base/call_trace.hpp"

namespace grpc {
class ServerContext;
}

namespace pf::host::cloudforet {

// What a caller sent with a call, gRPC's own type.
using CallMetadata = std::multimap<grpc::string_ref, grpc::string_ref>;

// From `x-request-id` (or `x_request_id`, as CloudForet spells its keys) when it is one word of at
// most 128 letters, digits and .:_-, else made; from `traceparent` and `tracestate` by the rules of
// W3C Trace Context. Nothing of it is required.
CallTrace identify(const CallMetadata& metadata);

// The same for a handler to begin with; null only without memory:
//     const CallTrace::Scope scope(trace_of(context));
std::shared_ptr<const CallTrace> trace_of(const grpc::ServerContext& context) noexcept;

}  // namespace pf::host::cloudforet
