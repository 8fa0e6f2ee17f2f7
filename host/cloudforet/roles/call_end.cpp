#include "host/cloudforet/roles/call_end.hpp"

#include <grpcpp/server_context.h>

#include <string>

#include "host/cloudforet/status_map.hpp"

namespace pf::host::cloudforet {

CallLimits within(std::chrono::milliseconds limit) {
    CallLimits limits;
    limits.budget = limit;
    limits.wall = limit;
    return limits;
}

Status end_of_run(Status status, const RowStream& stream, const CallWatch::Call& watched,
                  std::string_view what) {
    constexpr const char* interrupted = "ERROR_COLLECT_INTERRUPTED";
    if (status.code() == Code::aborted && status.reason() == interrupted) {
        return status;
    }
    const bool is_cut_short = status.code() == Code::cancelled || status.code() == Code::aborted ||
                              status.code() == Code::deadline_exceeded;
    if (!is_cut_short && !(status.ok() && stream.is_broken())) {
        return status;
    }
    Status why = watched.stop().why();
    if (why.ok()) {
        why = status.ok() ? Status(Code::aborted, "", "the receiver went away") : status;
    }
    return {Code::aborted, interrupted, std::string(what) + " did not finish: " + why.message()};
}

grpc::Status finish_call(const RoleContext& context, const grpc::ServerContext& call,
                         std::string_view method, Clock::time_point begin, const Status& status,
                         const runtime::RunReport* report) {
    if (context.on_call) {
        CallRecord record;
        record.method = method;
        record.peer = call.peer();
        record.status = status;
        record.elapsed =
            std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
        record.report = report;
        context.on_call(record);
    }
    return to_grpc(status);
}

}  // namespace pf::host::cloudforet
