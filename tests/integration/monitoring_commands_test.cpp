// `prismforet alerts`, `events` and `metrics` against a simulated Prism Central: what flags choose,
// and in which order things come.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/integration/program.hpp"
#include "tests/prism_sim/server.hpp"
#include "tests/prism_sim/simulation.hpp"

using namespace pf::test;
using nlohmann::json;
namespace sim = pf::sim;

namespace {

sim::Config world() {
    sim::Config config;
    config.vms = 12;
    config.clusters = 3;
    return config;
}

// A folder with a configuration of one target.
class Place {
  public:
    explicit Place(const sim::Simulator& prism)
        : folder_(std::filesystem::temp_directory_path() /
                  ("prismforet-monitoring-" + std::to_string(prism.port()))) {
        std::filesystem::create_directory(folder_);
        write("ca.pem", prism.ca_pem());
        write("password", "nutanix/4u\n");
        std::filesystem::permissions(folder_ / "password", std::filesystem::perms::owner_read);
        write("prismforet.yaml",
              json{{"modules", {{"dir", PF_MODULE_DIRECTORY}}},
                   {"targets",
                    {{{"name", "pc"},
                      {"url", "https://127.0.0.1:" + std::to_string(prism.port())},
                      {"auth", {{"username", "admin"}, {"password_file", file("password")}}},
                      {"tls", {{"ca_file", file("ca.pem")}}}}}}}
                  .dump());
    }
    ~Place() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    Ended run(std::vector<std::string> words) const {
        words.insert(words.end(), {"--config", file("prismforet.yaml")});
        return run_program(words);
    }
    // The items of a command that ends well.
    json items(std::vector<std::string> words) const {
        words.insert(words.end(), {"-o", "json"});
        const Ended ended = run(std::move(words));
        INFO(ended.err);
        REQUIRE(ended.exit_code == 0);
        return json::parse(ended.out)["items"];
    }

  private:
    std::string file(const std::string& name) const { return (folder_ / name).string(); }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name) << text;
    }
    std::filesystem::path folder_;
};

// How many are about the cluster.
std::size_t count(const json& items, const std::string& uuid) {
    return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [&](const json& one) {
        return one["additional_info"]["cluster_uuid"] == uuid;
    }));
}

}  // namespace

TEST_CASE("alerts and events of one cluster, by name or UUID") {
    const sim::Simulator prism(world());
    const sim::Simulation twin(world());
    const Place place(prism);
    const sim::Cluster& cluster = twin.world().clusters[1];
    const std::string uuid = sim::to_text(cluster.id);
    for (const char* const command : {"alerts", "events"}) {
        INFO(command);
        const json all = place.items({command});
        const std::size_t own = count(all, uuid);
        CHECK(own > 0);
        CHECK(own < all.size());
        for (const std::string& word : {cluster.name, uuid}) {
            const json some = place.items({command, "--cluster", word});
            CHECK(some.size() == own);
            CHECK(count(some, uuid) == own);
        }
        const Ended wrong = place.run({command, "--cluster", cluster.name + "x"});
        CHECK(wrong.exit_code != 0);
        CHECK(wrong.out.empty());
        CHECK(wrong.err.find("ERROR_CLUSTER_UNKNOWN") != std::string::npos);
        CHECK(wrong.err.find("did you mean '" + cluster.name + "'") != std::string::npos);
    }
}

TEST_CASE("alerts that do not say of which cluster they are are left out aloud") {
    const sim::Simulator prism(world());
    const sim::Simulation twin(world());
    const Place place(prism);
    const Ended ended = place.run({"alerts", "--cluster", twin.world().clusters[1].name, "--option",
                                   "api_version=v3", "-o", "json"});
    INFO(ended.err);
    REQUIRE(ended.exit_code == 0);
    CHECK(json::parse(ended.out)["items"].empty());
    CHECK(ended.err.find("does not say of which cluster") != std::string::npos);
}

TEST_CASE("metrics come in the order of names") {
    const sim::Simulator prism(world());
    const Place place(prism);
    const Ended ended = place.run(
        {"metrics", "vm", "--metric", "cpu_utilization", "--metric", "iops", "-o", "json"});
    INFO(ended.err);
    REQUIRE(ended.exit_code == 0);
    const json metrics = json::parse(ended.out)["metrics"];
    REQUIRE(metrics.size() == 2);
    for (const json& metric : metrics) {
        std::vector<std::string> names;
        std::vector<std::string> ids;
        for (const json& one : metric["resources"]) {
            names.push_back(one["name"]);
            ids.push_back(one["id"]);
        }
        CHECK(names.size() == 12);
        CHECK(std::is_sorted(names.begin(), names.end()));
        CHECK_FALSE(std::is_sorted(ids.begin(), ids.end()));
    }
}
