#include <sys/wait.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "tests/acceptance/scripted_collector.hpp"

namespace pf::test {
namespace {

struct Outcome {
    int exit_code = -1;
    std::string output;  // both streams
};

Outcome run_client(const std::string& arguments) {
    const std::string command = std::string(PF_ACCEPTANCE_CLIENT) + " " + arguments + " 2>&1";
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    Outcome outcome;
    std::array<char, 4096> buffer{};
    while (const std::size_t size = fread(buffer.data(), 1, buffer.size(), pipe)) {
        outcome.output.append(buffer.data(), size);
    }
    const int status = pclose(pipe);
    outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return outcome;
}

bool has(const Outcome& outcome, const std::string& text) {
    INFO(outcome.output);
    const bool found = outcome.output.find(text) != std::string::npos;
    CHECK(found);
    return found;
}

TEST_CASE("the command lists, calls and collects") {
    ScriptedCollector collector;
    const std::string endpoint = collector.server.start();
    const Outcome list = run_client(endpoint + " list");
    CHECK(list.exit_code == 0);
    has(list, "Collector/collect (spaceone.api.inventory.plugin.CollectRequest) returns (stream ");
    const Outcome call = run_client(endpoint + " call Job/get_tasks '{\"options\": {}}'");
    CHECK(call.exit_code == 0);
    has(call, R"({"tasks":[{"task_options":{"kind":"types"}},{"task_options":{"kind":"vms"}}]})");
    const Outcome rows = run_client(endpoint + " call Collector/collect '{}'");
    CHECK(rows.exit_code == 0);
    has(rows, R"("resource_id":"vm-2")");
    const Outcome collect = run_client(endpoint + " collect '{}' --ids --rate 1000");
    CHECK(collect.exit_code == 0);
    has(collect, "unique services 2");
    has(collect, "vm-1\nvm-2\n");
    const Outcome one = run_client(endpoint + " collect '{}' --one");
    CHECK(one.exit_code == 0);
    has(one, "tasks 1, rows 3");
}

TEST_CASE("the command's exit code tells what went wrong") {
    ScriptedCollector collector;
    collector.serve_collect([](const std::string&) {
        return answer_with({vm_row("vm-1"), failure_row()});
    });
    const std::string endpoint = collector.server.start();
    const Outcome wrong = run_client(endpoint + " collect '{}'");
    CHECK(wrong.exit_code == 1);
    has(wrong, "run.duplicate_service");
    has(wrong, "FAILURE row: hosts could not be listed");
    CHECK(run_client(endpoint + " frobnicate").exit_code == 2);
    CHECK(run_client(endpoint + " collect '[]'").exit_code == 2);
    CHECK(run_client(endpoint + " collect '{}' --rate fast").exit_code == 2);
    CHECK(run_client(endpoint + " call Collector/nothing").exit_code == 3);
    CHECK(run_client("127.0.0.1:1 list").exit_code == 3);
}

}  // namespace
}  // namespace pf::test
