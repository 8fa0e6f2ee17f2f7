// Tasks by cluster: whatever Prism makes of the filter, all tasks together bring what one collect
// brings, each VM once.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/acceptance/inventory_job.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf::test;
using nlohmann::json;
namespace sim = pf::sim;

namespace {

InventoryJob job_for(const sim::Simulator& prism, const char* split, const char* api = "auto") {
    InventoryJob job;
    job.options_json = json{
        {"requests_per_second", 0},
        {"split_tasks", split},
        {"api_version", api},
        {"kinds", {"vm"}}}.dump();
    job.secret_data_json = secret_for(prism.port(), prism.ca_pem());
    job.split_into_tasks = true;
    return job;
}

JobReport collect(const sim::Simulator& prism, const char* split, const char* api = "auto") {
    Plugin plugin;
    const auto client = ReflectionClient::connect(plugin.address());
    return run_inventory_job(*client, job_for(prism, split, api));
}

std::set<std::string> ids_of(const sim::Simulator& prism) {
    const auto ids = prism.vm_ids();
    return {ids.begin(), ids.end()};
}

void check_union(const JobReport& report, const sim::Simulator& prism, std::size_t tasks) {
    INFO(report.summary());
    CHECK(report.describe() == "");
    CHECK(report.tasks.size() == tasks);
    const auto ids = report.rows.service_ids();
    CHECK(std::set<std::string>(ids.begin(), ids.end()) == ids_of(prism));
    CHECK(ids.size() == ids_of(prism).size());
}

std::uint64_t pages(const sim::Simulator& prism) {
    std::uint64_t count = 0;
    for (const auto& [path, times] : prism.stats().by_path) {
        count += path.find("/ahv/config/vms") != std::string::npos ? times : 0;
    }
    return count;
}

}  // namespace

TEST_CASE("VMs with and without a cluster arrive once each, by tasks of clusters and the rest") {
    for (const std::uint32_t clusterless : {0U, 5U}) {
        INFO(clusterless << " % without a cluster");
        sim::Config config;
        config.vms = 900;
        config.clusterless_vms = clusterless;
        sim::Simulator prism(config);
        // types, four clusters, the rest
        check_union(collect(prism, "always"), prism, 6);
        // Each cluster is counted twice and everything twice; the rest is read only if it must be.
        const std::uint64_t counts = 1 + 1 + 4 + 1;
        CHECK(pages(prism) <= counts + 4 * 3 + (clusterless > 0 ? 10 : 0));
    }
}

TEST_CASE("where Prism refuses the filter nothing is divided") {
    sim::Config config;
    config.vms = 900;
    config.clusterless_vms = 5;
    config.v4.refuse_filter = {"vms"};
    sim::Simulator prism(config);
    check_union(collect(prism, "always"), prism, 2);
}

TEST_CASE("a filter that is refused after planning is replaced by leaving others out") {
    sim::Config config;
    config.vms = 900;
    config.clusterless_vms = 5;
    sim::Simulator filters(config);
    config.v4.refuse_filter = {"vms"};
    sim::Simulator refuses(config);  // the same world
    Plugin plugin;
    const auto client = ReflectionClient::connect(plugin.address());
    InventoryJob job = job_for(filters, "always");
    const JobReport planned = run_inventory_job(*client, job);
    REQUIRE(planned.tasks.size() == 6);
    std::multiset<std::string> ids;
    for (const auto& task : planned.tasks) {
        json options = json::parse(task.task_options_json);
        if (options.contains("target")) {
            options["target"] = "127.0.0.1:" + std::to_string(refuses.port());
        }
        InventoryJob one = job_for(refuses, "always");
        one.split_into_tasks = false;
        one.task_options_json = options.dump();
        const JobReport part = run_inventory_job(*client, one);
        INFO(part.summary());
        CHECK(part.describe() == "");
        for (const std::string& id : part.rows.service_ids()) {
            ids.insert(id);
        }
    }
    const auto all = ids_of(refuses);
    CHECK(ids.size() == all.size());
    CHECK(std::set<std::string>(ids.begin(), ids.end()) == all);
}

TEST_CASE("by v3, and where a cluster has few VMs, nothing is divided") {
    sim::Config config;
    config.vms = 900;
    config.clusterless_vms = 5;
    sim::Simulator prism(config);
    check_union(collect(prism, "always", "v3"), prism, 2);
    check_union(collect(prism, "auto"), prism, 2);
    check_union(collect(prism, "never"), prism, 2);
}

TEST_CASE("large clusters are divided by themselves, at less than a twentieth of the calls") {
    sim::Config config;
    config.vms = 6200;
    config.clusters = 2;
    sim::Simulator prism(config);
    check_union(collect(prism, "auto"), prism, 4);
    CHECK(pages(prism) <= 62 + 62 / 20 + 5);
}

TEST_CASE("a kind that nothing serves has a task that says so") {
    sim::Config config;
    config.vms = 50;
    sim::Simulator prism(config);
    Plugin plugin;
    const auto client = ReflectionClient::connect(plugin.address());
    InventoryJob job = job_for(prism, "auto");
    json options = json::parse(job.options_json);
    options["kinds"] = {"vm", "nothing_of_ours"};
    job.options_json = options.dump();
    const JobReport report = run_inventory_job(*client, job);
    CHECK(report.tasks.size() == 3);
    CHECK(report.failure_rows == 1);
    CHECK_THAT(report.describe(), Catch::Contains("ERROR_MODULE_UNAVAILABLE"));
    CHECK(report.rows.unique_services() == 50);
}

TEST_CASE("chosen clusters have tasks of their own and no rest") {
    sim::Config config;
    config.vms = 900;
    sim::Simulator prism(config);
    Plugin plugin;
    const auto client = ReflectionClient::connect(plugin.address());
    std::size_t sum = 0;
    for (const char* cluster : {"cluster-01", "cluster-02", "cluster-03", "cluster-04"}) {
        InventoryJob job = job_for(prism, "auto");
        json options = json::parse(job.options_json);
        options["clusters"] = {cluster};
        job.options_json = options.dump();
        const JobReport report = run_inventory_job(*client, job);
        INFO(report.summary());
        CHECK(report.describe() == "");
        CHECK(report.tasks.size() == 2);
        sum += report.rows.unique_services();
    }
    CHECK(sum == 900);
}

TEST_CASE("VMs that come and go while tasks run are there once, or the job says so") {
    for (const std::uint64_t seed : {1, 2, 3}) {
        sim::Config config;
        config.vms = 900;
        config.seed = seed;
        config.clusterless_vms = 5;
        config.churn_every = 3;
        sim::Simulator prism(config);
        const std::set<std::string> before = ids_of(prism);
        const JobReport report = collect(prism, "always");
        INFO(report.summary());
        const auto rows = report.rows.service_ids();
        const std::set<std::string> ids(rows.begin(), rows.end());
        std::size_t lost = 0;
        for (const std::string& id : ids_of(prism)) {
            lost += before.contains(id) && !ids.contains(id) ? 1 : 0;
        }
        CHECK((lost == 0 || report.failure_rows > 0));
    }
}
