// What `prismforet watch` delivers while CloudForet is away, refuses the token or has no quota
// left: hours pass here as numbers.
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>

#include "host/app/watch_alerts.hpp"
#include "host/app/watch_delivery.hpp"
#include "host/state/courier.hpp"
#include "tests/cloudforet_sim/services/services.hpp"

using namespace pf::host;
using nlohmann::json;
using pf::cloudforet_sim::Received;
using pf::cloudforet_sim::Services;

namespace {

constexpr const char* notify = "notification.Notification.create";
constexpr std::int64_t minute = 60'000;
constexpr std::int64_t hour = 60 * minute;
constexpr int unavailable = 14;
constexpr int internal = 13;

state::Letter letter(int number, const std::string& lane) {
    const std::string key = "change:" + std::to_string(number);
    const json request = {{"resource_type", "identity.Project"},
                          {"resource_id", "project-1"},
                          {"topic", "nutanix.change"},
                          {"message", {{"title", key}, {"lane", lane}}}};
    return {key, lane, app::notification_channel, request.dump(), 0};
}

std::unique_ptr<state::Outbox> opened(const state::OutboxLimits& limits) {
    auto outbox = state::Outbox::open(":memory:", limits, std::chrono::seconds(1));
    REQUIRE(outbox.ok());
    return std::move(*outbox);
}

// An outbox whose letters go to the fake CloudForet, on a clock of its own.
class Scene {
  public:
    explicit Scene(const state::OutboxLimits& limits = {}) : outbox(opened(limits)) {
        cloudforet.add_webhook("monitoring", "webhook-1", "k3y");
    }

    // How many of `count` letters were taken, in four lanes.
    std::size_t put(int count) {
        std::size_t taken = 0;
        for (int i = 0; i < count; ++i, ++number) {
            const auto in = outbox->put({letter(number, "lane" + std::to_string(number % 4))}, now);
            REQUIRE(in.ok());
            taken += *in;
        }
        return taken;
    }
    // Lets time pass, with the courier at work whenever something is due.
    void pass(std::int64_t time) {
        const std::int64_t end = now + time;
        while (now < end) {
            const auto next = courier.step(now, Stop());
            REQUIRE(next.status().text() == "OK");
            now = *next ? std::clamp(**next, now + 1, end) : end;
        }
    }
    state::OutboxCounts counts() {
        const auto counts = outbox->counts();
        REQUIRE(counts.ok());
        return *counts;
    }
    // Titles that arrived, in order within each lane.
    std::map<std::string, std::vector<std::string>> arrived() const {
        std::map<std::string, std::vector<std::string>> lanes;
        for (const Received& one : cloudforet.received()) {
            const json message = json::parse(one.request)["message"];
            lanes[message["lane"]].push_back(message["title"]);
        }
        return lanes;
    }
    // Those of the letters from `first` up to the newest, as they should arrive.
    std::map<std::string, std::vector<std::string>> all() const {
        std::map<std::string, std::vector<std::string>> lanes;
        for (int i = 0; i < number; ++i) {
            lanes["lane" + std::to_string(i % 4)].push_back("change:" + std::to_string(i));
        }
        return lanes;
    }
    cloudforet::ServiceAccess access(app::TokenOf whose) const {
        cloudforet::ServiceAccess access;
        access.identity = "grpc://" + cloudforet.address("identity");
        access.token = Secret(whose == app::TokenOf::domain ? token : workspace_token);
        return access;
    }

    mutable Services cloudforet;
    std::string token = cloudforet.tokens().issue({});
    std::string workspace_token =
        cloudforet.tokens().issue({.role = "WORKSPACE_OWNER", .workspace_id = "workspace-1"});
    std::int64_t now = 1'800'000'000'000;
    int number = 0;
    std::unique_ptr<state::Outbox> outbox;
    app::WatchDelivery delivery{
        [this](app::TokenOf whose) -> Result<cloudforet::ServiceAccess> { return access(whose); },
        {"webhook-1", Secret("k3y")}};
    state::Courier courier{*outbox,
                           [this](const state::Parcel& parcel, const Stop& stop) {
                               return delivery.deliver(parcel, stop);
                           },
                           app::WatchDelivery::courier_rules()};
};

}  // namespace

TEST_CASE("CloudForet that is down for hours is asked now and then, and gets all when it is back") {
    Scene scene;
    scene.cloudforet.fail(notify, unavailable, "", 100'000);
    for (int i = 0; i < 12; ++i) {
        CHECK(scene.put(50) == 50);
        scene.pass(hour / 2);
    }
    CHECK(scene.arrived().empty());
    // Not one attempt per letter: pauses grow up to a quarter of an hour.
    CHECK(scene.cloudforet.calls(notify) < 60);
    CHECK(scene.counts().waiting == 600);
    scene.cloudforet.fail(notify, 0, "", 0);
    scene.pass(hour);
    CHECK(scene.arrived() == scene.all());
    CHECK(scene.counts().delivered == 600);
    CHECK(scene.counts().dropped == 0);
    CHECK(scene.counts().dead == 0);
}

TEST_CASE("an answer that is lost is asked for again with the same key") {
    Scene scene;
    CHECK(scene.put(4) == 4);
    scene.cloudforet.fail(notify, unavailable, "", 1, true);
    scene.pass(hour);
    CHECK(scene.counts().delivered == 4);
    const auto received = scene.cloudforet.received();
    REQUIRE(received.size() == 5);
    CHECK(std::count_if(received.begin(), received.end(), [&](const Received& one) {
              return one.request == received.front().request;
          }) == 2);
}

TEST_CASE("a token that expired keeps all waiting until there is another") {
    Scene scene;
    scene.token = scene.cloudforet.tokens().issue({.lifetime_s = -10});
    CHECK(scene.put(40) == 40);
    scene.pass(5 * hour);
    CHECK(scene.arrived().empty());
    CHECK(scene.counts().waiting == 40);
    const auto waiting = scene.outbox->waiting(1);
    REQUIRE(waiting.ok());
    CHECK(waiting->front().code == "ERROR_CLOUDFORET_TOKEN");
    CHECK(waiting->front().why.find("expired") != std::string::npos);
    CHECK(waiting->front().why.find(scene.token) == std::string::npos);
    scene.token = scene.cloudforet.tokens().issue({});
    scene.pass(hour);
    CHECK(scene.arrived() == scene.all());
}

TEST_CASE("without quota letters wait; what is wrong for ever goes to the dead") {
    Scene scene;
    CHECK(scene.put(20) == 20);
    scene.cloudforet.fail(notify, internal,
                          "ERROR_QUOTA_IS_EXCEEDED: Dispatch a notification is not possible "
                          "because the quota is exceeded. (Protocol=protocol-1, limit.day=(9/9))",
                          7);
    scene.pass(hour / 10);
    CHECK(scene.counts().waiting == 20);
    scene.pass(24 * hour);
    CHECK(scene.arrived() == scene.all());

    scene.cloudforet.forget_received();
    scene.cloudforet.fail(notify, 3, "ERROR_INVALID_PARAMETER: Parameter is invalid.", 1);
    CHECK(scene.put(2) == 2);
    scene.pass(hour);
    CHECK(scene.cloudforet.received().size() == 1);
    CHECK(scene.counts().dead == 1);
}

TEST_CASE("beyond its bound the outbox takes no more, and counts it") {
    state::OutboxLimits limits;
    limits.waiting = 100;
    Scene scene(limits);
    scene.cloudforet.fail(notify, unavailable, "", 100'000);
    CHECK(scene.put(130) == 100);
    scene.pass(3 * hour);
    CHECK(scene.counts().dropped == 30);
    CHECK(scene.counts().waiting == 100);
    scene.cloudforet.fail(notify, 0, "", 0);
    scene.pass(hour);
    CHECK(scene.counts().delivered == 100);
    CHECK(scene.counts().dropped == 30);
    CHECK(scene.put(10) == 10);
    scene.pass(hour);
    CHECK(scene.counts().delivered == 110);
}

TEST_CASE("what CloudForet does not take for seven days is given up, in words") {
    Scene scene;
    scene.cloudforet.fail(notify, unavailable, "", 100'000);
    CHECK(scene.put(3) == 3);
    scene.pass(6 * 24 * hour);
    CHECK(scene.counts().waiting == 3);
    scene.pass(2 * 24 * hour);
    CHECK(scene.counts().waiting == 0);
    CHECK(scene.counts().dead == 3);
}

TEST_CASE("an alert goes each way there is, and no letter has a key or a token") {
    Scene scene;
    scene.cloudforet.add_webhook("alert_manager", "webhook-1", "k3y");
    scene.cloudforet.add_alert_service("service-1");
    runtime::Occurrence alert;
    alert.event_key = "a-1";
    alert.type = runtime::OccurrenceType::alert;
    alert.severity = runtime::Severity::critical;
    alert.title = "Disk 3 of host h1 failed";
    alert.occurred_at = alert.updated_at = scene.now;
    for (const auto way :
         {app::AlertWay::webhook, app::AlertWay::alert_webhook, app::AlertWay::alert}) {
        auto letter = app::alert_letter(alert, way, "service-1");
        REQUIRE(letter.has_value());
        letter->key += std::to_string(static_cast<int>(way));
        letter->lane = letter->key;
        CHECK(letter->content.find("k3y") == std::string::npos);
        REQUIRE(scene.outbox->put({*letter}, scene.now).ok());
    }
    scene.pass(minute);
    CHECK(scene.counts().delivered == 3);
    const auto received = scene.cloudforet.received();
    REQUIRE(received.size() == 3);
    CHECK(received[0].method == "monitoring.Event.create");
    CHECK(received[1].method == "alert_manager.Event.create");
    CHECK(received[2].method == "alert_manager.Alert.create");
    CHECK(json::parse(received[0].request)["data"]["alert_uuid"] == "a-1");
    CHECK(json::parse(received[1].request)["data"] == json::parse(received[0].request)["data"]);
    const json plain = json::parse(received[2].request);
    CHECK(plain["title"] == alert.title);
    CHECK(plain["service_id"] == "service-1");
    CHECK(plain["workspace_id"] == "workspace-1");
    CHECK(plain["urgency"] == "HIGH");
}
