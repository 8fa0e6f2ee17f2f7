#include "host/cloudforet/roles/cost_calls.hpp"

#include <string>
#include <thread>
#include <utility>

#include "host/base/secret.hpp"
#include "host/base/thread_name.hpp"
#include "host/cloudforet/call_identity.hpp"
#include "host/cloudforet/call_watch.hpp"
#include "host/cloudforet/roles/call_end.hpp"
#include "host/cloudforet/roles/cost_metadata.hpp"
#include "host/cloudforet/roles/guarded.hpp"
#include "host/cloudforet/roles/inventory.hpp"
#include "host/cloudforet/roles/ledger_trailer.hpp"
#include "host/cloudforet/roles/page_stream.hpp"
#include "host/cloudforet/roles/row_stream.hpp"
#include "host/cloudforet/roles/seat.hpp"
#include "host/cloudforet/struct_json.hpp"
#include "host/cost/charge_pages.hpp"

namespace pf::host::cloudforet {

namespace {

using google::protobuf::Struct;
namespace plugin = spaceone::api::cost_analysis::plugin;

constexpr std::size_t ledger_bytes = 4096;
// As in the rows of the inventory.
constexpr const char* provider = "nutanix";

Result<CostRequest> read_request(const Struct& options, const Struct& secret,
                                 const std::string& domain_id) {
    Result<CostRequest> request = parse_cost_options(struct_to_json(options));
    if (!request) {
        return request;
    }
    request->domain_id = domain_id;
    const Secret secret_text(struct_to_json(secret));
    if (Status status = add_cost_targets(secret_text.reveal(), *request); !status.ok()) {
        return status;
    }
    return request;
}

Status fill(const cost::CostPlan& plan, plugin::TasksInfo& answer) {
    for (const cost::CostTask& task : plan.tasks) {
        const Status filled =
            json_to_struct(cost::to_json(task), *answer.add_tasks()->mutable_task_options());
        if (!filled.ok()) {
            return filled;
        }
    }
    for (const cost::ChangedWindow& window : plan.changed) {
        plugin::ChangedInfo& changed = *answer.add_changed();
        changed.set_start(window.start);
        changed.set_end(window.end);
        // Never without it: months of other accounts would go.
        (*changed.mutable_filter()->mutable_fields())["additional_info.account"].set_string_value(
            window.account);
    }
    for (const cost::SyncedAccount& account : plan.synced_accounts) {
        plugin::SyncedAccountInfo& synced = *answer.add_synced_accounts();
        synced.set_account_id(account.id);
        synced.set_name(account.name);
    }
    return {};
}

// Half of a month looks like a cheap month, so what is missing fails the task whatever the service
// made of it.
Status incomplete(const cost::CostTask& task, const runtime::RunReport& report) {
    std::string why = "the collection was cut";
    if (!report.missing.empty()) {
        const runtime::Reason& reason = report.missing.front();
        why = reason.code + ", " + reason.text;
        if (report.missing.size() > 1) {
            why += " (and " + std::to_string(report.missing.size() - 1) + " more)";
        }
    } else if (!report.end.ok()) {
        why = report.end.text();
    }
    return {Code::failed_precondition, "ERROR_COST_INCOMPLETE",
            "the costs of " + task.month + " at " + task.target + " are not complete: " + why +
                "; nothing was replaced, and the next sync tries again"};
}

}  // namespace

grpc::Status CostCalls::init(grpc::ServerContext& call, const plugin::InitRequest& request,
                             plugin::PluginInfo& answer) {
    const CallTrace::Scope scope(trace_of(call));
    const Clock::time_point begin = Clock::now();
    const Status status = guarded([&]() -> Status {
        Result<CostRequest> parsed = parse_cost_options(struct_to_json(request.options()));
        if (!parsed) {
            return parsed.status();
        }
        parsed->domain_id = request.domain_id();
        const CallWatch::Call watched(*context_.watch, call, within(limits_.answer));
        const Result<CostTerms> terms = service_->terms(*parsed, watched.stop());
        return terms ? json_to_struct(cost_metadata(*terms), *answer.mutable_metadata())
                     : terms.status();
    });
    return finish_call(context_, call, "spaceone.api.cost_analysis.plugin.DataSource/init", begin,
                       status);
}

grpc::Status CostCalls::verify(grpc::ServerContext& call,
                               const plugin::PluginVerifyRequest& request) {
    const CallTrace::Scope scope(trace_of(call));
    const Clock::time_point begin = Clock::now();
    const Status status = guarded([&]() -> Status {
        const Result<CostRequest> parsed =
            read_request(request.options(), request.secret_data(), request.domain_id());
        if (!parsed) {
            return parsed.status();
        }
        const CallWatch::Call watched(*context_.watch, call, within(limits_.answer));
        return service_->verify(*parsed, watched.stop());
    });
    return finish_call(context_, call, "spaceone.api.cost_analysis.plugin.DataSource/verify", begin,
                       status);
}

grpc::Status CostCalls::get_tasks(grpc::ServerContext& call, const plugin::GetTasksRequest& request,
                                  plugin::TasksInfo& answer) {
    const CallTrace::Scope scope(trace_of(call));
    const Clock::time_point begin = Clock::now();
    const Status status = guarded([&]() -> Status {
        const Result<CostRequest> parsed =
            read_request(request.options(), request.secret_data(), request.domain_id());
        if (!parsed) {
            return parsed.status();
        }
        const Result<SyncWish> wish =
            parse_sync_wish(request.start(), request.last_synchronized_at());
        if (!wish) {
            return wish.status();
        }
        const CallWatch::Call watched(*context_.watch, call, within(limits_.answer));
        const Result<cost::CostPlan> plan = service_->plan(*parsed, *wish, watched.stop());
        return plan ? fill(*plan, answer) : plan.status();
    });
    return finish_call(context_, call, "spaceone.api.cost_analysis.plugin.Job/get_tasks", begin,
                       status);
}

grpc::Status CostCalls::get_linked_accounts(grpc::ServerContext& call,
                                            const plugin::GetLinkedAccountsRequest& request,
                                            plugin::AccountsInfo& answer) {
    const CallTrace::Scope scope(trace_of(call));
    const Clock::time_point begin = Clock::now();
    const Status status = guarded([&]() -> Status {
        const Result<CostRequest> parsed =
            read_request(request.options(), request.secret_data(), request.domain_id());
        if (!parsed) {
            return parsed.status();
        }
        const CallWatch::Call watched(*context_.watch, call, within(limits_.answer));
        const auto accounts = service_->linked_accounts(*parsed, watched.stop());
        if (!accounts) {
            return accounts.status();
        }
        for (const cost::SyncedAccount& account : *accounts) {
            plugin::AccountInfo& row = *answer.add_results();
            row.set_account_id(account.id);
            row.set_name(account.name);
        }
        return {};
    });
    return finish_call(context_, call, "spaceone.api.cost_analysis.plugin.Cost/get_linked_accounts",
                       begin, status);
}

grpc::Status CostCalls::get_data(grpc::ServerContext& call, const plugin::GetDataRequest& request,
                                 grpc::ServerWriter<grpc::ByteBuffer>& pages) {
    const CallTrace::Scope scope(trace_of(call));
    const Clock::time_point begin = Clock::now();
    pages.SendInitialMetadata();
    runtime::RunReport report;
    Status status = guarded([&] { return run_charge(call, request, pages, report); });
    const Status told = guarded([&]() -> Status {
        call.AddTrailingMetadata(ledger_trailer, shorten_ledger(report.to_json(), ledger_bytes));
        return {};
    });
    if (status.ok()) {
        status = told;
    }
    return finish_call(context_, call, "spaceone.api.cost_analysis.plugin.Cost/get_data", begin,
                       status, &report);
}

Status CostCalls::run_charge(grpc::ServerContext& call, const plugin::GetDataRequest& request,
                             grpc::ServerWriter<grpc::ByteBuffer>& pages,
                             runtime::RunReport& report) {
    const Result<CostRequest> parsed =
        read_request(request.options(), request.secret_data(), request.domain_id());
    if (!parsed) {
        return parsed.status();
    }
    const Result<cost::CostTask> task =
        cost::parse_cost_task(struct_to_json(request.task_options()));
    if (!task) {
        return task.status();
    }
    if (Status planned = cost::was_planned(*task); !planned.ok()) {
        return planned;
    }
    const Seat seat(charges_);
    if (seat.number() > limits_.charges) {
        return {Code::resource_exhausted, "ERROR_TOO_MANY_COLLECTS",
                "this plugin already makes the costs of " + std::to_string(limits_.charges) +
                    " tasks; run more replicas"};
    }
    CallLimits limits;
    limits.wall = limits_.charge_wall;
    limits.budget = limits_.charge;
    CallWatch::Call watched(*context_.watch, call, limits);
    RowStream stream(pages, watched, encoding::RowFormat::wire_struct);
    const auto queue = std::make_shared<cost::PageQueue>(watched.stop());
    std::uint64_t rows = 0;
    Status status;
    {
        // The work is done beside the sending, so that a slow receiver never keeps it from seeing a
        // stop.
        const std::jthread worker([&, trace = CallTrace::here()] {
            const CallTrace::Scope of_call(trace);
            name_thread("pf-charge");
            status = guarded([&] { return charge(*parsed, *task, queue, watched.stop(), report); });
            queue->close();
        });
        rows = send_pages(*queue, stream);
    }
    report.rows = rows;
    report.end = end_of_run(std::move(status), stream, watched, "the costs of " + task->month);
    return report.end;
}

Status CostCalls::charge(const CostRequest& request, const cost::CostTask& task,
                         const std::shared_ptr<cost::PageQueue>& queue, const Stop& stop,
                         runtime::RunReport& report) {
    const auto records = std::make_shared<cost::ChargePages>(
        queue, cost::ChargeFrame{provider, task.account, task.first_day(), task.last_day});
    Status status = service_->charge(request, task, records, stop, report);
    if (status.ok() && !report.is_complete()) {
        status = incomplete(task, report);
    }
    // Only now: after a failure the maker of records may still be at it.
    return status.ok() ? records->finish() : status;
}

}  // namespace pf::host::cloudforet
