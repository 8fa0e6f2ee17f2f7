// How the calls of every role end: what cut a run reads the same, and each call is told of once.
#pragma once

#include <grpcpp/support/status.h>

#include <chrono>
#include <string_view>

#include "host/base/stop.hpp"
#include "host/cloudforet/call_watch.hpp"
#include "host/cloudforet/roles/role.hpp"
#include "host/cloudforet/roles/row_stream.hpp"

namespace pf::host::cloudforet {

// A budget and a wall of the same length, for calls that hand over no rows.
CallLimits within(std::chrono::milliseconds limit);

// A run whose rows did not all go out never looks finished, and what cut it reads the same whether
// the client, the clock or the server's end did it: ABORTED (ERROR_COLLECT_INTERRUPTED). `what` is
// what did not finish, "the collection".
Status end_of_run(Status status, const RowStream& stream, const CallWatch::Call& watched,
                  std::string_view what);

// Tells the observer of the call and gives its status the form of the wire. `report` may be null.
grpc::Status finish_call(const RoleContext& context, const grpc::ServerContext& call,
                         std::string_view method, Clock::time_point begin, const Status& status,
                         const runtime::RunReport* report = nullptr);

}  // namespace pf::host::cloudforet
