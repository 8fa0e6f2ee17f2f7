// Costs from end to end: simulated Prism Centrals, the modules of this build, the cost role over
// gRPC, and CloudForet's rules of replacement; beside them the command line, which must come to the
// same sums.
#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "host/app/application.hpp"
#include "host/app/cost_role.hpp"
#include "host/cloudforet/server.hpp"
#include "tests/cloudforet_sim/cost/sync.hpp"
#include "tests/integration/program.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf;
using namespace pf::test;
using namespace pf::cloudforet_sim::cost;
using namespace std::chrono_literals;
using nlohmann::json;
using std::chrono::sys_days;

namespace {

constexpr const char* model_text = R"({
    "name": "test", "currency": "EUR", "time": {"zone": "UTC"},
    "rate_card": {"vcpu_hour": 0.05, "memory_gib_hour": 0.01, "storage_gib_month": 0.1},
    "allocation": {"keys": ["Environment"]}})";

sim::Config world(std::uint64_t seed) {
    sim::Config config;
    config.seed = seed;
    config.vms = 60;
    config.esxi_vms = 8;
    return config;
}

// One plugin process, as far as costs go. Replicas are several of them.
class CostPlugin {
  public:
    explicit CostPlugin(const std::atomic<std::int64_t>& now) : application_(config()) {
        host::cloudforet::ServerOptions options;
        options.address = "127.0.0.1:0";
        options.version = "test";
        auto server = host::cloudforet::Server::start(
            options, host::cloudforet::cost_role(std::make_shared<host::app::CostWorker>(
                         application_, config_, [&now] { return now.load(); })));
        REQUIRE(server.ok());
        server_ = std::move(*server);
        client_ = ReflectionClient::connect(server_->address());
        CostDataSource source;
        source.options_json =
            json{{"cost_model", json::parse(model_text)}, {"requests_per_second", 100000}}.dump();
        api_ = std::make_unique<CostApi>(*client_, source);
    }
    const CostApi& api() const { return *api_; }

  private:
    static host::app::Config config() {
        host::app::Config config;
        config.modules.dir = PF_MODULE_DIRECTORY;
        return config;
    }

    const host::app::Config config_ = config();
    host::app::Application application_;
    std::unique_ptr<host::cloudforet::Server> server_;
    std::unique_ptr<ReflectionClient> client_;
    std::unique_ptr<CostApi> api_;
};

struct Scene {
    std::atomic<std::int64_t> now{0};
    std::unique_ptr<sim::Simulator> pc1 = std::make_unique<sim::Simulator>(world(7));
    std::unique_ptr<sim::Simulator> pc2 = std::make_unique<sim::Simulator>(world(8));
    CostPlugin plugin{now};
    CostAnalysis costs{SecretType::service_accounts,
                       [this] { return Time(std::chrono::seconds(now)); }};

    explicit Scene(sys_days today) { set_today(today); }
    void set_today(sys_days today) {
        now = std::chrono::duration_cast<std::chrono::seconds>((today + 16h).time_since_epoch())
                  .count();
    }
    static std::string secret_of(const sim::Simulator& prism) {
        return json{{"host", "127.0.0.1"},
                    {"port", prism.port()},
                    {"username", "admin"},
                    {"password", "nutanix/4u"},
                    {"ca_cert", prism.ca_pem()}}
            .dump();
    }
    std::vector<Secret> secrets() const {
        return {{"s1", secret_of(*pc1)}, {"s2", secret_of(*pc2)}};
    }
    Sync sync(const CostApi& api, const SyncOptions& options = {}) {
        Sync done = cloudforet_sim::cost::sync(costs, api, secrets(), options);
        INFO(done.errors);
        REQUIRE(done.job.has_value());
        return done;
    }
};

std::map<std::string, double> by_day(const CostAnalysis& costs) {
    return sums(costs.rows(), [](const CostRow& row) { return row.billed_date; });
}

}  // namespace

TEST_CASE("a first sync and the next, the same bytes from every replica") {
    Scene scene(2026y / 3 / 10);
    CHECK(scene.plugin.api().init().status.ok());
    CHECK(scene.plugin.api().verify(Scene::secret_of(*scene.pc1)).status.ok());
    const Sync first = scene.sync(scene.plugin.api());
    INFO(first.errors);
    CHECK(scene.costs.job(*first.job).state == JobState::success);
    CHECK(doubled(scene.costs.rows()) == "");
    const auto days = by_day(scene.costs);
    CHECK(days.size() == 9);
    for (const auto& [day, sum] : days) {
        INFO(day);
        CHECK(sum > 0);
        CHECK(std::fabs(sum - days.begin()->second) < 1e-6);  // nothing changes in this world
    }
    const auto kept = content(scene.costs.rows());
    const CostPlugin replica(scene.now);
    const Sync again = scene.sync(replica.api(), {.start = "2026-03"});
    CHECK(again.bytes == first.bytes);
    CHECK(content(scene.costs.rows()) == kept);
    scene.set_today(2026y / 3 / 11);
    const Sync next = scene.sync(scene.plugin.api());
    CHECK(scene.costs.job(*next.job).state == JobState::success);
    CHECK(by_day(scene.costs).size() == 10);
    CHECK(doubled(scene.costs.rows()) == "");
}

TEST_CASE("every kind of machine is charged, with its account, and rows are few keys") {
    Scene scene(2026y / 3 / 3);
    (void)scene.sync(scene.plugin.api());
    std::set<std::string> products;
    std::set<std::string> accounts;
    std::set<std::string> keys;
    for (const CostRow& row : scene.costs.rows()) {
        products.insert(row.document.value("product", ""));
        accounts.insert(row.text_at("additional_info.account"));
        for (const auto& [key, value] : row.document["additional_info"].items()) keys.insert(key);
        CHECK(row.cost() >= 0);
    }
    CHECK(products.contains("AHV"));
    CHECK(products.contains("ESXi"));
    CHECK(accounts.size() == 2);
    CHECK(keys.size() <= 6);
}

TEST_CASE(
    "a list with one page that cannot be read ends its task in an error, and nothing is lost") {
    Scene scene(2026y / 3 / 10);
    CHECK(scene.costs.job(*scene.sync(scene.plugin.api()).job).state == JobState::success);
    const auto kept = content(scene.costs.rows());
    scene.set_today(2026y / 3 / 11);
    scene.pc2->set_faults({"truncated:path=/ahv/config/vms"});
    const Sync failed = scene.sync(scene.plugin.api());
    CHECK(scene.costs.job(*failed.job).state == JobState::failure);
    CHECK_THAT(failed.errors, Catch::Contains("ERROR_"));
    CHECK(content(scene.costs.rows()) == kept);
    scene.pc2->set_faults({});
    CHECK(scene.costs.job(*scene.sync(scene.plugin.api()).job).state == JobState::success);
    CHECK(by_day(scene.costs).size() == 10);
    CHECK(doubled(scene.costs.rows()) == "");
}

TEST_CASE("a Prism Central that is down, when tasks are planned or when data is asked for") {
    Scene scene(2026y / 3 / 10);
    CHECK(scene.costs.job(*scene.sync(scene.plugin.api()).job).state == JobState::success);
    const auto kept = content(scene.costs.rows());
    scene.set_today(2026y / 3 / 11);
    const bool is_planned = GENERATE(false, true);
    const auto secrets = scene.secrets();
    const auto stop = [&] { scene.pc2.reset(); };
    if (!is_planned) stop();
    const CostPlugin fresh(scene.now);  // one that knows nobody yet
    Sync failed =
        cloudforet_sim::cost::sync(scene.costs, fresh.api(), secrets, {.before_data = [&] {
                                       if (is_planned) stop();
                                   }});
    REQUIRE(failed.job.has_value());
    CHECK(scene.costs.job(*failed.job).state == JobState::failure);
    CHECK(content(scene.costs.rows()) == kept);
    scene.pc2 = std::make_unique<sim::Simulator>(world(8));
    CHECK(scene.costs.job(*scene.sync(scene.plugin.api()).job).state == JobState::success);
    CHECK(by_day(scene.costs).size() == 10);
    CHECK(doubled(scene.costs.rows()) == "");
}

namespace {

// A configuration for the command line, and its files.
class Desk {
  public:
    Desk(const sim::Simulator& first, const sim::Simulator& second)
        : directory_(std::filesystem::temp_directory_path() /
                     ("prismforet-cost-" + std::to_string(first.port()))) {
        std::filesystem::create_directory(directory_);
        std::string config = "modules: {dir: " + std::string(PF_MODULE_DIRECTORY) +
                             "}\ncost: {model: " + write("cost.json", model_text) +
                             "}\ncollect: {requests_per_second: 100000}\ntargets:\n";
        const std::string password = write("password", "nutanix/4u\n");
        for (const auto& [name, prism] : {std::pair("one", &first), std::pair("two", &second)}) {
            config +=
                "  - name: " + std::string(name) +
                "\n    url: https://127.0.0.1:" + std::to_string(prism->port()) +
                "\n    auth: {username: admin, password_file: " + password +
                "}\n    tls: {ca_file: " + write(std::string(name) + ".pem", prism->ca_pem()) +
                "}\n";
        }
        config_ = write("prismforet.yaml", config);
    }
    ~Desk() { std::filesystem::remove_all(directory_); }

    std::string write(const std::string& name, const std::string& text) const {
        const auto file = directory_ / name;
        std::ofstream(file) << text;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        return file.string();
    }
    Ended run(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--config", config_});
        return run_program(arguments);
    }

  private:
    std::filesystem::path directory_;
    std::string config_;
};

}  // namespace

TEST_CASE("the command line comes to the sums that CloudForet has") {
    Scene scene(2026y / 4 / 1);
    (void)scene.sync(scene.plugin.api(), {.start = "2026-03"});
    const Desk desk(*scene.pc1, *scene.pc2);
    const Ended report =
        desk.run({"cost", "report", "--month", "2026-03", "--by", "date", "-o", "json"});
    INFO(report.err);
    REQUIRE(report.exit_code == 0);
    const json told = json::parse(report.out);
    const auto days = by_day(scene.costs);
    REQUIRE(told["items"].size() == 31);
    double total = 0;
    for (const json& item : told["items"]) {
        INFO(item.dump());
        CHECK(std::fabs(item["cost"].get<double>() - days.at(item["date"])) < 1e-6);
        total += item["cost"].get<double>();
    }
    CHECK(std::fabs(told["total"]["cost"].get<double>() - total) < 1e-6);

    SECTION("a FOCUS file has the same sum") {
        const Ended focus = desk.run({"cost", "report", "--month", "2026-03", "--focus"});
        REQUIRE(focus.exit_code == 0);
        std::istringstream lines(focus.out);
        std::string line;
        std::getline(lines, line);
        CHECK_THAT(line, Catch::StartsWith("BilledCost,EffectiveCost,"));
        double sum = 0;
        while (std::getline(lines, line)) sum += std::stod(line);
        CHECK(std::fabs(sum - total) < 1e-6);
    }
    SECTION("the working of one machine adds up to its records") {
        const Ended by_resource =
            desk.run({"cost", "report", "--month", "2026-03", "--by", "resource", "-o", "json"});
        const json first = json::parse(by_resource.out)["items"][0];
        const Ended explained =
            desk.run({"cost", "explain", first["resource"], "--month", "2026-03", "-o", "json"});
        INFO(explained.err);
        REQUIRE(explained.exit_code == 0);
        double sum = 0;
        for (const json& line : json::parse(explained.out)["lines"]) {
            if (line["section"] == "resource" && line["adds"]) sum += line["amount"].get<double>();
        }
        CHECK(std::fabs(sum - first["cost"].get<double>()) < 1e-6);
        const Ended one_day = desk.run(
            {"cost", "explain", first["resource"], "--month", "2026-03", "--date", "2026-03-05"});
        CHECK(one_day.exit_code == 0);
        CHECK_THAT(one_day.out, Catch::Contains("0.05"));
    }
    SECTION("a target that is down is named, and the rest marked as a part") {
        const auto port = std::to_string(scene.pc2->port());
        scene.pc2.reset();
        const Ended part = desk.run({"cost", "report", "--month", "2026-03", "-o", "json"});
        CHECK(part.exit_code == 3);
        CHECK_THAT(part.err, Catch::Contains(port));
        CHECK(json::parse(part.out)["missing"].size() == 1);
        CHECK(json::parse(part.out)["total"]["cost"].get<double>() < total);
    }
    SECTION("what cannot be used is one clear error") {
        const Ended unknown = desk.run({"cost", "explain", "no-such-vm", "--month", "2026-03"});
        CHECK(unknown.exit_code == 1);
        CHECK_THAT(unknown.err, Catch::Contains("ERROR_COST_RESOURCE"));
        const std::string zero = desk.write("zero.yaml", "currency: EUR\nrate_card: {}\n");
        const Ended bad = desk.run({"cost", "report", "--month", "2026-03", "--model", zero});
        INFO(bad.err);
        CHECK(bad.exit_code != 0);
        CHECK(bad.out.empty());
        CHECK(desk.run({"cost", "report", "--month", "2026-13"}).exit_code == 2);
    }
}

TEST_CASE("an operator's own figures are held against the model") {
    Scene scene(2026y / 4 / 1);
    const Desk desk(*scene.pc1, *scene.pc2);
    const auto test_with = [&](const std::string& cost) {
        return desk.run({"cost", "test",
                         desk.write("figures-" + cost + ".yaml",
                                    "model: cost.json\n"
                                    "days: [2026-02-01]\n"
                                    "shapes:\n"
                                    "  - {id: vm-a, vcpus: 4, memory_gib: 16}\n"
                                    "expect:\n"
                                    "  - {resource: vm-a, usage_type: vcpu, cost: " +
                                        cost + "}\n")});
    };
    const Ended right = test_with("4.8");
    INFO(right.out << right.err);
    CHECK(right.exit_code == 0);
    const Ended wrong = test_with("4.81");
    CHECK(wrong.exit_code == 1);
    CHECK_THAT(wrong.out, Catch::Contains("WRONG") && Catch::Contains("4.800000"));
}
