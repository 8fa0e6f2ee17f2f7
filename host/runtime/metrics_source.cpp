#include "host/runtime/metrics_source.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/runtime/desk_call.hpp"
#include "host/runtime/metrics_desk.hpp"

namespace pf::host::runtime {
namespace {

constexpr std::string_view wrong_range = "ERROR_METRICS_RANGE";

using Resources = std::map<std::string, MetricsResource>;

// Without noexcept, which the ABI's types have: the compiler would drop the handlers around them.
using List = pf_status (*)(void*, pf_call*, pf_str);
using Query = pf_status (*)(void*, pf_call*, const pf_metrics_request*);

pf_str to_pf(const std::string& text) { return {text.data(), text.size()}; }

// What one Prism Central is asked, as the handler's thread needs it.
struct Question {
    std::string resources;  // JSON text of the array
    MetricsWish wish;
};

std::string resources_json(const Resources& resources) {
    auto list = nlohmann::json::array();
    for (const auto& [key, one] : resources) {
        list.push_back({{"key", key},
                        {"entity_type", one.entity_type},
                        {"entity_uuid", one.entity_uuid},
                        {"cluster_uuid", one.cluster_uuid}});
    }
    return list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

pf_status ask_module(const Module& module, const Question& question, services::Call& call,
                     pf_call* handle) {
    services::Document resources;
    if (Status parsed = resources.parse(question.resources); !parsed.ok()) {
        return call.fail(PF_INTERNAL, parsed.within("the resources").message());
    }
    const MetricsWish& wish = question.wish;
    const pf_metrics_request request{sizeof(pf_metrics_request),
                                     0,
                                     resources.root(),
                                     to_pf(wish.metric),
                                     to_pf(wish.stat),
                                     wish.from_s,
                                     wish.to_s,
                                     wish.period_s,
                                     call.options()};
    const auto metrics = module.concerns.get<pf_metrics>(PF_METRICS_ID);
    return Query(metrics.table->query)(metrics.self, handle, &request);
}

// Which target of the request a resource belongs to.
struct Assignment {
    std::map<std::size_t, Resources> of_target;
    std::vector<services::Finding> notes;
};

void note(std::vector<services::Finding>& notes, std::string code, std::string text,
          const std::string& id) {
    auto found =
        std::find_if(notes.begin(), notes.end(), [&](const auto& one) { return one.code == code; });
    if (found == notes.end()) {
        notes.push_back({std::move(code), std::move(text), 0, {}});
        found = notes.end() - 1;
    }
    ++found->count;
    if (found->first_ids.size() < 5) {
        found->first_ids.push_back(id);
    }
}

Assignment assign(Inventory& inventory, const Request& request, const MetricsWish& wish,
                  const Stop& stop) {
    Assignment assignment;
    if (request.targets.size() == 1) {
        assignment.of_target[0] = wish.resources;
        return assignment;
    }
    const auto accounts = inventory.accounts(request, stop);
    for (const auto& [key, resource] : wish.resources) {
        const std::string& central = resource.prism_central;
        const auto found = std::find_if(accounts.begin(), accounts.end(), [&](const auto& one) {
            return !one.uuid.empty() && one.uuid == central;
        });
        if (found != accounts.end()) {
            assignment.of_target[static_cast<std::size_t>(found - accounts.begin())].emplace(
                key, resource);
            continue;
        }
        const auto failed = std::find_if(accounts.begin(), accounts.end(),
                                         [](const auto& one) { return !one.refusal.ok(); });
        note(assignment.notes, "ERROR_METRICS_TARGET",
             failed == accounts.end()
                 ? "no Prism Central of the secret is the one the resource was collected from"
                 : "it may be the one that does not answer: " + failed->refusal.text(),
             resource.entity_uuid);
    }
    return assignment;
}

void merge(MetricsSeries& into, MetricsSeries from) {
    if (into.times_s.empty()) {
        into.times_s = std::move(from.times_s);
    }
    into.values.merge(from.values);
    into.notes.insert(into.notes.end(), from.notes.begin(), from.notes.end());
}

}  // namespace

MetricsSource::MetricsSource(Modules& modules, prism::Targets& targets, Inventory& inventory)
    : modules_(modules), targets_(targets), inventory_(inventory) {}

Result<std::vector<MetricInfo>> MetricsSource::list(const std::string& entity_type,
                                                    const Stop& stop) {
    auto module = modules_.serving(metrics_duty);
    if (!module) {
        return module.status();
    }
    const auto desk = std::make_shared<RuntimeMetricsDesk>(
        (*module)->descriptor, nullptr, prism::ApiWish::automatic, stop, std::set<std::string>());
    services::CallSetup setup;
    setup.meter = std::make_shared<prism::Meter>();
    setup.desk = desk;
    const DeskEnd done =
        run_at_desk(modules_,
                    {*module, std::move(setup), "listed metrics", "pf-metrics",
                     [module = *module, entity_type](services::Call&, pf_call* handle) {
                         const auto metrics = module->concerns.get<pf_metrics>(PF_METRICS_ID);
                         return List(metrics.table->list)(metrics.self, handle, to_pf(entity_type));
                     }},
                    stop);
    if (!done.end.ok()) {
        return done.end;
    }
    return desk->take_metrics();
}

Result<MetricsSeries> MetricsSource::ask(const std::shared_ptr<const Module>& module,
                                         const TargetRequest& target, prism::ApiWish api,
                                         const MetricsWish& wish, const Stop& stop) {
    if (!target.refusal.ok()) {
        return target.refusal;
    }
    std::set<std::string> keys;
    for (const auto& [key, resource] : wish.resources) {
        keys.insert(key);
    }
    const auto desk = std::make_shared<RuntimeMetricsDesk>(
        module->descriptor, targets_.acquire(target.spec), api, stop, std::move(keys));
    services::CallSetup setup;
    setup.meter = std::make_shared<prism::Meter>();
    setup.desk = desk;
    const DeskEnd done =
        run_at_desk(modules_,
                    {module, std::move(setup), "read metrics", "pf-metrics",
                     [module, question = Question{resources_json(wish.resources), wish}](
                         services::Call& call, pf_call* handle) {
                         return ask_module(*module, question, call, handle);
                     }},
                    stop);
    if (!done.end.ok()) {
        const bool is_range = !done.is_cut_short && done.returned == PF_INVALID_ARGUMENT;
        return is_range
                   ? Status(Code::invalid_argument, std::string(wrong_range), done.end.message())
                   : done.end;
    }
    if (!desk->has_grid()) {
        return Status(Code::internal, "ERROR_MODULE_FAILED",
                      "the module " + module->descriptor->name + " told no times");
    }
    MetricsSeries found = desk->take_series();
    found.notes.insert(found.notes.end(), done.notes.begin(), done.notes.end());
    return found;
}

Result<MetricsSeries> MetricsSource::query(const Request& request, const MetricsWish& wish,
                                           const Stop& stop) {
    auto module = modules_.serving(metrics_duty);
    if (!module) {
        return module.status();
    }
    Assignment assignment = assign(inventory_, request, wish, stop);
    MetricsSeries series;
    series.notes = std::move(assignment.notes);
    Status failure;
    for (auto& [index, resources] : assignment.of_target) {
        const TargetRequest& target = request.targets[index];
        MetricsWish part = wish;
        part.resources = resources;
        auto found = ask(*module, target, request.options.api_version, part, stop);
        if (found) {
            merge(series, std::move(*found));
            continue;
        }
        if (found.status().reason() == wrong_range) {
            return found.status();
        }
        failure = found.status().within(target.name);
        for (const auto& [key, resource] : resources) {
            note(series.notes, failure.reason(), failure.message(), resource.entity_uuid);
        }
    }
    if (series.times_s.empty()) {
        return !failure.ok() ? failure
                             : Status(Code::failed_precondition, "ERROR_METRICS_TARGET",
                                      "none of the resources belongs to a Prism Central of the "
                                      "secret; ask with the secret they were collected with");
    }
    return series;
}

}  // namespace pf::host::runtime
