// A scripted inventory endpoint: two tasks, one type row and two VM rows, to be changed by tests.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "tests/acceptance/inventory_job.hpp"
#include "tests/acceptance/scripted_server.hpp"

namespace pf::test {

// Rows as ResourceInfo bytes.
std::string type_row();
std::string vm_row(const std::string& id);
std::string failure_row();

// TasksInfo bytes with these task_options.
std::string tasks_reply(const std::vector<nlohmann::json>& tasks);

class ScriptedCollector {
  public:
    ScriptedCollector();

    // Replaces the answer of Collector.collect.
    void serve_collect(ScriptedServer::Handler handler);
    // Starts the server and runs the job against it.
    JobReport run(const InventoryJob& job = {});

    ScriptedServer server;
};

}  // namespace pf::test
