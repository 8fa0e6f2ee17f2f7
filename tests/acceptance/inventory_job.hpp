// One collection as CloudForet's inventory runs it: init, verify, get_tasks, then every task's
// collect in parallel, all rows into one RowCheck.
//
//     const auto client = pf::test::ReflectionClient::connect(endpoint);
//     pf::test::InventoryJob job;
//     job.secret_data_json = R"({"host": "...", "username": "...", "password": "..."})";
//     const pf::test::JobReport report = pf::test::run_inventory_job(*client, job);
//     REQUIRE(report.describe() == "");
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/acceptance/reflection_client.hpp"
#include "tests/row_check/row_check.hpp"

namespace pf::test {

struct InventoryJob {
    std::string options_json = "{}";
    std::string secret_data_json = "{}";
    // False runs one collect without task_options, as inventory does when get_tasks gives nothing.
    bool split_into_tasks = true;
    // Runs one collect with these task_options alone; its rows are not taken for a whole run.
    std::optional<std::string> task_options_json;
    // Tasks collected at once, each on a thread of its own.
    std::size_t parallel = 16;
    // False goes on after a failed verify: inventory's collect does not ask it.
    bool stop_on_verify_error = true;
    // For each collect; rows_per_second is that of one task's reader.
    CallOptions collect;
    RowCheckOptions row_check;
    // Sees every row with the number of its task; called under one lock.
    std::function<void(std::string_view row, std::size_t task)> on_row;
};

// What came of one collect.
struct TaskReport {
    std::string task_options_json;  // empty when collect had none
    CallStatus status;
    std::uint64_t rows = 0;
    std::uint64_t failure_rows = 0;
    std::uint64_t bytes = 0;
    double first_row_seconds = 0;
    double seconds = 0;
};

struct JobReport {
    CallReply init;
    CallReply verify;
    CallReply get_tasks;  // its errors change nothing but the split, as in inventory
    std::vector<TaskReport> tasks;
    RowCheck rows;  // of all tasks together
    std::uint64_t failure_rows = 0;
    double seconds = 0;  // of the collects

    // True when init, verify and every collect ended OK.
    bool calls_ok() const;
    // What is wrong, one line each: failed calls, FAILURE rows, violations; empty when all is well.
    std::string describe() const;
    // A few lines of numbers for people.
    std::string summary() const;
};

// Runs the job on the calling thread and one thread per running task; returns when all ended.
// Throws ReflectionError when the endpoint lacks a method or a request does not fit.
JobReport run_inventory_job(const ReflectionClient& client, const InventoryJob& job);

}  // namespace pf::test
