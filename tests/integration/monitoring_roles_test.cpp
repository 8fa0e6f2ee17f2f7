// The roles of monitoring through their ports, used as CloudForet's services use them: what they
// answer becomes one picture and the right alerts. What they know is scripted here.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/cloudforet/roles/monitoring.hpp"
#include "host/cloudforet/roles/monitoring_log.hpp"
#include "host/cloudforet/roles/webhook.hpp"
#include "host/cloudforet/server.hpp"
#include "tests/cloudforet_sim/monitoring/metadata_rules.hpp"
#include "tests/cloudforet_sim/monitoring/plugin_ports.hpp"

using namespace pf::host;
using namespace pf::host::cloudforet;
using namespace pf::test;
using namespace pf::cloudforet_sim::monitoring;
using nlohmann::json;

namespace {

constexpr const char* secret = R"({"host": "pc1", "username": "admin", "password": "p4ss"})";

// What is done by each of its metrics, on a grid of whole periods; a machine called "gone" has no
// values, one called "broken" cannot be asked.
class FakeMetrics final : public MetricService {
  public:
    Status verify(const runtime::Request&, const Stop&) override { return {}; }
    Result<std::vector<MetricOffer>> list(const runtime::Request&,
                                          const MonitoredResource& resource, const Stop&) override {
        if (resource.entity_uuid == "broken") {
            return Status(Code::unavailable, "ERROR_PRISM_CONNECT", "pc1 does not answer");
        }
        std::vector<MetricOffer> offers = {{"memory_utilization", "Memory", "Compute", "Percent"},
                                           {"cpu_utilization", "CPU", "Compute", "Percent"}};
        if (resource.entity_type == "host") {
            offers.push_back({"power", "Power", "Host", "Watts"});
        }
        return offers;
    }
    Result<MetricSeries> data(const runtime::Request&, const MetricWish& wish,
                              const Stop&) override {
        ++calls;
        const std::int64_t period = wish.period == 0 ? 60 : wish.period;
        MetricSeries series;
        for (auto time = wish.from - wish.from % period; time < wish.to; time += period) {
            if (time >= wish.from) series.times.push_back(time);
        }
        for (const auto& [key, subject] : wish.subjects) {
            if (subject.resource.entity_uuid == "gone") continue;
            for (const std::int64_t time : series.times) {
                series.values[key].push_back(time % 1800 == 0 ? std::nullopt
                                                              : std::optional<double>(42.5));
            }
        }
        return series;
    }
    std::atomic<int> calls = 0;
};

class FakeLog final : public LogService {
  public:
    Status verify(const runtime::Request&, const Stop&) override { return {}; }
    std::vector<LogField> fields() const override {
        return {{"time", "Time", "datetime", R"({"source_type":"iso8601"})"}, {"title", "Title"}};
    }
    Status list(const runtime::Request&, const LogWish& wish, const LogSink& sink,
                const Stop&) override {
        for (std::uint32_t i = 0; i < std::min<std::uint32_t>(wish.limit, 350); ++i) {
            const json entry = {{"title", "entry " + std::to_string(i)},
                                {"about", wish.resource.entity_uuid}};
            if (!sink(entry.dump())) break;
        }
        return {};
    }
};

// Bodies {"alert": KEY, "state": "open" or "resolved", "severity": ...}; anything else is not ours.
class FakeEvents final : public EventService {
  public:
    Status verify(std::string_view, const Stop&) override { return {}; }
    Result<std::vector<PluginEvent>> parse(std::string_view, std::string_view text,
                                           const Stop&) override {
        const json body = json::parse(text);
        if (!body.contains("alert")) return std::vector<PluginEvent>();
        if (!body["alert"].is_string()) {
            return Status(Code::invalid_argument, "ERROR_EVENT_BODY", "alert is no text");
        }
        PluginEvent event;
        event.key = body["alert"];
        event.type = body["state"] == "resolved" ? EventType::recovery : EventType::alert;
        event.severity = EventSeverity::critical;
        event.title = "Disk failed";
        event.occurred_at = 1772280000;
        return std::vector<PluginEvent>{event};
    }
};

// A server of one role, and a client that knows nothing but its port.
struct Port {
    explicit Port(std::unique_ptr<Role> role) {
        ServerOptions options;
        options.address = "127.0.0.1:0";
        server = std::move(Server::start(options, std::move(role)).value());
        ConnectOptions patience;
        patience.ready_within = std::chrono::seconds(60);
        client = ReflectionClient::connect(server->address(), patience);
    }
    std::unique_ptr<Server> server;
    std::unique_ptr<pf::test::ReflectionClient> client;
};

Resource machine(const std::string& id, const std::string& region, const char* type = "vm") {
    const json monitored = {{"prism_central", "pc-uuid"},
                            {"cluster_uuid", region},
                            {"entity_type", type},
                            {"entity_uuid", id}};
    return {"cloud-svc-" + id, region, "s1", {{"data", {{"nutanix_monitoring", monitored}}}}};
}

json metadata_of(const CallReply& reply) {
    INFO(reply.status.describe());
    REQUIRE(reply.status.ok());
    return json::parse(reply.json).at("metadata");
}

}  // namespace

TEST_CASE("metrics of machines and hosts of several regions make one picture") {
    const auto service = std::make_shared<FakeMetrics>();
    const Port port(monitoring_role(service));
    const MetricApi api(*port.client, {});
    const json metadata = metadata_of(api.init());
    CHECK(refusal(SourceType::metric, metadata).empty());
    CHECK(api.verify(secret).status.ok());
    const MetricView view(metadata, metric_ports(api, {{"s1", secret}}));
    std::vector<Resource> resources;
    for (int i = 0; i < 230; ++i) resources.push_back(machine(std::to_string(i), "cluster-1"));
    resources.push_back(machine("h1", "cluster-2", "host"));
    resources.push_back(machine("gone", "cluster-2"));
    resources.push_back(machine("broken", "cluster-2"));
    const auto metrics = view.list(resources);
    REQUIRE(metrics.size() == 2);
    CHECK(metrics[1].key == "cpu_utilization");
    CHECK(metrics[1].unit == json{{"x", "Timestamp"}, {"y", "Percent"}});
    CHECK(metrics[1].metric_query.size() == 232);
    const Picture picture =
        view.data(metrics[1], resources,
                  {"2026-02-28T12:00:00.000Z", "2026-02-28T13:00:00.000Z", 600, "MAX"});
    CHECK(picture.misdrawn == "");
    CHECK(picture.error == "");
    CHECK(picture.calls == 3);
    CHECK(service->calls == 3);
    CHECK(picture.labels.size() == 6);
    CHECK(picture.labels.front() == "2026-02-28T12:00:00Z");
    CHECK(picture.values.size() == 232);
    CHECK(picture.values.at("cloud-svc-h1") == json{nullptr, 42.5, 42.5, nullptr, 42.5, 42.5});
    CHECK(picture.values.at("cloud-svc-gone") ==
          json{nullptr, nullptr, nullptr, nullptr, nullptr, nullptr});
}

TEST_CASE("a log through its port") {
    const Port port(monitoring_log_role(std::make_shared<FakeLog>()));
    const LogApi api(*port.client, {});
    CHECK(refusal(SourceType::log, metadata_of(api.init())).empty());
    CHECK(api.verify(secret).status.ok());
    const std::string query = R"({"entity_type": "host", "entity_uuid": "h1"})";
    const LogAnswer all = api.list(secret, query);
    CHECK(all.status.ok());
    CHECK(all.entries.size() == 350);
    CHECK(all.messages == 4);
    CHECK(json::parse(all.entries.back()) == json{{"title", "entry 349"}, {"about", "h1"}});
    LogQuestion question;
    question.sort_key = "time";
    question.limit = 3;
    const LogAnswer few = api.list(secret, query, question);
    CHECK(few.entries.size() == 3);
    CHECK(api.list(secret, "{}").status.error_code() == "ERROR_REQUIRED_PARAMETER");
}

TEST_CASE("alerts through the port of each webhook: opened, repeated, resolved, opened again") {
    const auto service = std::make_shared<FakeEvents>();
    const auto live = [](const Port& port, WebhookKind kind, Api form) {
        const WebhookApi api(*port.client, kind);
        CHECK(api.init().status.ok());
        CHECK(api.verify().status.ok());
        AlertBoard board(form);
        const auto say = [&](const char* state) {
            post(board, api, json{{"alert", "a-1"}, {"state", state}}.dump());
        };
        say("resolved");
        CHECK(board.dropped() == 1);
        say("open");
        say("open");
        CHECK(board.open("a-1") == 1);
        say("resolved");
        CHECK(board.open("a-1") == 0);
        say("open");
        CHECK(board.open("a-1") == 1);
        CHECK(board.alerts().size() == 2);
        CHECK(board.alerts()[0].events.size() == 3);
        CHECK(board.alerts()[0].is_urgent);
        for (const char* const body : {"{}", R"({"hello": "world"})", R"({"deep": [[[{}]]]})"}) {
            post(board, api, body);
        }
        CHECK(board.errors() == 0);
        post(board, api, R"({"alert": 7})");
        CHECK(board.errors() == 1);
    };
    live(Port(webhook_role(service)), WebhookKind::monitoring, Api::monitoring);
    live(Port(alert_webhook_role(service)), WebhookKind::alert_manager, Api::alert_manager);
}
