// The monitoring and monitoring-log roles as the program serves them, against a simulated Prism
// Central: what CloudForet's monitoring would draw of resources that were collected before. And
// `prismforet metrics`, which shows the same.
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cloudforet_sim/monitoring/plugin_ports.hpp"
#include "tests/integration/built_modules.hpp"
#include "tests/integration/local_run.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/integration/program.hpp"
#include "tests/prism_sim/server.hpp"
#include "tests/prism_sim/simulation.hpp"

using namespace pf;
using namespace pf::test;
using namespace pf::cloudforet_sim::monitoring;
using nlohmann::json;

namespace {

constexpr std::int64_t now = 1'772'323'200;  // 2026-03-01T00:00:00Z

// The program with one role, in a folder of its own.
class Served {
  public:
    explicit Served(const std::string& role) {
        directory_ = (std::filesystem::temp_directory_path() / "pf-monitoring-XXXXXX").string();
        if (::mkdtemp(directory_.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
        const std::string file = directory_ + "/prismforet.yaml";
        std::ofstream(file) << json{
            {"modules", {{"dir", PF_MODULE_DIRECTORY}, {"enable", {"alert", "monitoring"}}}},
            {"serve", {{"roles", {role}}}}};
        process_ = std::make_unique<ServeProcess>(file);
        client_ = ReflectionClient::connect(process_->address());
    }
    ~Served() { std::filesystem::remove_all(directory_); }
    const ReflectionClient& client() const { return *client_; }

  private:
    std::string directory_;
    std::unique_ptr<ServeProcess> process_;
    std::unique_ptr<ReflectionClient> client_;
};

sim::Config world(std::uint32_t vms) {
    sim::Config config;
    config.vms = vms;
    config.clusters = 2;
    config.volume_groups = 3;
    config.statistics.now_s = static_cast<std::uint64_t>(now);
    return config;
}

// What the inventory has of these kinds.
std::vector<Resource> inventory(const sim::Simulator& prism, const std::string& kinds) {
    BuiltModules modules;
    const LocalRun run =
        run_locally(modules.modules(), R"({"requests_per_second": 0, "kinds": )" + kinds + "}",
                    secret_for(prism.port(), prism.ca_pem()));
    REQUIRE(run.end.text() == "OK");
    std::vector<Resource> resources;
    for (const auto& [id, body] : run.resources) {
        Resource one{"cloud-svc-" + id, body.value("region_code", ""), "prism", body};
        if (one.body.contains("json_data")) {
            one.body["data"] = json::parse(one.body["json_data"].get<std::string>());
        }
        resources.push_back(std::move(one));
    }
    return resources;
}

const Metric* find(const std::vector<Metric>& metrics, const std::string& key) {
    for (const Metric& one : metrics) {
        if (one.key == key) return &one;
    }
    return nullptr;
}

}  // namespace

TEST_CASE("CloudForet draws 200 machines over an hour, a day and thirty days on one grid") {
    const sim::Simulator prism(world(200));
    const Served served("monitoring");
    const MetricApi api(served.client(), {R"({"requests_per_second": 0})"});
    const auto init = api.init();
    REQUIRE(init.status.ok());
    const std::string secret = secret_for(prism.port(), prism.ca_pem());
    CHECK(api.verify(secret).status.ok());
    const MetricView view(json::parse(init.json).at("metadata"),
                          metric_ports(api, {{"prism", secret}}));
    const auto resources = inventory(prism, R"(["vm"])");
    REQUIRE(resources.size() == 200);
    const auto metrics = view.list(resources);
    const Metric* const cpu = find(metrics, "cpu_utilization");
    REQUIRE(cpu != nullptr);
    CHECK(cpu->unit.at("y") == "Percent");
    CHECK(find(metrics, "memory_utilization") != nullptr);
    CHECK(cpu->metric_query.size() == 200);
    struct Span {
        const char* start;
        std::size_t labels;
    };
    for (const Span& span : {Span{"2026-02-28T22:00:00Z", 60}, Span{"2026-02-27T23:00:00Z", 48},
                             Span{"2026-01-29T23:00:00Z", 31}}) {
        const Picture picture =
            view.data(*cpu, resources, {span.start, "2026-02-28T23:00:00Z", 0, "AVERAGE"});
        INFO(span.start);
        CHECK(picture.error == "");
        CHECK(picture.misdrawn == "");
        CHECK(picture.labels.size() == span.labels);
        CHECK(picture.values.size() == 200);
        int numbers = 0;
        int gaps = 0;
        for (const auto& [id, values] : picture.values) {
            for (const json& value : values) {
                ++(value.is_number() ? numbers : gaps);
                CHECK(
                    (value.is_null() || (value.get<double>() >= 0 && value.get<double>() <= 100)));
            }
        }
        CHECK(numbers > 1'000);
        CHECK(gaps > 0);
    }
}

TEST_CASE("every measured kind of the inventory has metrics with values") {
    const sim::Simulator prism(world(10));
    const Served served("monitoring");
    const MetricApi api(served.client(), {R"({"requests_per_second": 0})"});
    const std::string secret = secret_for(prism.port(), prism.ca_pem());
    const MetricView view(json::parse(api.init().json).at("metadata"),
                          metric_ports(api, {{"prism", secret}}));
    for (const char* kind : {"host", "cluster", "storage_container", "volume_group"}) {
        const auto resources = inventory(prism, R"([")" + std::string(kind) + R"("])");
        INFO(kind);
        REQUIRE(!resources.empty());
        const auto metrics = view.list(resources);
        REQUIRE(!metrics.empty());
        const Picture picture = view.data(
            metrics.front(), resources, {"2026-02-28T16:00:00Z", "2026-02-28T22:00:00Z", 0, "MAX"});
        CHECK(picture.error == "");
        CHECK(picture.misdrawn == "");
        int numbers = 0;
        for (const auto& [id, values] : picture.values) {
            for (const json& value : values) numbers += value.is_number() ? 1 : 0;
        }
        CHECK(numbers > 0);
    }
}

TEST_CASE("the log of a resource is its events and audits, or an error") {
    const sim::Simulator prism(world(5));
    const Served served("monitoring-log");
    const LogApi api(served.client(), {R"({"requests_per_second": 0})"});
    const std::string secret = secret_for(prism.port(), prism.ca_pem());
    CHECK(api.init().status.ok());
    CHECK(api.verify(secret).status.ok());
    const auto resources = inventory(prism, R"(["cluster"])");
    REQUIRE(!resources.empty());
    const std::string query = resources.front().body.at("data").at("nutanix_monitoring").dump();
    const LogAnswer all = api.list(secret, query, {});
    INFO(all.status.describe());
    CHECK(all.status.ok());
    const std::string wrong = secret_for(prism.port(), prism.ca_pem(), "wrong");
    const LogAnswer refused = api.list(wrong, query, {});
    CHECK_FALSE(refused.status.ok());
    CHECK(refused.status.describe().find("ERROR_INVALID_CREDENTIALS") != std::string::npos);
}

TEST_CASE("the metrics command draws, and writes CSV and JSON of the same") {
    sim::Config of_today = world(6);
    of_today.statistics.now_s = 0;  // by the clock, as the command asks
    const sim::Simulator prism(of_today);
    auto directory = (std::filesystem::temp_directory_path() / "pf-metrics-XXXXXX").string();
    REQUIRE(::mkdtemp(directory.data()) != nullptr);
    const auto write = [&directory](const char* name, const std::string& text) {
        const std::string file = directory + "/" + name;
        std::ofstream(file) << text;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        return file;
    };
    const std::string config = write(
        "prismforet.yaml",
        json{{"modules", {{"dir", PF_MODULE_DIRECTORY}}},
             {"targets",
              {{{"name", "pc"},
                {"url", "https://127.0.0.1:" + std::to_string(prism.port())},
                {"auth",
                 {{"username", "admin"}, {"password_file", write("password", "nutanix/4u\n")}}},
                {"tls", {{"ca_file", write("ca.pem", prism.ca_pem())}}}}}}}
            .dump());
    const auto ask = [&config](std::vector<std::string> more) {
        std::vector<std::string> arguments{"metrics", "--config", config};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_program(arguments);
    };
    const Ended shown =
        ask({"cluster", "--last", "6h", "-o", "table", "--metric", "cpu_utilization"});
    INFO(shown.err);
    INFO(shown.out);
    CHECK(shown.exit_code == 0);
    CHECK(shown.out.find("cpu_utilization") != std::string::npos);
    CHECK(shown.out.find("▁") != std::string::npos);
    const Ended told = ask({"cluster", "--last", "6h", "-o", "json", "--period", "10m"});
    REQUIRE(told.exit_code == 0);
    const json all = json::parse(told.out);
    CHECK(all.at("metrics").size() >= 10);
    std::size_t numbers = 0;
    for (const json& value : all.at("metrics")[0].at("resources")[0].at("values")) {
        numbers += value.is_number() ? 1 : 0;
    }
    CHECK(numbers >= 30);
    const Ended lines = ask({"cluster", "--last", "6h", "--metric", "cpu_utilization"});
    CHECK(lines.out.starts_with("time,name,id,metric,unit,value\n"));
    const Ended typo = ask({"cluster", "--metric", "cpu_utilisation"});
    CHECK(typo.exit_code == 2);
    CHECK(typo.err.find("did you mean 'cpu_utilization'?") != std::string::npos);
    const Ended none = ask({"category", "--last", "1h"});
    CHECK(none.exit_code != 0);
    CHECK(none.err.find("nothing is measured") != std::string::npos);
    std::filesystem::remove_all(directory);
}
