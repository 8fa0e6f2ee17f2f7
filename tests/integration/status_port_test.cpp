// The status port of a real server: what probes and Prometheus see before, after and while it ends.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/acceptance/inventory_job.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/integration/program.hpp"
#include "tests/integration/status_page.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf::test;
using Catch::Matchers::Contains;
using nlohmann::json;

namespace {

class ConfigFile {
  public:
    ConfigFile() {
        std::string made = (std::filesystem::temp_directory_path() / "pf-status-XXXXXX").string();
        REQUIRE(::mkdtemp(made.data()) != nullptr);
        directory_ = made;
        // JSON is YAML.
        std::ofstream(path()) << json{{"modules", {{"dir", PF_MODULE_DIRECTORY}}},
                                      {"serve", {{"status", "127.0.0.1:0"}}}};
    }
    ~ConfigFile() { std::filesystem::remove_all(directory_); }
    std::string path() const { return directory_ + "/prismforet.yaml"; }

  private:
    std::string directory_;
};

std::pair<int, std::string> ask(const ServeProcess& serve, const std::string& path) {
    return status_page(serve.status_address(), path);
}

}  // namespace

TEST_CASE("probes, figures and the last collections of a server") {
    pf::sim::Config world;
    world.vms = 40;
    pf::sim::Simulator prism(world);
    const ConfigFile config;
    ServeProcess serve(config.path());
    REQUIRE_FALSE(serve.status_address().empty());
    CHECK(ask(serve, "/healthz") == std::pair<int, std::string>(200, "alive\n"));
    CHECK(ask(serve, "/readyz") == std::pair<int, std::string>(200, "ready\n"));
    CHECK(json::parse(ask(serve, "/api/v1/status").second)["collects"].empty());

    InventoryJob job;
    job.options_json = R"({"requests_per_second": 0, "kinds": ["vm"]})";
    job.split_into_tasks = false;
    job.secret_data_json = secret_for(prism.port(), prism.ca_pem());
    const JobReport good = run_inventory_job(*ReflectionClient::connect(serve.address()), job);
    CHECK(good.describe() == "");
    job.secret_data_json = secret_for(prism.port(), prism.ca_pem(), "canary-wrong-password");
    job.stop_on_verify_error = false;
    const JobReport bad = run_inventory_job(*ReflectionClient::connect(serve.address()), job);
    CHECK(bad.failure_rows == 1);

    const std::string figures = ask(serve, "/metrics").second;
    CHECK_THAT(figures, Contains("prismforet_collects_total{outcome=\"complete\"} 1"));
    CHECK_THAT(figures, Contains("prismforet_collects_total{outcome=\"partial\"} 1"));
    CHECK_THAT(figures, Contains("prismforet_entities_total{kind=\"vm\",outcome=\"emitted\"} 40"));
    CHECK_THAT(figures, Contains("prismforet_missing_total{code=\"ERROR_INVALID_CREDENTIALS\""));
    CHECK_THAT(figures, Contains("prismforet_ready 1"));
    const std::string status = ask(serve, "/api/v1/status").second;
    const json document = json::parse(status);
    REQUIRE(document["collects"].size() == 2);
    CHECK(document["collects"][0]["complete"] == false);
    CHECK(document["collects"][1]["complete"] == true);
    CHECK(document["collects"][1]["report"]["emitted"] == 40);
    for (const std::string& text : {figures, status}) {
        CHECK(text.find("canary-wrong-password") == std::string::npos);
        CHECK(text.find("nutanix/4u") == std::string::npos);
    }
    serve.terminate();
    CHECK(serve.wait().exit_code == 0);
}

TEST_CASE("without a status address there is no such port") {
    const ConfigFile config;
    std::ofstream(config.path()) << json{{"modules", {{"dir", PF_MODULE_DIRECTORY}}}};
    ServeProcess serve(config.path());
    CHECK(serve.status_address().empty());
}
