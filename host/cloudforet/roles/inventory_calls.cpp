#include "host/cloudforet/roles/inventory_calls.hpp"

#include <optional>
#include <string>
#include <utility>

#include "host/base/secret.hpp"
#include "host/cloudforet/call_identity.hpp"
#include "host/cloudforet/call_watch.hpp"
#include "host/cloudforet/roles/call_end.hpp"
#include "host/cloudforet/roles/guarded.hpp"
#include "host/cloudforet/roles/ledger_trailer.hpp"
#include "host/cloudforet/roles/row_stream.hpp"
#include "host/cloudforet/roles/seat.hpp"
#include "host/cloudforet/struct_json.hpp"

namespace pf::host::cloudforet {

namespace {

using google::protobuf::Struct;
namespace plugin = spaceone::api::inventory::plugin;

constexpr std::size_t ledger_bytes = 4096;

// Absent and empty mean the same: clients differ in which they send.
Result<runtime::Request> read_request(const Struct& options, const Struct& secret,
                                      const Struct* task) {
    runtime::Request request;
    Result<runtime::Options> parsed = runtime::parse_options(struct_to_json(options));
    if (!parsed) {
        return parsed.status();
    }
    request.options = std::move(*parsed);
    const Secret secret_text(struct_to_json(secret));
    Result<std::vector<runtime::TargetRequest>> targets =
        runtime::parse_secret(secret_text.reveal(), request.options);
    if (!targets) {
        return targets.status();
    }
    request.targets = std::move(*targets);
    if (task != nullptr) {
        Result<std::optional<runtime::Task>> scope = runtime::parse_task(struct_to_json(*task));
        if (!scope) {
            return scope.status();
        }
        request.task = std::move(*scope);
    }
    return request;
}

}  // namespace

grpc::Status InventoryCalls::init(grpc::ServerContext& call, std::string_view method,
                                  Struct& metadata) {
    const CallTrace::Scope scope(trace_of(call));
    const Clock::time_point begin = Clock::now();
    const Status status = guarded([&] { return json_to_struct(service_->metadata(), metadata); });
    return finish_call(context_, call, method, begin, status);
}

grpc::Status InventoryCalls::verify(grpc::ServerContext& call, std::string_view method,
                                    const Struct& options, const Struct& secret) {
    const CallTrace::Scope scope(trace_of(call));
    const Clock::time_point begin = Clock::now();
    const Status status = guarded([&]() -> Status {
        const Result<runtime::Request> request = read_request(options, secret, nullptr);
        if (!request) {
            return request.status();
        }
        const CallWatch::Call watched(*context_.watch, call, within(limits_.verify));
        return service_->verify(*request, watched.stop());
    });
    return finish_call(context_, call, method, begin, status);
}

grpc::Status InventoryCalls::get_tasks(grpc::ServerContext& call,
                                       const plugin::GetTaskRequest& request,
                                       plugin::TasksInfo& answer) {
    const CallTrace::Scope scope(trace_of(call));
    const Clock::time_point begin = Clock::now();
    const Status status = guarded([&]() -> Status {
        const Result<runtime::Request> parsed =
            read_request(request.options(), request.secret_data(), nullptr);
        if (!parsed) {
            return parsed.status();
        }
        const CallWatch::Call watched(*context_.watch, call, within(limits_.plan));
        for (const runtime::Task& task : service_->plan(*parsed, watched.stop())) {
            const Status filled =
                json_to_struct(runtime::to_json(task), *answer.add_tasks()->mutable_task_options());
            if (!filled.ok()) {
                return filled;
            }
        }
        return {};
    });
    return finish_call(context_, call, "spaceone.api.inventory.plugin.Job/get_tasks", begin,
                       status);
}

grpc::Status InventoryCalls::collect(grpc::ServerContext& call,
                                     const plugin::CollectRequest& request,
                                     grpc::ServerWriter<grpc::ByteBuffer>& rows) {
    const CallTrace::Scope scope(trace_of(call));
    const Clock::time_point begin = Clock::now();
    rows.SendInitialMetadata();
    runtime::RunReport report;
    Status status = guarded([&] { return run_collect(call, request, rows, report); });
    const Status told = guarded([&]() -> Status {
        call.AddTrailingMetadata(ledger_trailer, shorten_ledger(report.to_json(), ledger_bytes));
        return {};
    });
    if (status.ok()) {
        status = told;
    }
    return finish_call(context_, call, "spaceone.api.inventory.plugin.Collector/collect", begin,
                       status, &report);
}

Status InventoryCalls::run_collect(grpc::ServerContext& call, const plugin::CollectRequest& request,
                                   grpc::ServerWriter<grpc::ByteBuffer>& rows,
                                   runtime::RunReport& report) {
    const Result<runtime::Request> parsed =
        read_request(request.options(), request.secret_data(), &request.task_options());
    if (!parsed) {
        return parsed.status();
    }
    const Seat seat(collects_);
    if (seat.number() > limits_.collects) {
        return {Code::resource_exhausted, "ERROR_TOO_MANY_COLLECTS",
                "this plugin already runs " + std::to_string(limits_.collects) +
                    " collections; run more replicas or lower the collector's concurrency"};
    }
    CallLimits limits;
    limits.wall = limits_.collect_wall;
    limits.budget = limits_.collect;
    if (const auto own = parsed->options.budget) {
        // The run watches it itself and says more about it; this is for one that does not.
        limits.budget = own->count() == 0 ? limits.wall : *own + std::chrono::seconds(5);
    }
    CallWatch::Call watched(*context_.watch, call, limits);
    RowStream stream(rows, watched,
                     parsed->options.struct_encoding ? encoding::RowFormat::wire_struct
                                                     : encoding::RowFormat::wire_json_data);
    Status status = service_->collect(*parsed, stream, watched.stop(), report);
    return end_of_run(std::move(status), stream, watched, "the collection");
}

}  // namespace pf::host::cloudforet
