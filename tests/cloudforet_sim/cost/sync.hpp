// A sync of a cost data source over gRPC into a CostAnalysis, as CloudForet runs one.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/acceptance/cost_api.hpp"
#include "tests/cloudforet_sim/cost/cost_analysis.hpp"

namespace pf::cloudforet_sim::cost {

struct Secret {
    std::string id;
    std::string data_json;  // as secret_data has it
};

struct SyncOptions {
    std::string start{};  // YYYY-MM; empty: as it comes
    // Called when all secrets have their tasks, before the first is worked on.
    std::function<void()> before_data{};
    // The last task first; workers take them in any order.
    bool is_backwards = false;
};

struct Sync {
    std::optional<std::size_t> job;  // of the analysis; nullopt: the sync failed before it
    std::vector<SecretTasks> plans;  // of each secret
    std::string bytes;               // of all pages, task by task
    std::string errors;              // of get_tasks and of the tasks, one line each
};

// get_tasks of every secret, then get_data of every task.
Sync sync(CostAnalysis& costs, const test::CostApi& api, const std::vector<Secret>& secrets,
          const SyncOptions& options = {});

}  // namespace pf::cloudforet_sim::cost
