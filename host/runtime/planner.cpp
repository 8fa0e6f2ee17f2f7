#include "host/runtime/planner.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <thread>

#include "host/base/call_trace.hpp"
#include "host/base/thread_name.hpp"
#include "host/services/count.hpp"
#include "host/services/lookup.hpp"

namespace pf::host::runtime {
namespace {

// CloudForet waits 30 s at most, and asks for each secret in turn.
constexpr std::chrono::seconds patience{20};
// Entities a cluster must have on average: dividing costs a count, a page that is not full and a
// share of the rest, less than a twentieth of the calls from here on.
constexpr std::uint64_t worth_a_task = 3000;

bool has(const std::vector<std::string>& list, const std::string& text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

// A kind to be collected; `output` is null while its module is not in service.
struct Wanted {
    std::string kind;
    const services::Descriptor* descriptor = nullptr;
    const services::Output* output = nullptr;
};

// What is expected and cannot be served gets a task too: its collect says so.
std::vector<Wanted> wanted_kinds(const Modules& modules, const std::vector<Modules::Kind>& served,
                                 const Options& options) {
    std::vector<Wanted> all;
    const auto add = [&](Wanted wanted, bool is_default) {
        const bool is_asked = options.kinds.empty() ? is_default : has(options.kinds, wanted.kind);
        const bool is_known = std::any_of(
            all.begin(), all.end(), [&](const Wanted& other) { return other.kind == wanted.kind; });
        if (is_asked && !is_known && !has(options.exclude_kinds, wanted.kind)) {
            all.push_back(std::move(wanted));
        }
    };
    for (const Modules::Kind& kind : served) {
        const services::Output& output = kind.description();
        add({output.kind, kind.module->descriptor.get(), &output}, output.is_default);
    }
    for (const Modules::Entry& entry : modules.entries()) {
        for (const std::string& kind :
             entry.refusal.ok() ? std::vector<std::string>() : entry.kinds()) {
            add({kind, nullptr, nullptr}, true);
        }
    }
    for (const std::string& kind : options.kinds) {  // also what nothing here serves
        add({kind, nullptr, nullptr}, true);
    }
    return all;
}

// Divides the kinds of one target by cluster.
class Division {
  public:
    Division(const TargetRequest& request, std::shared_ptr<prism::Target> target,
             const Options& options, const Stop& stop)
        : request_(request), target_(std::move(target)), options_(options), stop_(stop) {}

    std::vector<Task> tasks(const Wanted& wanted) {
        std::vector<Task> tasks;
        const Task whole{Task::Scope::target, request_.name, wanted.kind, "", {}};
        if (!is_divided(wanted)) {
            return {whole};
        }
        for (const std::string& cluster : clusters_) {
            tasks.push_back(whole);
            tasks.back().cluster = cluster;
        }
        if (options_.clusters.empty()) {  // else what is elsewhere was not asked for
            tasks.push_back(whole);
            tasks.back().cluster = "rest";
            tasks.back().listed = clusters_;
        }
        return tasks;
    }

  private:
    bool is_divided(const Wanted& wanted) {
        if (wanted.output == nullptr || !wanted.output->is_cluster_scoped ||
            options_.split == Split::never) {
            return false;
        }
        const services::Endpoint& endpoint = wanted.descriptor->endpoints[wanted.output->endpoint];
        const auto total = count(endpoint, "");
        const bool is_chosen = !options_.clusters.empty();
        if (!total ||
            (*total < 2 * worth_a_task && options_.split != Split::always && !is_chosen)) {
            return false;
        }
        find_clusters();
        const bool is_worth_it = options_.split == Split::always || is_chosen ||
                                 *total >= worth_a_task * clusters_.size();
        // Some servers refuse the filter: then each task would read the whole list.
        return clusters_.size() > (is_chosen ? 0 : 1) && is_worth_it &&
               count(endpoint, clusters_.front()).has_value();
    }

    std::optional<std::uint64_t> count(const services::Endpoint& endpoint,
                                       const std::string& cluster) {
        auto total = services::count_listed(target_, endpoint, options_.api_version, cluster, stop_,
                                            *meter_);
        return total ? *total : std::nullopt;
    }

    // Those asked for, without Prism Central, which lists itself among them.
    void find_clusters() {
        if (!clusters_.empty()) {
            return;
        }
        auto who = target_->identify(stop_, *meter_, options_.api_version);
        auto table = services::open_clusters(target_, options_.api_version, stop_, meter_);
        if (!who || !table) {
            return;
        }
        (*table)->each([&](std::string_view id, std::string_view name) {
            const bool is_asked = options_.clusters.empty() ||
                                  has(options_.clusters, std::string(id)) ||
                                  has(options_.clusters, std::string(name));
            if (id != who->uuid && is_asked) {
                clusters_.emplace_back(id);
            }
        });
        std::sort(clusters_.begin(), clusters_.end());
    }

    const TargetRequest& request_;
    const std::shared_ptr<prism::Target> target_;
    const Options& options_;
    const Stop& stop_;
    const std::shared_ptr<prism::Meter> meter_ = std::make_shared<prism::Meter>();
    std::vector<std::string> clusters_;
};

std::vector<Task> tasks_of(const TargetRequest& request, prism::Targets& targets,
                           const std::vector<Wanted>& kinds, const Options& options,
                           const Stop& stop) {
    const auto target = request.refusal.ok() ? targets.acquire(request.spec) : nullptr;
    prism::Meter meter;
    if (target == nullptr || !target->identify(stop, meter, options.api_version)) {
        return {{Task::Scope::target, request.name, "", "", {}}};
    }
    Division division(request, target, options, stop);
    std::vector<Task> tasks;
    for (const Wanted& wanted : kinds) {
        for (Task& task : division.tasks(wanted)) {
            tasks.push_back(std::move(task));
        }
    }
    return tasks;
}

}  // namespace

std::vector<Task> plan_tasks(const Modules& modules, prism::Targets& targets,
                             const Request& request, const Stop& stop) {
    const std::vector<Modules::Kind> served = modules.kinds();
    const std::vector<Wanted> kinds = wanted_kinds(modules, served, request.options);
    const Stop patient = stop.until(Clock::now() + patience);
    std::vector<std::vector<Task>> found(request.targets.size());
    {
        std::vector<std::jthread> threads;  // one slow target must not use up the others' time
        for (std::size_t i = 0; i < request.targets.size(); ++i) {
            threads.emplace_back([&, i, trace = CallTrace::here()] {
                const CallTrace::Scope scope(trace);
                name_thread("pf-plan");
                found[i] = tasks_of(request.targets[i], targets, kinds, request.options, patient);
            });
        }
    }
    std::vector<Task> tasks{{Task::Scope::types, "", "", "", {}}};
    for (std::vector<Task>& of_target : found) {
        tasks.insert(tasks.end(), std::make_move_iterator(of_target.begin()),
                     std::make_move_iterator(of_target.end()));
    }
    return tasks;
}

}  // namespace pf::host::runtime
