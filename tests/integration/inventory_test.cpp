// The whole path: a simulated Prism Central over TLS, the vm module behind the ABI, the gRPC role,
// and a client that learned the API by reflection.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/acceptance/inventory_job.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf::test;

namespace {

// No rate limit: the tests would only wait.
const char* const fast = R"({"requests_per_second": 0, "kinds": ["vm"]})";

InventoryJob job_for(const pf::sim::Simulator& prism) {
    InventoryJob job;
    job.options_json = fast;
    job.secret_data_json = secret_for(prism.port(), prism.ca_pem());
    job.row_check.forbidden_texts = {"nutanix/4u"};
    return job;
}

std::set<std::string> ids_of(const pf::sim::Simulator& prism) {
    const auto ids = prism.vm_ids();
    return {ids.begin(), ids.end()};
}

// The resource ids among the rows of a job, counted by the client.
std::set<std::string> collected_ids(const JobReport& report) {
    std::set<std::string> ids;
    for (const std::string& id : report.rows.service_ids()) {
        ids.insert(id);
    }
    return ids;
}

}  // namespace

TEST_CASE("10,000 VMs arrive once each, by tasks and by one collect, in both encodings") {
    pf::sim::Config config;
    config.vms = 10000;
    pf::sim::Simulator prism(config);
    Plugin plugin;
    const auto client = ReflectionClient::connect(plugin.address());
    for (const bool by_tasks : {true, false}) {
        for (const char* encoding : {"json", "struct"}) {
            InventoryJob job = job_for(prism);
            job.split_into_tasks = by_tasks;
            job.options_json =
                std::string(R"({"requests_per_second": 0, "kinds": ["vm"], "encoding": ")") +
                encoding + "\"}";
            const JobReport report = run_inventory_job(*client, job);
            INFO(report.summary());
            CHECK(report.describe() == "");
            CHECK(collected_ids(report) == ids_of(prism));
        }
    }
}

TEST_CASE("Prism is asked once per page, login and namespace; look-ups are shared") {
    pf::sim::Config config;
    config.vms = 2000;
    pf::sim::Simulator prism(config);
    Plugin plugin;
    const auto client = ReflectionClient::connect(plugin.address());
    InventoryJob job = job_for(prism);
    job.split_into_tasks = false;
    job.stop_on_verify_error = true;
    const JobReport report = run_inventory_job(*client, job);
    CHECK(report.describe() == "");
    const pf::sim::Stats stats = prism.stats();
    CHECK(stats.logins == 1);
    std::uint64_t pages = 0;
    std::uint64_t asked = 0;
    for (const auto& [path, count] : stats.by_path) {
        INFO(path << " " << count);
        if (path.find("/ahv/config/vms") != std::string::npos) {
            pages = count;
        }
        if (path.find("unversioned/info") != std::string::npos) {
            CHECK(count == 1);
            ++asked;
        }
    }
    CHECK(pages == 21);  // all full, so one more shows that there are no others
    CHECK(asked >= 1);
}

TEST_CASE("the option clusters takes names, and what is elsewhere counts as filtered") {
    pf::sim::Config config;
    config.vms = 400;
    pf::sim::Simulator prism(config);
    Plugin plugin;
    const auto client = ReflectionClient::connect(plugin.address());
    std::size_t sum = 0;
    for (const char* cluster : {"cluster-01", "cluster-02", "cluster-03", "cluster-04"}) {
        InventoryJob job = job_for(prism);
        job.options_json =
            nlohmann::json{{"requests_per_second", 0}, {"kinds", {"vm"}}, {"clusters", {cluster}}}
                .dump();
        const JobReport report = run_inventory_job(*client, job);
        CHECK(report.describe() == "");
        CHECK(report.rows.rows_by_type().at("inventory.Region") == 1);
        sum += report.rows.unique_services();
    }
    CHECK(sum == 400);
}
