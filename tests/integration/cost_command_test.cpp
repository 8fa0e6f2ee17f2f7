// The command `cost` against simulated Prism Centrals: every form it prints says the same, and what
// is missing is named.
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/integration/program.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf;
using namespace pf::test;
using nlohmann::json;

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

// A configuration for the command line, and its files.
class Desk {
  public:
    Desk(const sim::Simulator& first, const sim::Simulator& second)
        : directory_(std::filesystem::temp_directory_path() /
                     ("prismforet-cost-" + std::to_string(first.port()))) {
        std::filesystem::create_directory(directory_);
        std::string config = "modules: {dir: " + std::string(PF_MODULE_DIRECTORY) +
                             "}\ncost: {model: " + write("cost.json", model_text) +
                             "}\ncollect: {requests_per_second: 1000}\ntargets:\n";
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

TEST_CASE("every kind of machine is charged") {
    const sim::Simulator prism(world(7));
    const Desk desk(prism, prism);
    const Ended report = desk.run(
        {"cost", "report", "--month", "2026-03", "--by", "product,usage_type", "-o", "json"});
    INFO(report.err);
    REQUIRE(report.exit_code == 0);
    std::set<std::string> found;
    const json told = json::parse(report.out);
    for (const json& item : told["items"]) {
        found.insert(item["product"].get<std::string>() + " " +
                     item["usage_type"].get<std::string>());
        CHECK(item["cost"].get<double>() >= 0);
    }
    for (const char* const wanted : {"AHV vcpu", "AHV memory", "AHV storage.standard", "ESXi vcpu",
                                     "ESXi memory", "ESXi storage.standard"}) {
        INFO(wanted);
        CHECK(found.contains(wanted));
    }
}

TEST_CASE("every form of a report says the same") {
    sim::Simulator first(world(7));
    auto second = std::make_unique<sim::Simulator>(world(8));
    const Desk desk(first, *second);
    const Ended report =
        desk.run({"cost", "report", "--month", "2026-03", "--by", "date", "-o", "json"});
    INFO(report.err);
    REQUIRE(report.exit_code == 0);
    const json told = json::parse(report.out);
    REQUIRE(told["items"].size() == 31);
    double total = 0;
    for (const json& item : told["items"]) {
        CHECK(item["cost"] == told["items"][0]["cost"]);  // nothing changes in this world
        total += item["cost"].get<double>();
    }
    CHECK(total > 0);
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
        const json working = json::parse(explained.out);
        for (const json& line : working["lines"]) {
            if (line["section"] == "resource" && line["adds"]) sum += line["amount"].get<double>();
        }
        CHECK(std::fabs(sum - first["cost"].get<double>()) < 1e-6);
        const Ended one_day = desk.run(
            {"cost", "explain", first["resource"], "--month", "2026-03", "--date", "2026-03-05"});
        CHECK(one_day.exit_code == 0);
        CHECK_THAT(one_day.out, Catch::Contains("0.05"));
    }
    SECTION("a target that is down is named, and the rest marked as a part") {
        const auto port = std::to_string(second->port());
        second.reset();
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
    const sim::Simulator prism(world(7));
    const Desk desk(prism, prism);
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
