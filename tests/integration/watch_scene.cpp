#include "tests/integration/watch_scene.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

namespace pf::test {

using nlohmann::json;
namespace state = pf::host::state;

WatchScene::WatchScene(const sim::Simulator& prism, const json& changes) {
    std::string folder = (std::filesystem::temp_directory_path() / "pf-watch-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) {
        throw std::runtime_error("mkdtemp failed");
    }
    folder_ = folder;
    write("ca.pem", prism.ca_pem());
    write("password", "nutanix/4u\n");
    std::filesystem::permissions(file("password"), std::filesystem::perms::owner_read);
    config_ = {{"modules", {{"dir", PF_MODULE_DIRECTORY}, {"enable", {"vm", "alert"}}}},
               {"collect", {{"kinds", {"vm"}}}},
               {"targets",
                {{{"name", "pc"},
                  {"url", "https://127.0.0.1:" + std::to_string(prism.port())},
                  {"auth", {{"username", "admin"}, {"password_file", file("password")}}},
                  {"tls", {{"ca_file", file("ca.pem")}}}}}},
               {"cloudforet", {{"identity", "grpc://127.0.0.1:1"}, {"token", "none"}}},
               {"watch",
                {{"state", state()},
                 {"to", {{"resource_type", "identity.Project"}, {"resource_id", "project-1"}}},
                 {"rules", {{{"name", "all"}, {"changes", {"created", "deleted"}}}}}}}};
    configure(changes);
}

void WatchScene::configure(const json& changes) {
    config_.merge_patch(changes);
    write("prismforet.yaml", config_.dump());
}

WatchScene::~WatchScene() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void WatchScene::write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name)) << text;
}

std::vector<std::string> WatchScene::command(const std::string& name,
                                             const std::vector<std::string>& words) const {
    std::vector<std::string> arguments = {name};
    arguments.insert(arguments.end(), {"--config", file("prismforet.yaml")});
    arguments.insert(arguments.end(), words.begin(), words.end());
    return arguments;
}

std::vector<state::Parcel> WatchScene::waiting() const {
    const auto outbox = state::Outbox::open(state(), {}, std::chrono::seconds(10));
    REQUIRE(outbox.status().text() == "OK");
    auto waiting = (*outbox)->waiting(100'000);
    REQUIRE(waiting.ok());
    return std::move(*waiting);
}

state::OutboxCounts WatchScene::counts() const {
    const auto outbox = state::Outbox::open(state(), {}, std::chrono::seconds(10));
    REQUIRE(outbox.status().text() == "OK");
    const auto counts = (*outbox)->counts();
    REQUIRE(counts.ok());
    return *counts;
}

}  // namespace pf::test
