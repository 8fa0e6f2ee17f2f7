// The webhook roles as the program serves them, with the module that reads alerts: what a playbook
// and a webhook of Prism post becomes the right alerts, and a foreign body becomes none.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cloudforet_sim/monitoring/plugin_ports.hpp"
#include "tests/integration/program.hpp"

using namespace pf::test;
using namespace pf::cloudforet_sim::monitoring;
using nlohmann::json;

namespace {

const std::string key = "92212e90-9132-4fca-9eba-d8eb414d9df7";

std::string playbook(bool is_resolved) {
    return json{{"schema", "prismforet/alert/1"},
                {"alert_uuid", key},
                {"resolved", is_resolved},
                {"title", "CPU"},
                {"severity", "Critical"},
                {"message", "too high"},
                {"alert_type", "A6521"},
                {"occurred_at", "2026-11-22T08:15:00Z"},
                {"entity_uuid", "9b8f8626-ae01-40a3-a38d-6d4c2cc3254c"},
                {"entity_name", "web-01"},
                {"entity_type", "vm"}}
        .dump();
}

// The program with one role, in a folder of its own.
class Served {
  public:
    explicit Served(const std::string& role) {
        directory_ = (std::filesystem::temp_directory_path() / "pf-webhook-XXXXXX").string();
        if (::mkdtemp(directory_.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
        const std::string file = directory_ + "/prismforet.yaml";
        std::ofstream(file) << json{
            {"modules", {{"dir", PF_MODULE_DIRECTORY}, {"enable", {"alert"}}}},
            {"serve", {{"roles", {role}}}}};
        process_ = std::make_unique<ServeProcess>(file);
        client_ = ReflectionClient::connect(process_->address());
    }
    ~Served() { std::filesystem::remove_all(directory_); }
    const ReflectionClient& client() const { return *client_; }
    Ended end() const {
        process_->terminate();
        return process_->wait();
    }

  private:
    std::string directory_;
    std::unique_ptr<ServeProcess> process_;
    std::unique_ptr<ReflectionClient> client_;
};

void live(const std::string& role, WebhookKind kind, Api form) {
    const Served served(role);
    const WebhookApi api(served.client(), kind);
    CHECK(api.init().status.ok());
    CHECK(api.verify().status.ok());
    AlertBoard board(form);
    post(board, api, playbook(false));
    post(board, api, playbook(false));
    CHECK(board.open(key) == 1);
    REQUIRE(board.alerts().size() == 1);
    CHECK(board.alerts()[0].events.size() == 2);
    CHECK(board.alerts()[0].title == "CPU");
    CHECK(board.alerts()[0].severity == "CRITICAL");
    CHECK(board.alerts()[0].events[0].at("occurred_at") == "2026-11-22T08:15:00Z");
    post(board, api, playbook(true));
    CHECK(board.open(key) == 0);
    post(board, api, playbook(false));
    CHECK(board.open(key) == 1);
    CHECK(board.alerts().size() == 2);
    // Only which alert it was: it is told nevertheless.
    post(board, api,
         json{{"event_type", "ALERT.RESOLVE"},
              {"entity_reference", {{"kind", "alert"}, {"uuid", key}}}}
             .dump());
    CHECK(board.open(key) == 0);
    for (const char* const foreign :
         {"{}", R"({"hello": "world"})", R"({"event_type": 7, "entity_reference": []})",
          R"({"schema": "prismforet/alert/1", "alert_uuid": 7})",
          R"({"event_type": "VM.CREATE", "entity_reference": {"kind": "vm", "uuid": "x"}})"}) {
        INFO(foreign);
        post(board, api, foreign);
        CHECK(board.errors() == 0);
    }
    CHECK(board.alerts().size() == 2);
    CHECK(served.end().exit_code == 0);
}

}  // namespace

TEST_CASE("a webhook of monitoring: opened, repeated, resolved, opened again") {
    live("webhook", WebhookKind::monitoring, Api::monitoring);
}

TEST_CASE("a webhook of the alert manager: opened, repeated, resolved, opened again") {
    live("alert-webhook", WebhookKind::alert_manager, Api::alert_manager);
}
