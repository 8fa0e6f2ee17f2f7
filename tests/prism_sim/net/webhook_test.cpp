// What the simulator posts about its alerts: each change once and in order, also past failures.

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/prism_sim/model/alert_book.hpp"
#include "tests/prism_sim/net/test_client.hpp"
#include "tests/prism_sim/net/webhook_receiver.hpp"

using namespace pf::sim;
using nlohmann::json;

namespace {

using Words = std::vector<std::string>;

Config posting_to(const std::string& url, WebhookForm form = WebhookForm::v3) {
    Config config;
    config.vms = 10;
    config.webhooks = {url};
    config.webhook_form = form;
    config.webhook_pause = std::chrono::milliseconds(1);
    return config;
}

Words types_of(const Words& bodies) {
    Words types;
    for (const std::string& body : bodies) types.push_back(json::parse(body)["event_type"]);
    return types;
}

constexpr AlertBook::Turn kTurns[] = {AlertBook::Turn::repeat, AlertBook::Turn::acknowledge,
                                      AlertBook::Turn::resolve, AlertBook::Turn::reopen};

Uuid live_once(Simulator& sim) {
    const Uuid id = sim.alerts().open();
    for (const auto turn : kTurns) REQUIRE(sim.alerts().turn(id, turn));
    return id;
}

}  // namespace

TEST_CASE("each change of an alert is posted once, in order, as it was then") {
    WebhookReceiver receiver;
    Simulator sim(posting_to(receiver.url()));
    const Uuid id = live_once(sim);
    const Words bodies = receiver.bodies(5);
    CHECK(receiver.last_request() == "POST /hook?key=1 application/json");
    CHECK(types_of(bodies) == Words{"ALERT.CREATE", "ALERT.UPDATE", "ALERT.ACKNOWLEDGE",
                                    "ALERT.RESOLVE", "ALERT.UPDATE"});
    std::string before;
    for (const std::string& body : bodies) {
        const json told = json::parse(body);
        CHECK(told["entity_reference"]["kind"] == "alert");
        CHECK(told["entity_reference"]["uuid"] == to_text(id));
        CHECK(told["data"]["metadata"]["uuid"] == to_text(id));
        const json& resources = told["data"]["status"]["resources"];
        CHECK(resources["resolution_status"]["is_true"] == (told["event_type"] == "ALERT.RESOLVE"));
        const std::string updated = resources["last_update_time"];
        CHECK(before < updated);
        before = updated;
    }
}

TEST_CASE("what is steered over the network is posted as well, and random lives are") {
    WebhookReceiver receiver;
    Simulator sim(posting_to(receiver.url(), WebhookForm::reference));
    Client client(sim);
    REQUIRE(client.post("/sim/alerts", "open\nlive 40\n") == 200);
    const Words bodies = receiver.bodies(41);
    REQUIRE(bodies.size() == 41);
    for (const std::string& body : bodies) CHECK(json::parse(body)["data"].empty());
}

TEST_CASE("a playbook posts texts") {
    WebhookReceiver receiver;
    Simulator sim(posting_to(receiver.url(), WebhookForm::playbook));
    const Uuid id = live_once(sim);
    Words resolved;
    for (const std::string& body : receiver.bodies(5)) {
        const json told = json::parse(body);
        CHECK(told["alert_uuid"] == to_text(id));
        for (const auto& [name, value] : told.items()) CHECK(value.is_string());
        resolved.push_back(told["resolved"]);
    }
    CHECK(resolved == Words{"false", "false", "false", "true", "false"});
}

TEST_CASE("a post that fails is tried twice more, then given up, and the order stays") {
    WebhookReceiver receiver({503, 500, 200, 404, 404, 404});
    Simulator sim(posting_to(receiver.url()));
    live_once(sim);
    CHECK(types_of(receiver.bodies(9)) ==
          Words{"ALERT.CREATE", "ALERT.CREATE", "ALERT.CREATE", "ALERT.UPDATE", "ALERT.UPDATE",
                "ALERT.UPDATE", "ALERT.ACKNOWLEDGE", "ALERT.RESOLVE", "ALERT.UPDATE"});
}

TEST_CASE("each of several URLs is told, one that nobody serves keeps nothing from the others") {
    WebhookReceiver first, second;
    std::string nobody;
    {
        WebhookReceiver gone;
        nobody = gone.url();
    }
    Config config = posting_to(first.url());
    config.webhooks = {first.url(), nobody, second.url()};
    Simulator sim(config);
    live_once(sim);
    const Words bodies = first.bodies(5);
    CHECK(bodies.size() == 5);
    CHECK(second.bodies(5) == bodies);
}

TEST_CASE("what is no URL is refused, and the end does not wait for what is left") {
    for (const char* wrong : {"", "nonsense", "ftp://127.0.0.1/x", "http://", "http://[::1"})
        CHECK_THROWS_AS(Simulator(posting_to(wrong)), std::invalid_argument);
    WebhookReceiver receiver(std::deque<int>(20'000, 503));
    Config config = posting_to(receiver.url());
    config.webhook_pause = std::chrono::hours(1);
    Simulator sim(config);
    sim.alerts().live(50);
    CHECK(receiver.bodies(1).size() == 1);
}
