// One unary call of a role, from the barrier for exceptions to its end on the wire.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <string_view>
#include <utility>

#include "host/cloudforet/call_watch.hpp"
#include "host/cloudforet/roles/call_end.hpp"
#include "host/cloudforet/roles/guarded.hpp"
#include "host/cloudforet/roles/role.hpp"

namespace pf::host::cloudforet {

// Runs `work`, Status(const Stop&), which is asked to stop when the client goes away, after `limit`
// or when the server ends; then the observer is told. `method` as CallRecord has it.
template <class Work>
grpc::Status answer_call(const RoleContext& context, grpc::ServerContext& call,
                         std::string_view method, std::chrono::milliseconds limit, Work&& work) {
    const Clock::time_point begin = Clock::now();
    const Status status = guarded([&]() -> Status {
        const CallWatch::Call watched(*context.watch, call, within(limit));
        return std::forward<Work>(work)(watched.stop());
    });
    return finish_call(context, call, method, begin, status);
}

}  // namespace pf::host::cloudforet
