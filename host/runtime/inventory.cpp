#include "host/runtime/inventory.hpp"

#include <nlohmann/json.hpp>
#include <thread>

#include "host/base/call_trace.hpp"
#include "host/base/thread_name.hpp"
#include "host/observe/log.hpp"
#include "host/runtime/planner.hpp"
#include "host/runtime/run.hpp"
#include "host/runtime/run_budget.hpp"

namespace pf::host::runtime {
namespace {

// Batches between the calls and the receiver; each about a page of rows.
constexpr std::size_t queue_capacity = 8;
constexpr std::chrono::milliseconds gone_check{100};
// Less than the 30 s that CloudForet waits for a plan.
constexpr std::chrono::seconds identity_patience{20};

Status interrupted(const Status& why) {
    return Status(Code::aborted, "ERROR_COLLECT_INTERRUPTED",
                  "the collection was cut before its end, so nothing may be taken as deleted: " +
                      (why.ok() ? std::string("the receiver went away") : why.message()));
}

// Ends `inner` when `outer` is asked to end.
class Linked {
  public:
    Linked(const Stop& outer, StopSource& inner)
        : callback_(outer.token(), [&outer, &inner] { inner.request(outer.why()); }) {}

  private:
    std::stop_callback<std::function<void()>> callback_;
};

// An account that the secret gives stands for itself where Prism does not show its UUID.
TargetAccount account_of(prism::Targets& targets, const TargetRequest& target,
                         const Options& options, const Stop& stop) {
    TargetAccount one{target.name, target.label.empty() ? target.name : target.label, "",
                      target.account_id, target.refusal};
    if (!one.refusal.ok()) {
        return one;
    }
    prism::Meter meter;
    auto who = targets.acquire(target.spec)->identify(stop, meter, options.api_version);
    if (who) {
        one.uuid = who->uuid;
        one.account = one.account.empty() ? who->uuid : one.account;
        return one;
    }
    const bool is_hidden = who.status().reason() == "ERROR_PRISM_IDENTITY";
    one.refusal = is_hidden && !one.account.empty() ? Status() : who.status();
    return one;
}

void log_end(const RunReport& report) {
    const ListReport sum = report.total();
    observe::log(report.is_complete() ? observe::Level::info : observe::Level::warn, "collect.end",
                 {{"complete", report.is_complete() ? "yes" : "no"},
                  {"rows", std::to_string(report.rows)},
                  {"server_total", std::to_string(sum.server_total)},
                  {"unique", std::to_string(sum.unique)},
                  {"emitted", std::to_string(sum.emitted)},
                  {"skipped", std::to_string(sum.skipped)},
                  {"lost", std::to_string(sum.lost)},
                  {"calls", std::to_string(report.prism_calls)},
                  {"elapsed_ms", std::to_string(report.elapsed_ms)},
                  {"end", report.end.text()}});
    for (const Reason& reason : report.missing) {
        observe::log(observe::Level::warn, "collect.missing",
                     {{"code", reason.code},
                      {"target", reason.target},
                      {"kind", reason.kind},
                      {"count", std::to_string(reason.count)},
                      {"text", reason.text}});
    }
}

}  // namespace

Inventory::Inventory(Modules& modules, prism::Targets& targets)
    : modules_(modules), targets_(targets) {}

std::string Inventory::metadata() const {
    nlohmann::ordered_json metadata;
    metadata["supported_resource_type"] = {"inventory.CloudService", "inventory.CloudServiceType",
                                           "inventory.Region", "inventory.Namespace",
                                           "inventory.Metric"};
    metadata["supported_schedules"] = {"hours"};
    metadata["supported_features"] = {"garbage_collection"};
    metadata["filter_format"] = nlohmann::ordered_json::array();
    metadata["collector_rules"] = nlohmann::ordered_json::array();
    std::vector<KindChoice> kinds;
    for (const Modules::Kind& kind : modules_.kinds()) {
        kinds.push_back({kind.description().kind, kind.description().is_default});
    }
    metadata["options_schema"] = nlohmann::ordered_json::parse(options_schema(kinds));
    return metadata.dump();
}

Status Inventory::verify(const Request& request, const Stop& stop) {
    prism::Meter meter;
    for (const TargetRequest& target : request.targets) {
        if (!target.refusal.ok()) {
            return target.refusal.within(target.name);
        }
        auto who =
            targets_.acquire(target.spec)->identify(stop, meter, request.options.api_version);
        if (!who) {
            return who.status().within(target.name);
        }
    }
    return Status();
}

std::vector<TargetAccount> Inventory::accounts(const Request& request, const Stop& stop) {
    std::vector<TargetAccount> accounts(request.targets.size());
    const Stop soon = stop.until(Clock::now() + identity_patience);
    {
        std::vector<std::jthread> asking;
        for (std::size_t i = 0; i < accounts.size(); ++i) {
            asking.emplace_back([&, i, trace = CallTrace::here()] {
                const CallTrace::Scope scope(trace);
                name_thread("pf-account");
                accounts[i] = account_of(targets_, request.targets[i], request.options, soon);
            });
        }
    }
    return accounts;
}

Status Inventory::read_machine_samples(const Request& request, const services::SampleSpan& span,
                                       const Stop& stop, const services::OnSample& on_sample) {
    const TargetRequest& target = request.targets.front();
    if (!target.refusal.ok()) {
        return target.refusal;
    }
    const auto meter = std::make_shared<prism::Meter>();
    std::size_t page = 0;
    const auto read = [&](services::MachineList list) {
        return services::read_machine_samples(targets_.acquire(target.spec), list, span,
                                              request.options.api_version, stop, meter, page,
                                              on_sample);
    };
    const Status ahv = read(services::MachineList::ahv);
    if (!ahv.ok() && ahv.code() != Code::not_found) {
        return ahv;
    }
    const Status esxi = read(services::MachineList::esxi);
    return esxi.code() == Code::not_found ? ahv : esxi;
}

Result<bool> Inventory::has_machine_samples(const TargetRequest& target, const Options& options,
                                            const services::SampleSpan& span, const Stop& stop) {
    const auto meter = std::make_shared<prism::Meter>();
    Status failure;
    for (const auto list : {services::MachineList::ahv, services::MachineList::esxi}) {
        auto found = services::has_machine_samples(targets_.acquire(target.spec), list, span,
                                                   options.api_version, stop, meter);
        if (found && *found) {
            return true;
        }
        if (!found && found.status().code() != Code::not_found) {
            return found.status();
        }
        failure = found.status();
    }
    return failure.ok() ? Result<bool>(false) : failure;
}

std::vector<Task> Inventory::plan(const Request& request, const Stop& stop) {
    return plan_tasks(modules_, targets_, request, stop);
}

Status Inventory::collect(const Request& request, RowSink& sink, const Stop& stop,
                          RunReport& report) {
    const auto begun = Clock::now();
    StopSource inner(stop.deadline());
    const Linked linked(stop, inner);
    auto queue = std::make_shared<RowQueue>(queue_capacity);
    Run run(modules_, targets_, request, sink.format(), queue, inner.stop());
    std::uint64_t rows = 0;
    RunBudget budget(request.options.budget.value_or(usual_budget), begun);
    bool is_gone = false;
    {
        std::jthread worker([&run, trace = CallTrace::here()] {
            const CallTrace::Scope scope(trace);
            name_thread("pf-run");
            run.work();
        });
        encoding::RowBatch batch;
        while (true) {
            const RowQueue::Popped popped = queue->pop(batch, gone_check);
            if (popped == RowQueue::Popped::closed) {
                break;
            }
            if (is_gone) {
                continue;
            }
            if (popped == RowQueue::Popped::batch) {
                rows += batch.size();
                const auto before = Clock::now();
                is_gone = !sink.write(batch);
                budget.add_wait(Clock::now() - before);
                batch = {};
            } else {
                is_gone = sink.is_gone();
            }
            if (const Status late = budget.check(Clock::now()); !late.ok()) {
                inner.request(late);
            }
            if (is_gone) {
                inner.request(Status(Code::cancelled, "ERROR_RECEIVER_GONE",
                                     "the receiver cancelled or went away"));
                queue->abandon();
            }
        }
    }
    const Status why = inner.stop().why();
    report = run.take_report();
    report.rows = rows;
    const auto ms = [](Clock::duration span) {
        return static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::milliseconds>(span).count());
    };
    report.receiver_wait_ms = ms(budget.waited());
    report.elapsed_ms = ms(Clock::now() - begun);
    if (report.end.ok() && (is_gone || !why.ok())) {
        report.end = interrupted(why);
    }
    log_end(report);
    return report.end;
}

}  // namespace pf::host::runtime
