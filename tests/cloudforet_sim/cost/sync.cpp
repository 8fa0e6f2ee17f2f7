#include "tests/cloudforet_sim/cost/sync.hpp"

#include <algorithm>
#include <numeric>

namespace pf::cloudforet_sim::cost {
namespace {

using nlohmann::json;

const std::string& data_of(const std::vector<Secret>& secrets, const std::string& id) {
    return std::find_if(secrets.begin(), secrets.end(),
                        [&](const Secret& secret) { return secret.id == id; })
        ->data_json;
}

SecretTasks plan(const test::CostApi& api, const Secret& secret, const test::CostTime& time) {
    const test::CostTasks tasks = api.get_tasks(secret.data_json, time);
    SecretTasks planned{secret.id, json::object(), ""};
    if (tasks.status.ok()) {
        planned.answer = json::parse(tasks.json);
    } else {
        planned.error = tasks.status.describe();
    }
    return planned;
}

void work(CostAnalysis& costs, const test::CostApi& api, const std::vector<Secret>& secrets,
          std::size_t job, std::size_t number, Sync& sync) {
    const Task& task = costs.job(job).tasks.at(number);
    const test::CostStream stream =
        api.get_data(data_of(secrets, task.secret), task.options.dump(),
                     [&](const std::string& page, std::string_view bytes) {
                         sync.bytes += bytes;
                         return costs.take(job, number, json::parse(page));
                     });
    const std::string error = stream.status.ok() ? "" : stream.status.describe();
    costs.end_task(job, number, error);
    if (!error.empty()) sync.errors += task.options.dump() + ": " + error + "\n";
}

}  // namespace

Sync sync(CostAnalysis& costs, const test::CostApi& api, const std::vector<Secret>& secrets,
          const SyncOptions& options) {
    Sync done;
    const test::CostTime time{options.start, costs.last_synchronized_at()};
    for (const Secret& secret : secrets) {
        done.plans.push_back(plan(api, secret, time));
        if (!done.plans.back().error.empty()) {
            done.errors += secret.id + ": " + done.plans.back().error + "\n";
        }
    }
    done.job = costs.begin(done.plans);
    if (options.before_data) options.before_data();
    if (!done.job || costs.job(*done.job).state != JobState::in_progress) return done;
    std::vector<std::size_t> order(costs.job(*done.job).tasks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (options.is_backwards) std::reverse(order.begin(), order.end());
    for (const std::size_t task : order) work(costs, api, secrets, *done.job, task, done);
    return done;
}

}  // namespace pf::cloudforet_sim::cost
