// `prismforet watch` against a simulated Prism Central: what a round puts into the outbox. Nobody
// takes it there: CloudForet is out of reach.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "host/state/file_lock.hpp"
#include "host/state/outbox.hpp"
#include "tests/integration/program.hpp"
#include "tests/prism_sim/server.hpp"

using namespace pf::test;
using nlohmann::json;
using pf::sim::Simulator;
namespace state = pf::host::state;

namespace {

pf::sim::Config world() {
    pf::sim::Config config;
    config.vms = 30;
    config.clusters = 2;
    return config;
}

// A folder with a configuration of one target, and its state.
class Watch {
  public:
    explicit Watch(const Simulator& prism)
        : folder_(std::filesystem::temp_directory_path() /
                  ("prismforet-watch-" + std::to_string(prism.port()))) {
        std::filesystem::create_directory(folder_);
        write("ca.pem", prism.ca_pem());
        write("password", "nutanix/4u\n");
        std::filesystem::permissions(folder_ / "password", std::filesystem::perms::owner_read);
        write("prismforet.yaml",
              json{{"modules", {{"dir", PF_MODULE_DIRECTORY}}},
                   {"collect", {{"kinds", {"vm"}}}},
                   {"targets",
                    {{{"name", "pc"},
                      {"url", "https://127.0.0.1:" + std::to_string(prism.port())},
                      {"auth", {{"username", "admin"}, {"password_file", file("password")}}},
                      {"tls", {{"ca_file", file("ca.pem")}}}}}},
                   {"cloudforet", {{"identity", "grpc://127.0.0.1:1"}, {"token", "none"}}},
                   {"watch",
                    {{"state", state()},
                     {"to", {{"resource_type", "identity.Project"}, {"resource_id", "p-1"}}},
                     {"rules", {{{"name", "all"}, {"changes", {"created", "deleted"}}}}}}}}
                  .dump());
    }
    ~Watch() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    std::string state() const { return file("watch.db"); }
    Ended run(const std::vector<std::string>& words) const {
        std::vector<std::string> arguments = {"watch", "--config", file("prismforet.yaml")};
        arguments.insert(arguments.end(), words.begin(), words.end());
        return run_program(arguments);
    }
    // Titles of what waits, oldest first.
    std::vector<std::string> titles() const {
        const auto outbox = state::Outbox::open(state(), {}, std::chrono::seconds(10));
        REQUIRE(outbox.status().text() == "OK");
        const auto waiting = (*outbox)->waiting(1000);
        REQUIRE(waiting.ok());
        std::vector<std::string> texts;
        for (const state::Parcel& one : *waiting) {
            const json request = json::parse(one.letter.content);
            CHECK(request["resource_id"] == "p-1");
            texts.push_back(request["message"]["title"]);
        }
        return texts;
    }

  private:
    std::string file(const std::string& name) const { return (folder_ / name).string(); }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name) << text;
    }
    std::filesystem::path folder_;
};

std::size_t count(const std::vector<std::string>& titles, const std::string& ending) {
    std::size_t found = 0;
    for (const std::string& title : titles) {
        found += title.ends_with(ending) ? 1 : 0;
    }
    return found;
}

}  // namespace

TEST_CASE("each machine that comes or goes is told once; what stays is not") {
    Simulator prism(world());
    const Watch watch(prism);
    const Ended first = watch.run({"--once"});
    INFO(first.err);
    CHECK(first.exit_code == 0);
    CHECK(watch.titles().empty());
    CHECK(watch.run({"--once"}).exit_code == 0);
    CHECK(watch.titles().empty());

    prism.churn();
    prism.churn();
    prism.churn();
    const Ended rehearsal = watch.run({"--dry-run"});
    INFO(rehearsal.err);
    CHECK(rehearsal.exit_code == 0);
    const auto lines = std::count(rehearsal.out.begin(), rehearsal.out.end(), '\n');
    CHECK(lines >= 1);
    CHECK(watch.titles().empty());

    CHECK(watch.run({"--once"}).exit_code == 0);
    const auto told = watch.titles();
    CHECK(told.size() == static_cast<std::size_t>(lines));
    CHECK(count(told, " was created") + count(told, " was deleted") == told.size());
    CHECK(watch.run({"--once"}).exit_code == 0);
    CHECK(watch.titles() == told);
}

TEST_CASE("a Prism Central that is gone takes nothing with it") {
    auto prism = std::make_unique<Simulator>(world());
    const Watch watch(*prism);
    CHECK(watch.run({"--once"}).exit_code == 0);
    prism->stop();
    const Ended gone = watch.run({"--once"});
    INFO(gone.err);
    CHECK(gone.exit_code == 3);
    CHECK(watch.titles().empty());
}

TEST_CASE("two watchers do not work on one file") {
    Simulator prism(world());
    const Watch watch(prism);
    const auto lock = state::FileLock::try_take(watch.state());
    REQUIRE(lock.ok());
    REQUIRE(lock->has_value());
    const Ended refused = watch.run({"--once"});
    CHECK(refused.exit_code != 0);
    CHECK(refused.err.find("ERROR_STATE_LOCK") != std::string::npos);
}
