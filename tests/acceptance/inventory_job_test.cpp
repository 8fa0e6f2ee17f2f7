#include "tests/acceptance/inventory_job.hpp"

#include <catch2/catch.hpp>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/acceptance/inventory_api.hpp"
#include "tests/acceptance/scripted_collector.hpp"

namespace pf::test {
namespace {

using nlohmann::json;

TEST_CASE("a job collects every task and joins the rows") {
    ScriptedCollector collector;
    InventoryJob job;
    std::multiset<std::size_t> seen;
    job.on_row = [&](std::string_view, std::size_t task) { seen.insert(task); };
    const JobReport report = collector.run(job);
    CHECK(report.describe().empty());
    CHECK(report.calls_ok());
    REQUIRE(report.tasks.size() == 2);
    CHECK(json::parse(report.tasks[1].task_options_json) == json{{"kind", "vms"}});
    CHECK(report.tasks[0].rows == 1);
    CHECK(report.tasks[1].rows == 2);
    CHECK(report.tasks[1].bytes > 200);
    CHECK(seen == std::multiset<std::size_t>{0, 1, 1});
    CHECK(report.rows.service_ids() == std::vector<std::string>{"vm-1", "vm-2"});
    CHECK(report.failure_rows == 0);
    CHECK(report.summary().find("unique services 2") != std::string::npos);
}

TEST_CASE("without tasks one collect brings everything") {
    ScriptedCollector collector;
    SECTION("because the caller wants it so") {
        InventoryJob job;
        job.split_into_tasks = false;
        const JobReport report = collector.run(job);
        CHECK(report.describe().empty());
        REQUIRE(report.tasks.size() == 1);
        CHECK(report.tasks[0].task_options_json.empty());
        CHECK(report.tasks[0].rows == 3);
    }
    SECTION("because get_tasks gives none") {
        collector.server.serve(method_path(job_service, "get_tasks"),
                               [](const std::string&) { return answer_with({""}); });
        CHECK(collector.run().tasks.size() == 1);
    }
    SECTION("because get_tasks fails, which inventory swallows") {
        collector.server.serve(method_path(job_service, "get_tasks"), [](const std::string&) {
            return answer_with_error(grpc::StatusCode::INTERNAL, "ERROR_X: y");
        });
        const JobReport report = collector.run();
        CHECK(report.get_tasks.status.error_code() == "ERROR_X");
        CHECK(report.describe().empty());
        CHECK(report.rows.rows() == 3);
    }
}

TEST_CASE("one task alone is not asked for the rows of the others") {
    ScriptedCollector collector;
    InventoryJob job;
    job.task_options_json = R"({"kind": "vms"})";
    const JobReport report = collector.run(job);
    CHECK(report.describe().empty());
    CHECK(report.rows.rows() == 2);
}

TEST_CASE("a refused secret stops the job unless told otherwise") {
    ScriptedCollector collector;
    collector.server.serve(method_path(collector_service, "verify"), [](const std::string&) {
        return answer_with_error(grpc::StatusCode::UNAUTHENTICATED, "ERROR_LOGIN: wrong password");
    });
    InventoryJob job;
    SECTION("it stops") {
        const JobReport report = collector.run(job);
        CHECK(report.verify.status.error_code() == "ERROR_AUTHENTICATE_FAILURE");
        CHECK(report.tasks.empty());
        CHECK_FALSE(report.calls_ok());
        CHECK(report.describe().find("verify: UNAUTHENTICATED") == 0);
    }
    SECTION("it goes on") {
        job.stop_on_verify_error = false;
        CHECK(collector.run(job).rows.rows() == 3);
    }
}

TEST_CASE("failure rows, wrong rows and broken streams are all told") {
    ScriptedCollector collector;
    collector.serve_collect([](const std::string& request) {
        if (request.find("types") != std::string::npos) {
            return answer_with({type_row(), failure_row()});
        }
        return answer_with_error(grpc::StatusCode::UNAVAILABLE, "ERROR_DRAIN: stopping",
                                 {vm_row("vm-1"), vm_row("vm-1")});
    });
    const JobReport report = collector.run();
    CHECK(report.failure_rows == 1);
    CHECK(report.tasks[0].failure_rows == 1);
    CHECK(report.tasks[1].rows == 2);
    CHECK(report.tasks[1].status.error_code() == "ERROR_DRAIN");
    const std::string text = report.describe();
    CHECK(text.find("ERROR_DRAIN: stopping") != std::string::npos);
    CHECK(text.find("FAILURE row: hosts could not be listed") != std::string::npos);
    CHECK(text.find("run.duplicate_service") != std::string::npos);
}

TEST_CASE("every task of a job has a stream at the same time") {
    ScriptedCollector collector;
    std::mutex mutex;
    std::size_t open = 0;
    std::stop_source all_open;
    std::vector<json> tasks;
    for (int i = 0; i < 8; ++i) tasks.push_back({{"number", i}});
    collector.server.serve(method_path(job_service, "get_tasks"), [tasks](const std::string&) {
        return answer_with({tasks_reply(tasks)});
    });
    collector.serve_collect([&](const std::string&) {
        const std::scoped_lock lock(mutex);
        if (++open == 8) all_open.request_stop();
        Answer answer;
        answer.hold = true;
        return answer;
    });
    InventoryJob job;
    job.collect.stop = all_open.get_token();
    const JobReport report = collector.run(job);
    REQUIRE(report.tasks.size() == 8);
    for (const TaskReport& task : report.tasks) CHECK(task.status.code_name() == "CANCELLED");
}

TEST_CASE("options and secret must be objects") {
    ScriptedCollector collector;
    InventoryJob job;
    job.secret_data_json = "[]";
    CHECK_THROWS_AS(collector.run(job), ReflectionError);
}

}  // namespace
}  // namespace pf::test
