// What is missing must never look deleted: churn, cancel, drain, modules that cannot serve.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "tests/acceptance/inventory_job.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf::test;

namespace {

InventoryJob job_for(const pf::sim::Simulator& prism) {
    InventoryJob job;
    job.options_json = R"({"requests_per_second": 0, "kinds": ["vm"]})";
    job.secret_data_json = secret_for(prism.port(), prism.ca_pem());
    job.split_into_tasks = false;
    return job;
}

bool has_message(const JobReport& report, const std::string& code) {
    const auto& messages = report.rows.failure_messages();
    return std::any_of(messages.begin(), messages.end(),
                       [&](const std::string& text) { return text.rfind(code, 0) == 0; });
}

std::set<std::string> as_set(const std::vector<std::string>& ids) {
    return {ids.begin(), ids.end()};
}

}  // namespace

TEST_CASE("with VMs coming and going and a slow reader, each VM arrives once or the run says why") {
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
        pf::sim::Config config;
        config.seed = seed;
        config.vms = 700;
        config.churn_every = 1;
        pf::sim::Simulator prism(config);
        Plugin plugin;
        const std::set<std::string> before = as_set(prism.vm_ids());
        InventoryJob job = job_for(prism);
        job.collect.rows_per_second = 150;
        const auto client = ReflectionClient::connect(plugin.address());
        const JobReport report = run_inventory_job(*client, job);
        const std::set<std::string> after = as_set(prism.vm_ids());
        const std::set<std::string> got = as_set(report.rows.service_ids());
        INFO("seed " << seed << "\n" << report.summary());
        CHECK(pf::test::describe(report.rows.finish()) == "");
        CHECK(report.calls_ok());
        std::size_t missing = 0;
        for (const std::string& id : before) {
            missing += after.contains(id) && !got.contains(id) ? 1 : 0;
        }
        CHECK((missing == 0 || has_message(report, "ERROR_LIST_CHANGED")));
    }
}

TEST_CASE("a collect cut by drain ends ABORTED and never OK") {
    pf::sim::Config config;
    config.vms = 5000;
    pf::sim::Simulator prism(config);
    Plugin plugin;
    const auto client = ReflectionClient::connect(plugin.address());
    InventoryJob job = job_for(prism);
    job.collect.rows_per_second = 500;
    std::atomic<bool> has_rows{false};
    job.on_row = [&](std::string_view, std::size_t) {
        has_rows = true;
        has_rows.notify_all();
    };
    std::jthread drain([&] {
        has_rows.wait(false);
        plugin.shutdown(0);
    });
    const JobReport report = run_inventory_job(*client, job);
    REQUIRE(report.tasks.size() == 1);
    CHECK(report.tasks[0].status.code_name() == "ABORTED");
    CHECK(report.tasks[0].status.error_code() == "ERROR_COLLECT_INTERRUPTED");
    CHECK(report.tasks[0].rows < 5000);
}

TEST_CASE("a collect that used up its time budget ends ABORTED and says so") {
    pf::sim::Config config;
    config.vms = 300;
    config.faults = {"silent@1"};
    pf::sim::Simulator prism(config);
    Plugin plugin;
    const auto client = ReflectionClient::connect(plugin.address());
    InventoryJob job = job_for(prism);
    job.options_json = R"({"requests_per_second": 0, "kinds": ["vm"], "budget_minutes": 0.05})";
    const JobReport report = run_inventory_job(*client, job);
    REQUIRE(report.tasks.size() == 1);
    CHECK(report.tasks[0].status.code_name() == "ABORTED");
    CHECK(report.tasks[0].status.error_code() == "ERROR_COLLECT_INTERRUPTED");
    CHECK(report.tasks[0].status.details.find("budget_minutes") != std::string::npos);
}

TEST_CASE("a collect the client cancels ends non-OK and Prism is left alone") {
    pf::sim::Config config;
    config.vms = 20000;
    pf::sim::Simulator prism(config);
    Plugin plugin;
    const auto client = ReflectionClient::connect(plugin.address());
    InventoryJob job = job_for(prism);
    job.collect.rows_per_second = 500;
    std::stop_source cancel;
    job.collect.stop = cancel.get_token();
    job.on_row = [&](std::string_view, std::size_t) { cancel.request_stop(); };
    const JobReport report = run_inventory_job(*client, job);
    REQUIRE(report.tasks.size() == 1);
    CHECK(report.tasks[0].status.code_name() == "CANCELLED");
    plugin.shutdown(0);
    CHECK(prism.stats().by_path.size() > 0);
}

TEST_CASE(
    "a module that is gone or refused after get_tasks gives a FAILURE row, not an empty success") {
    pf::sim::Config config;
    config.vms = 10;
    pf::sim::Simulator prism(config);
    const auto directory =
        std::filesystem::temp_directory_path() / ("pf-modules-" + std::to_string(prism.port()));
    std::filesystem::create_directories(directory);
    const std::string task =
        R"({"target": "127.0.0.1:)" + std::to_string(prism.port()) + R"(", "kind": "vm"})";
    {
        INFO("no module at all");
        PluginConfig config_without;
        config_without.modules = directory;
        Plugin plugin(config_without);
        const auto client = ReflectionClient::connect(plugin.address());
        InventoryJob job = job_for(prism);
        job.task_options_json = task;
        job.row_check.whole_run = false;
        const JobReport report = run_inventory_job(*client, job);
        CHECK(report.tasks.at(0).status.ok());
        CHECK(report.failure_rows == 1);
        CHECK(has_message(report, "ERROR_MODULE_UNAVAILABLE"));
    }
    {
        INFO("a file that is no module");
        std::ofstream(directory / "vm.so") << "not a library";
        PluginConfig config_broken;
        config_broken.modules = directory;
        Plugin plugin(config_broken);
        const auto client = ReflectionClient::connect(plugin.address());
        InventoryJob job = job_for(prism);
        const JobReport report = run_inventory_job(*client, job);
        CHECK(report.tasks.at(0).status.ok());
        CHECK(report.failure_rows == 1);
        CHECK(has_message(report, "ERROR_MODULE_UNAVAILABLE"));
    }
    {
        INFO("taken out of service between get_tasks and collect");
        Plugin plugin;
        plugin.modules().fault("vm", pf::host::Status(pf::host::Code::internal, "ERROR_MODULE_HUNG",
                                                      "ignored a cancel"));
        const auto client = ReflectionClient::connect(plugin.address());
        InventoryJob job = job_for(prism);
        job.split_into_tasks = true;
        const JobReport report = run_inventory_job(*client, job);
        CHECK(report.failure_rows == 1);
        CHECK(has_message(report, "ERROR_MODULE_UNAVAILABLE"));
    }
    std::filesystem::remove_all(directory);
}

TEST_CASE("a kind nobody serves is missing, and hides nothing") {
    pf::sim::Config config;
    config.vms = 20;
    pf::sim::Simulator prism(config);
    Plugin plugin;
    const auto client = ReflectionClient::connect(plugin.address());
    InventoryJob job = job_for(prism);
    job.options_json = R"({"requests_per_second": 0, "kinds": ["vm", "nosuch"]})";
    const JobReport report = run_inventory_job(*client, job);
    CHECK(report.rows.unique_services() == 20);
    CHECK(report.failure_rows == 1);
    CHECK(has_message(report, "ERROR_MODULE_UNAVAILABLE"));

    job.options_json = R"({"requests_per_second": 0, "exclude_kinds":
        ["vm", "esxi_vm", "image", "recovery_point", "template"]})";
    const JobReport nothing = run_inventory_job(*client, job);
    CHECK(nothing.describe() == "");
    CHECK(nothing.rows.unique_services() == 0);
}
