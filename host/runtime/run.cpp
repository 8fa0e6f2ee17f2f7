#include "host/runtime/run.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "host/base/thread_name.hpp"
#include "host/observe/log.hpp"
#include "host/runtime/handler.hpp"
#include "host/services/count.hpp"

namespace pf::host::runtime {
namespace {

// Kinds collected at once: enough to hide latency, few enough to share a target's sessions.
constexpr std::size_t most_calls = 4;
// A handler that ignores a cancel this long is left behind (ARCHITECTURE, the module ABI).
constexpr std::chrono::seconds patience{3};

}  // namespace

// One kind at one target: what has to be called, or why it cannot be.
struct Run::Item {
    const TargetRequest* request = nullptr;
    Place* place = nullptr;
    std::string kind;
    const Modules::Kind* served = nullptr;
    std::string cluster;
    std::set<std::string> other_clusters;
};

struct Run::Signal {
    std::mutex mutex;
    std::condition_variable_any changed;
};

struct Run::Running {
    explicit Running(services::CallSetup setup) : call(std::move(setup)) {}
    Item item;
    std::shared_ptr<const Module> module;
    std::uint32_t output = 0;
    services::Call call;
    bool is_done = false;  // guarded by Signal::mutex
    std::thread thread;
};

Run::Run(Modules& modules, prism::Targets& targets, const Request& request,
         encoding::RowFormat format, std::shared_ptr<RowQueue> queue, Stop stop)
    : modules_(modules),
      targets_(targets),
      request_(request),
      format_(format),
      queue_(std::move(queue)),
      stop_(std::move(stop)),
      meter_(std::make_shared<prism::Meter>()),
      kinds_(modules.kinds()),
      signal_(std::make_shared<Signal>()) {}

Run::~Run() = default;

void Run::work() noexcept {
    try {
        collect_all();
    } catch (const std::exception& error) {
        report_.end = Status(Code::internal, "ERROR_INTERNAL", error.what());
    }
    queue_->close();
}

RunReport Run::take_report() {
    report_.prism_calls = meter_->requests;
    report_.prism_retries = meter_->retries;
    report_.prism_wait_ms = meter_->wait_us / 1000;
    return std::move(report_);
}

bool Run::has_one_kind() const { return request_.task && !request_.task->kind.empty(); }

// `is_default`: it is collected when the options name no kinds.
bool Run::wants(const std::string& kind, bool is_default) const {
    const auto has = [&](const std::vector<std::string>& list) {
        return std::find(list.begin(), list.end(), kind) != list.end();
    };
    if (has_one_kind()) {
        return request_.task->kind == kind;
    }
    return (request_.options.kinds.empty() ? is_default : has(request_.options.kinds)) &&
           !has(request_.options.exclude_kinds);
}

void Run::collect_all() {
    send_types();
    std::vector<std::shared_ptr<Running>> running;
    std::vector<Item> items = expected();
    for (Item& item : items) {
        if (stop_.requested()) {
            break;
        }
        if (prepare(item, items) && !has_nothing_left(item)) {
            running.push_back(start(item));
            watch(running, running.size() >= most_calls);
        }
    }
    while (!running.empty()) {
        watch(running, true);
    }
    note_apis();
    if (!stop_.requested()) {
        send_regions();
        send_failures();
    }
}

// What this run has to bring, from the request and from what is installed, never from what
// happened to load: what cannot be served is missing, not absent.
std::vector<Run::Item> Run::expected() {
    std::vector<Item> items;
    if (request_.task && request_.task->scope == Task::Scope::types) {
        return items;
    }
    bool has_target = false;
    for (const TargetRequest& target : request_.targets) {
        if (request_.task && request_.task->target != target.name) {
            continue;
        }
        has_target = true;
        expect_kinds(target, items);
    }
    if (!has_target) {
        missing("ERROR_TARGET_UNKNOWN", request_.task ? request_.task->target : "",
                request_.task ? request_.task->kind : "",
                "the secret names no such Prism Central any more; start the collection anew");
    }
    return items;
}

void Run::expect_kinds(const TargetRequest& target, std::vector<Item>& items) {
    std::set<std::string> found;
    for (const Modules::Kind& kind : kinds_) {
        if (!wants(kind.description().kind, kind.description().is_default)) {
            continue;
        }
        Item item;
        item.request = &target;
        item.kind = kind.description().kind;
        item.served = &kind;
        if (request_.task) {
            item.cluster = request_.task->cluster == "rest" ? "" : request_.task->cluster;
            item.other_clusters.insert(request_.task->listed.begin(), request_.task->listed.end());
        }
        found.insert(item.kind);
        items.push_back(std::move(item));
    }
    const std::vector<Modules::Entry> entries = modules_.entries();
    for (const Modules::Entry& entry : entries) {
        if (entry.refusal.ok()) {
            continue;
        }
        for (const std::string& kind : entry.kinds()) {
            if (wants(kind) && found.insert(kind).second) {
                missing("ERROR_MODULE_UNAVAILABLE", target.name, kind,
                        "module " + entry.name + " is not in service: " + entry.refusal.text());
            }
        }
    }
    std::vector<std::string> asked = request_.options.kinds;
    if (has_one_kind()) {
        asked = {request_.task->kind};
    }
    for (const std::string& kind : asked) {
        if (wants(kind) && found.insert(kind).second) {
            missing("ERROR_MODULE_UNAVAILABLE", target.name, kind,
                    "no module of this process serves the kind " + kind +
                        "; install its module, or start the collection anew");
        }
    }
    if (entries.empty() && asked.empty()) {
        missing("ERROR_MODULE_UNAVAILABLE", target.name, "", "no module is installed");
    }
}

// Finds the target and the account; what fails is missing for the whole target, once.
bool Run::prepare(Item& item, const std::vector<Item>& all) {
    for (const auto& place : places_) {
        if (place->request == item.request) {
            item.place = place.get();
            return place->target != nullptr;
        }
    }
    Place& place = *places_.emplace_back(std::make_unique<Place>());
    item.place = &place;
    place.request = item.request;
    Status failure = item.request->refusal;
    if (failure.ok()) {
        place.target = targets_.acquire(item.request->spec);
        place.lookups = std::make_shared<services::LookupsAhead>(
            place.target, request_.options.api_version, stop_, meter_);
        for (const Item& each : all) {
            if (each.request == item.request) {
                place.lookups->start(*each.served->module->descriptor, each.served->description());
            }
        }
        failure = find_account(place);
        if (failure.ok() && !request_.options.clusters.empty()) {
            failure = choose_clusters(place);
        }
        if (!failure.ok()) {
            place.lookups = nullptr;
            place.target = nullptr;
        }
    }
    if (!failure.ok()) {
        if (!stop_.requested()) {
            missing(failure.reason(), item.request->name, "", failure.message());
        }
        return false;
    }
    if (request_.options.external_link) {
        place.link_base = "https://" + item.request->name;
    }
    return true;
}

// Asked also when the account is given: a Prism Element must not be taken for a Prism Central.
Status Run::find_account(Place& place) {
    place.account = place.request->account_id;
    auto who = place.target->identify(stop_, *meter_, request_.options.api_version);
    if (who) {
        place.central_uuid = who->uuid;
        place.account = place.account.empty() ? who->uuid : place.account;
        return Status();
    }
    const bool is_hidden = who.status().reason() == "ERROR_PRISM_IDENTITY";
    return is_hidden && !place.account.empty() ? Status() : who.status();
}

// The option clusters, names or UUIDs, as UUIDs. One that this Prism Central does not know may be
// another's; it is told as a note, since a typing error would otherwise look like an empty cluster.
Status Run::choose_clusters(Place& place) {
    auto table = services::open_clusters(place.target, request_.options.api_version, stop_, meter_);
    if (!table) {
        return table.status();
    }
    place.only_clusters.emplace();
    for (const std::string& wanted : request_.options.clusters) {
        const std::size_t before = place.only_clusters->size();
        (*table)->each([&](std::string_view id, std::string_view name) {
            if (wanted == id || wanted == name) {
                place.only_clusters->emplace(id);
            }
        });
        if (place.only_clusters->size() == before) {
            report_.notes.push_back({"options.cluster_unknown",
                                     place.request->name,
                                     "",
                                     "option clusters: no cluster is called " + wanted,
                                     1,
                                     {}});
        }
    }
    return Status();
}

std::shared_ptr<Run::Running> Run::start(const Item& item) {
    services::CallSetup setup;
    setup.descriptor = item.served->module->descriptor;
    setup.wanted = item.served->output;
    setup.target = item.place->target;
    setup.lookups = item.place->lookups;
    setup.stop = stop_;
    setup.meter = meter_;
    setup.output = queue_;
    setup.format = format_;
    setup.account = item.place->account;
    setup.central_uuid = item.place->central_uuid;
    setup.link_base = item.place->link_base;
    setup.page_size = request_.options.page_size;
    setup.api = request_.options.api_version;
    setup.options = request_.options.json;
    setup.other_clusters = item.other_clusters;
    setup.only_clusters = item.place->only_clusters;
    auto running = std::make_shared<Running>(std::move(setup));
    running->item = item;
    running->module = item.served->module;
    running->output = item.served->output;
    running->thread = std::thread([running, signal = signal_] {
        name_thread("pf-handler");
        call_collect(*running->module, running->output, running->item.cluster, running->call);
        std::lock_guard lock(signal->mutex);
        running->is_done = true;
        signal->changed.notify_all();
    });
    return running;
}

// Waits for calls to end and closes their books. After a stop they have `patience` to return.
void Run::watch(std::vector<std::shared_ptr<Running>>& running, bool wait_for_room) {
    std::vector<std::shared_ptr<Running>> returned;
    std::vector<std::shared_ptr<Running>> hung;
    {
        std::unique_lock lock(signal_->mutex);
        const auto is_done = [](const auto& call) { return call->is_done; };
        if (wait_for_room) {
            signal_->changed.wait_until(lock, stop_.token(), stop_.deadline(), [&] {
                return std::any_of(running.begin(), running.end(), is_done);
            });
        }
        const bool is_over = stop_.requested();
        if (is_over) {
            signal_->changed.wait_for(lock, patience, [&] {
                return std::all_of(running.begin(), running.end(), is_done);
            });
        }
        std::vector<std::shared_ptr<Running>> still;
        for (const auto& call : running) {
            if (call->is_done) {
                returned.push_back(call);
            } else if (is_over && !call->call.has_returned()) {
                hung.push_back(call);
            } else {
                still.push_back(call);  // closing its books is our work, not the module's
            }
        }
        running.swap(still);
    }
    for (const auto& call : returned) {
        call->thread.join();
        close_books(*call);
    }
    for (const auto& call : hung) {
        leave_behind(*call);
    }
}

void Run::leave_behind(Running& running) {
    running.thread.detach();
    const std::string& module = running.module->descriptor->name;
    const Status reason(Code::internal, std::string(hung_module),
                        "module " + module + " ignored a cancel for 3 s while collecting " +
                            running.item.kind +
                            "; it is out of service until the process is restarted");
    modules_.fault(module, reason);
    observe::log(observe::Level::error, "module.hung",
                 {{"module", module}, {"kind", running.item.kind}});
    missing(reason.reason(), running.item.request->name, running.item.kind, reason.message());
}

void Run::close_books(Running& running) {
    const std::string& target = running.item.request->name;
    for (const services::OpenList& list : running.call.lists()) {
        const services::Counts& counts = list.ledger.counts();
        ListReport report;
        report.target = target;
        report.account = running.item.place->account;
        report.kind = running.item.kind;
        report.module = running.module->descriptor->name;
        report.api = list.api;
        report.server_total = list.server_total;
        report.received = counts.received;
        report.unique = counts.unique;
        report.repeated = counts.repeated;
        report.emitted = counts.emitted;
        report.filtered = counts.filtered;
        report.skipped = counts.skipped;
        report.lost = counts.lost;
        report.is_complete = list.is_complete && counts.skipped == 0 && counts.lost == 0;
        report_.lists.push_back(std::move(report));
    }
    const auto keep = [&](const std::vector<services::Finding>& from, std::vector<Reason>& to) {
        for (const services::Finding& finding : from) {
            to.push_back({finding.code, target, running.item.kind, finding.text, finding.count,
                          finding.first_ids});
        }
    };
    keep(running.call.findings().all_missing(), report_.missing);
    keep(running.call.findings().all_notes(), report_.notes);
    for (const std::string& region : running.call.regions()) {
        regions_.emplace(running.item.place, region);
    }
}

// The rest of a divided kind: usually the clusters with tasks of their own have everything, which
// their totals show without reading the list once more. Any doubt means reading it.
bool Run::has_nothing_left(const Item& item) {
    if (!request_.task || request_.task->cluster != "rest" || item.other_clusters.empty()) {
        return false;
    }
    const services::Descriptor& descriptor = *item.served->module->descriptor;
    const services::Endpoint& endpoint = descriptor.endpoints[item.served->description().endpoint];
    const auto count = [&](const std::string& cluster) {
        auto total = services::count_listed(item.place->target, endpoint,
                                            request_.options.api_version, cluster, stop_, *meter_);
        return total ? *total : std::nullopt;
    };
    std::uint64_t elsewhere = 0;
    for (const std::string& cluster : item.other_clusters) {
        const auto part = count(cluster);
        if (!part) {
            return false;
        }
        elsewhere += *part;
    }
    if (count("") != std::optional(elsewhere)) {
        return false;
    }
    report_.notes.push_back({"rest.empty",
                             item.request->name,
                             item.kind,
                             "the clusters with tasks of their own have all " +
                                 std::to_string(elsewhere) + "; nothing is left for this task",
                             1,
                             {}});
    return true;
}

}  // namespace pf::host::runtime
