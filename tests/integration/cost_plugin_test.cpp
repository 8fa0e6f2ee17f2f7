// Syncs of costs against simulated Prism Centrals, by the role and the modules as they are built:
// sums are those that the command line makes of the same machines, and whatever fails in between,
// no row of any Prism Central is lost or there twice.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/integration/cost_scene.hpp"
#include "tests/integration/program.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf::test;
using namespace pf::cloudforet_sim::cost;
using nlohmann::json;

TEST_CASE("a first and a second sync, and one again: sums agree, bytes are the same") {
    CostScene scene(simulated_cost_site());
    const CallReply init = scene.api().init();
    INFO(init.status.describe());
    REQUIRE(init.status.ok());
    CHECK(json::parse(init.json)["metadata"]["currency"] == "EUR");
    CHECK(scene.api().verify(scene.site().secret_of({"pc1", "pc2"})).status.ok());
    const Sync first = scene.sync();
    INFO(first.errors);
    REQUIRE(scene.state_of(first) == JobState::success);
    CHECK(scene.days_of("pc1") == 9);
    CHECK(scene.days_of("pc2") == 9);
    scene.next_day();
    const Sync second = scene.sync();
    CHECK(scene.state_of(second) == JobState::success);
    CHECK(scene.days_of("pc1") == 10);
    CHECK(scene.days_of("pc2") == 10);
    scene.start_replica();
    const Sync again = scene.sync();
    CHECK(scene.state_of(again) == JobState::success);
    CHECK(again.bytes == second.bytes);
    CHECK_FALSE(again.bytes.empty());
}

TEST_CASE("over the end of a month, and months before on the user's wish") {
    CostScene scene(simulated_cost_site(), SecretType::service_accounts,
                    std::chrono::year(2026) / 3 / 31);
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    scene.next_day(2);
    CHECK(scene.state_of(scene.sync({.is_backwards = true})) == JobState::success);
    CHECK(scene.days_of("pc1") == 32);
    CHECK(scene.state_of(scene.sync({.start = "2026-02"})) == JobState::success);
    CHECK(scene.days_of("pc1") == 28 + 32);
    CHECK(scene.days_of("pc2") == 28 + 32);
}

TEST_CASE("one Prism Central down when tasks are planned, then when data is asked for") {
    CostScene scene(simulated_cost_site());
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    const auto kept = content(scene.costs().rows());
    scene.next_day();
    scene.start_replica();  // one that does not know yet who pc2 is
    SECTION("planned") {
        scene.site().set_up("pc2", false);
        const Sync failed = scene.sync();
        CHECK(scene.state_of(failed) == JobState::failure);
        CHECK_THAT(failed.errors, Catch::Contains("ERROR_COST_UNPLANNED") &&
                                      Catch::Contains(scene.site().target_of("pc2")));
    }
    SECTION("asked") {
        const Sync failed = scene.sync({.before_data = [&] { scene.site().set_up("pc2", false); }});
        CHECK(scene.state_of(failed) == JobState::failure);
        CHECK_THAT(failed.errors, Catch::Contains(scene.site().target_of("pc2")));
    }
    CHECK(content(scene.costs().rows()) == kept);
    scene.site().set_up("pc2", true);
    scene.next_day();
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    CHECK(scene.days_of("pc1") == 11);
    CHECK(scene.days_of("pc2") == 11);
}

TEST_CASE("one unreadable page ends its task in an error, and nothing is replaced") {
    CostScene scene(simulated_cost_site());
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    const auto kept = content(scene.costs().rows());
    scene.next_day();
    scene.site().break_page("pc1", true);
    const Sync failed = scene.sync();
    CHECK(scene.state_of(failed) == JobState::failure);
    CHECK_THAT(failed.errors, Catch::Contains("ERROR_"));
    CHECK(content(scene.costs().rows()) == kept);
    scene.site().break_page("pc1", false);
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    CHECK(scene.days_of("pc1") == 10);
}

TEST_CASE("the program serves the cost role, and its sums are those of cost report") {
    std::string directory = (std::filesystem::temp_directory_path() / "pf-cost-XXXXXX").string();
    REQUIRE(::mkdtemp(directory.data()) != nullptr);
    pf::sim::Config config;
    config.vms = 30;
    config.clusters = 2;
    pf::sim::Simulator prism(config);
    const std::string ca = directory + "/ca.pem";
    std::ofstream(ca) << prism.ca_pem();
    std::ofstream(directory + "/password") << "nutanix/4u";
    std::ofstream(directory + "/model.yaml")
        << "currency: EUR\nrate_card: {vcpu_hour: 0.05, memory_gib_hour: 0.01}\n";
    const std::string file = directory + "/prismforet.yaml";
    std::ofstream(file) << json{
        {"modules",
         {{"dir", PF_MODULE_DIRECTORY}, {"enable", {"vm", "cluster", "storage", "cost"}}}},
        {"serve", {{"roles", {"cost"}}}},
        {"cost", {{"model", directory + "/model.yaml"}}},
        {"targets",
         {{{"name", "pc1"},
           {"url", "https://127.0.0.1:" + std::to_string(prism.port())},
           {"auth", {{"username", "admin"}, {"password_file", directory + "/password"}}},
           {"tls", {{"ca_file", ca}}}}}}};
    ServeProcess served(file);
    const auto client = ReflectionClient::connect(served.address());
    const CostApi api(*client, {});
    const std::string secret = json{
        {"host", "127.0.0.1"},
        {"port", prism.port()},
        {"username", "admin"},
        {"password", "nutanix/4u"},
        {"ca_cert",
         prism.ca_pem()}}.dump();
    // The month before this one has closed days whatever day it is.
    const auto month = [] {
        const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
        const std::chrono::year_month_day date(today);
        const auto before = date.year() / date.month() - std::chrono::months(1);
        char text[16];
        std::snprintf(text, sizeof text, "%04d-%02u", static_cast<int>(before.year()),
                      static_cast<unsigned>(before.month()));
        return std::string(text);
    }();
    const CostTasks tasks = api.get_tasks(secret, {month, ""});
    INFO(tasks.status.describe());
    REQUIRE(tasks.status.ok());
    double sum = 0;
    std::size_t records = 0;
    for (const std::string& task : tasks.task_options) {
        if (json::parse(task)["month"] != month) continue;
        const CostStream stream =
            api.get_data(secret, task, [&](const std::string& page, std::string_view) {
                const json costs = json::parse(page);
                for (const json& row : costs.at("results")) sum += row.value("cost", 0.0);
                return true;
            });
        INFO(stream.status.describe());
        CHECK(stream.status.ok());
        records += stream.rows;
    }
    CHECK(sum > 0);
    const Ended report =
        run_program({"cost", "report", "--config", file, "--month", month, "-o", "json"});
    INFO(report.err);
    REQUIRE(report.exit_code == 0);
    const json total = json::parse(report.out).at("total");
    INFO(total.dump());
    CHECK(sum == Approx(total.at("cost").get<double>()).margin(1e-6));
    CHECK(records == total.at("records").get<std::size_t>());
    served.terminate();
    CHECK(served.wait().exit_code == 0);
    std::filesystem::remove_all(directory);
}
