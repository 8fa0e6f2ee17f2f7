#include <atomic>
#include <catch2/catch.hpp>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "host/cloudforet/roles/scripted_monitoring.hpp"
#include "spaceone/api/alert_manager/plugin/event.pb.h"
#include "spaceone/api/alert_manager/plugin/webhook.pb.h"
#include "spaceone/api/monitoring/plugin/data_source.pb.h"
#include "spaceone/api/monitoring/plugin/event.pb.h"
#include "spaceone/api/monitoring/plugin/log.pb.h"
#include "spaceone/api/monitoring/plugin/metric.pb.h"
#include "spaceone/api/monitoring/plugin/webhook.pb.h"

using namespace pf::host;
using namespace pf::host::cloudforet;
using namespace pf::host::cloudforet::testing;
using nlohmann::json;

namespace {

const std::string package = "spaceone.api.monitoring.plugin.";
const json secret = {{"host", "pc1"}, {"username", "admin"}, {"password", "p4ss"}};
const json vm_link = {{"prism_central", "pc-uuid"},
                      {"cluster_uuid", "cluster-1"},
                      {"entity_type", "vm"},
                      {"entity_uuid", "vm-1"}};

json list_request(const json& query) {
    return {{"options", json::object()}, {"secret_data", secret}, {"query", query}};
}

json data_request() {
    json other = vm_link;
    other["entity_uuid"] = "vm-2";
    other["region_name"] = "cluster 1";
    return {{"options", json::object()},
            {"secret_data", secret},
            {"metric", "cpu_utilization"},
            {"metric_query", {{"cloud-svc-1", vm_link}, {"cloud-svc-2", other}}},
            {"start", "2026-02-28T12:00:00.000Z"},
            {"end", "2026-02-28T13:00:00.000Z"},
            {"period", 600},
            {"stat", "MAX"}};
}

json with(const char* key, const json& value) {
    json request = data_request();
    request[key] = value;
    return request;
}

// The numbers of a message's fields, in order of the numbers: "options=1 schema=3".
std::string numbers(const google::protobuf::Descriptor* message) {
    std::map<int, std::string> fields;
    for (int i = 0; i < message->field_count(); ++i) {
        fields[message->field(i)->number()] = message->field(i)->name();
    }
    std::string text;
    for (const auto& [number, name] : fields) {
        text += (text.empty() ? "" : " ") + name + "=" + std::to_string(number);
    }
    return text;
}

}  // namespace

TEST_CASE("each role of monitoring lists its own services alone, and resolves every one") {
    const std::string alerts = "spaceone.api.alert_manager.plugin.";
    const auto services = [](std::unique_ptr<Role> role) {
        return role_services(RoleScene(std::move(role)));
    };
    using Names = std::vector<std::string>;
    CHECK(services(monitoring_role(std::make_shared<ScriptedMetrics>())) ==
          Names{package + "DataSource", package + "Metric"});
    CHECK(services(monitoring_log_role(std::make_shared<ScriptedLog>())) ==
          Names{package + "DataSource", package + "Log"});
    CHECK(services(webhook_role(std::make_shared<ScriptedEvents>())) ==
          Names{package + "Event", package + "Webhook"});
    CHECK(services(alert_webhook_role(std::make_shared<ScriptedEvents>())) ==
          Names{alerts + "Event", alerts + "Webhook"});
}

TEST_CASE("the messages of monitoring have CloudForet's numbers") {
    namespace plugin = spaceone::api::monitoring::plugin;
    namespace alerts = spaceone::api::alert_manager::plugin;
    CHECK(numbers(plugin::PluginVerifyRequest::descriptor()) == "options=1 secret_data=2 schema=3");
    CHECK(numbers(plugin::MetricRequest::descriptor()) ==
          "options=1 secret_data=2 query=3 schema=4");
    CHECK(numbers(plugin::MetricInfo::descriptor()) ==
          "key=1 name=2 group=3 unit=4 metric_query=5");
    CHECK(numbers(plugin::MetricDataRequest::descriptor()) ==
          "options=1 secret_data=2 metric_query=3 metric=4 start=5 end=6 period=7 stat=8 schema=9");
    CHECK(numbers(plugin::MetricDataInfo::descriptor()) == "labels=1 values=2");
    CHECK(numbers(plugin::LogRequest::descriptor()) ==
          "options=1 secret_data=2 schema=3 query=4 keyword=5 start=10 end=11 sort=12 limit=13");
    CHECK(numbers(plugin::Sort::descriptor()) == "key=1 desc=2");
    CHECK(numbers(plugin::ParseRequest::descriptor()) == "options=1 data=2");
    CHECK(numbers(plugin::EventInfo::descriptor()) ==
          "event_key=1 event_type=2 title=3 description=4 severity=5 resource=6 rule=7 "
          "occurred_at=8 additional_info=9 image_url=10 provider=11 account=12 resources=13");
    CHECK(numbers(alerts::ParseRequest::descriptor()) == "options=1 data=2 domain_id=21");
    CHECK(numbers(alerts::InitRequest::descriptor()) == "options=1 domain_id=21");
    CHECK(numbers(alerts::VerifyRequest::descriptor()) == "options=1 domain_id=21");
    CHECK(numbers(alerts::EventInfo::descriptor()) ==
          "event_key=1 event_type=2 title=3 description=4 severity=5 rule=6 image_url=7 "
          "resources=8 additional_info=11 occurred_at=31");
    CHECK(alerts::RECOVERY == 1);
    CHECK(alerts::ALERT == 2);
    CHECK(plugin::EventInfo::NOT_AVAILABLE == 5);
    CHECK(spaceone::api::alert_manager::v1::INFO == 4);
}

TEST_CASE("init of metrics tells the three names that CloudForet knows, and no other") {
    const RoleScene scene(monitoring_role(std::make_shared<ScriptedMetrics>()));
    const json metadata = json::parse(scene.answer("DataSource/init", R"({"options":{}})"));
    CHECK(metadata == json{{"metadata",
                            {{"supported_stat", {"AVERAGE", "MAX", "MIN", "SUM", "LAST"}},
                             {"required_keys", {"data.nutanix_monitoring"}},
                             {"supported_providers", {"nutanix"}}}}});
    CHECK(json::parse(scene.answer("DataSource/init", "{}")) == metadata);
    const Status wrong = scene.status("DataSource/init", R"({"options":{"colour":"red"}})");
    CHECK(wrong.code() == Code::invalid_argument);
    CHECK_THAT(wrong.message(), Catch::Contains("colour"));
}

TEST_CASE("verify asks the service about the targets of the secret, and tells no secret") {
    auto service = std::make_shared<ScriptedMetrics>();
    service->on_verify = [](const runtime::Request& request) {
        CHECK(request.targets.at(0).name == "pc1:9440");
        return Status(Code::unauthenticated, "ERROR_INVALID_CREDENTIALS", "pc1 refuses admin");
    };
    const RoleScene scene(monitoring_role(service));
    const CallEnd end = scene.call("DataSource/verify", json{{"secret_data", secret}}.dump());
    CHECK(end.status.code() == Code::unauthenticated);
    CHECK(end.details == "ERROR_INVALID_CREDENTIALS: pc1 refuses admin");
    CHECK(end.details.find("p4ss") == std::string::npos);
    CHECK(scene.status("DataSource/verify", "{}").code() == Code::invalid_argument);
}

TEST_CASE("list tells what a resource has, and each query leads back to it") {
    auto service = std::make_shared<ScriptedMetrics>();
    service->on_list = [](const MonitoredResource& resource) {
        CHECK(resource.prism_central == "pc-uuid");
        CHECK(resource.cluster_uuid == "cluster-1");
        CHECK(resource.entity_type == "vm");
        CHECK(resource.entity_uuid == "vm-1");
        return Result<std::vector<MetricOffer>>(
            {{"cpu_utilization", "CPU", "Compute", "Percent", R"({"source":"stats"})"},
             {"memory_utilization", "Memory", "Compute", "Percent"}});
    };
    const RoleScene scene(monitoring_role(service));
    const json metrics =
        json::parse(scene.answer("Metric/list", list_request(vm_link).dump())).at("metrics");
    REQUIRE(metrics.size() == 2);
    json query = vm_link;
    CHECK(metrics[1] == json{{"key", "memory_utilization"},
                             {"name", "Memory"},
                             {"group", "Compute"},
                             {"unit", {{"x", "Timestamp"}, {"y", "Percent"}}},
                             {"metric_query", query}});
    query["source"] = "stats";
    CHECK(metrics[0].at("metric_query") == query);
}

TEST_CASE("a query that names no resource is refused before any work") {
    auto service = std::make_shared<ScriptedMetrics>();
    bool is_asked = false;
    service->on_list = [&](const MonitoredResource&) {
        is_asked = true;
        return Result<std::vector<MetricOffer>>(std::vector<MetricOffer>());
    };
    const RoleScene scene(monitoring_role(service));
    const auto refusal = [&](const json& query, const char* reason, const char* word) {
        const Status status = scene.status("Metric/list", list_request(query).dump());
        INFO(query.dump() << ": " << status.text());
        CHECK(status.code() == Code::invalid_argument);
        CHECK(status.reason() == reason);
        CHECK_THAT(status.message(), Catch::Contains(word));
    };
    refusal(json::object(), "ERROR_REQUIRED_PARAMETER", "query");
    refusal({{"entity_type", "vm"}}, "ERROR_REQUIRED_PARAMETER", "query.entity_uuid");
    refusal({{"entity_type", 7}, {"entity_uuid", "x"}}, "ERROR_INVALID_PARAMETER",
            "query.entity_type");
    refusal({{"entity_type", "vm"}, {"entity_uuid", {"x"}}}, "ERROR_INVALID_PARAMETER",
            "query.entity_uuid");
    refusal({{"entity_type", "vm"}, {"entity_uuid", std::string(300, 'x')}},
            "ERROR_INVALID_PARAMETER", "query.entity_uuid");
    CHECK_FALSE(is_asked);
}

TEST_CASE("get_data: one list of times, a list as long for every resource, null where nothing is") {
    auto service = std::make_shared<ScriptedMetrics>();
    service->on_data = [](const MetricWish& wish, const Stop&) -> Result<MetricSeries> {
        CHECK(wish.metric == "cpu_utilization");
        CHECK(wish.stat == MetricStat::max);
        CHECK(wish.from == 1772280000);
        CHECK(wish.to == 1772283600);
        CHECK(wish.period == 600);
        CHECK(wish.subjects.at("cloud-svc-2").resource.entity_uuid == "vm-2");
        CHECK(json::parse(wish.subjects.at("cloud-svc-2").query).at("region_name") == "cluster 1");
        MetricSeries series;
        series.times = {1772280000, 1772280600, 1772281200};
        series.values["cloud-svc-1"] = {12.5, std::nullopt,
                                        std::numeric_limits<double>::quiet_NaN()};
        series.values["nobody asked"] = {1, 2, 3};
        return series;
    };
    const RoleScene scene(monitoring_role(service));
    const json answer = json::parse(scene.answer("Metric/get_data", data_request().dump()));
    CHECK(answer.at("labels") ==
          json{"2026-02-28T12:00:00Z", "2026-02-28T12:10:00Z", "2026-02-28T12:20:00Z"});
    CHECK(answer.at("values") == json{{"cloud-svc-1", {12.5, nullptr, nullptr}},
                                      {"cloud-svc-2", {nullptr, nullptr, nullptr}}});
}

TEST_CASE("without period and stat the plugin chooses, and an average is meant") {
    auto service = std::make_shared<ScriptedMetrics>();
    std::optional<MetricWish> seen;
    service->on_data = [&](const MetricWish& wish, const Stop&) -> Result<MetricSeries> {
        seen = wish;
        return MetricSeries();
    };
    const RoleScene scene(monitoring_role(service));
    json request = data_request();
    request.erase("period");
    request.erase("stat");
    CHECK(scene.status("Metric/get_data", request.dump()).ok());
    REQUIRE(seen.has_value());
    CHECK(seen->period == 0);
    CHECK(seen->stat == MetricStat::average);
    CHECK(scene.status("Metric/get_data", with("stat", "last").dump()).ok());
    CHECK(seen->stat == MetricStat::last);
}

TEST_CASE("what cannot be meant by get_data is one clear error before any work") {
    auto service = std::make_shared<ScriptedMetrics>();
    std::atomic<int> asked = 0;
    service->on_data = [&](const MetricWish&, const Stop&) -> Result<MetricSeries> {
        ++asked;
        return MetricSeries();
    };
    const RoleScene scene(monitoring_role(service));
    const auto refusal = [&](const json& request, const char* word) {
        const Status status = scene.status("Metric/get_data", request.dump());
        INFO(word << ": " << status.text());
        CHECK(status.code() == Code::invalid_argument);
        CHECK_THAT(status.message(), Catch::Contains(word));
    };
    refusal(with("metric", ""), "key = metric)");
    refusal(with("metric", std::string(300, 'm')), "key = metric,");
    refusal(with("start", ""), "key = start)");
    refusal(with("start", "yesterday"), "key = start,");
    refusal(with("end", "2026-02-28T12:00:00Z"), "must be after start");
    refusal(with("end", "2026-02-28T11:00:00Z"), "must be after start");
    refusal(with("end", "2026-02-30"), "key = end,");
    refusal(with("stat", "MEDIAN"), "AVERAGE, MAX, MIN, SUM or LAST");
    refusal(with("period", -60), "key = period,");
    refusal(with("metric_query", json::object()), "key = metric_query)");
    refusal(with("metric_query", {{"id", "text"}}), "metric_query.id");
    refusal(with("metric_query", {{"", vm_link}}), "metric_query");
    refusal(with("metric_query", {{"id", {{"entity_type", "vm"}}}}), "metric_query.id.entity_uuid");
    json many = with("period", 1);
    many["start"] = "2026-02-17T00:00:00Z";  // a million times and more
    refusal(many, "period");
    many["start"] = "2026-02-28T10:00:00Z";  // more than an answer has, of however few
    refusal(many, "10000 times");
    CHECK(asked == 0);
}

TEST_CASE("an answer stays within what a client can take") {
    auto service = std::make_shared<ScriptedMetrics>();
    service->on_data = [](const MetricWish&, const Stop&) -> Result<MetricSeries> {
        MetricSeries series;
        series.times.resize(6);
        return series;
    };
    MetricLimits limits;
    limits.values = 10;
    const RoleScene scene(monitoring_role(service, limits));
    json request = data_request();
    CHECK(scene.status("Metric/get_data", request.dump()).code() == Code::invalid_argument);
    request.erase("period");  // the service's choice is bounded as well
    CHECK(scene.status("Metric/get_data", request.dump()).code() == Code::invalid_argument);
    request["metric_query"].erase("cloud-svc-2");
    CHECK(scene.status("Metric/get_data", request.dump()).ok());
}

TEST_CASE("what the service breaks or cannot do is an error, and a late one is asked to stop") {
    auto service = std::make_shared<ScriptedMetrics>();
    std::string mode = "short";
    service->on_data = [&](const MetricWish&, const Stop& stop) -> Result<MetricSeries> {
        if (mode == "short") {
            MetricSeries series;
            series.times = {1, 2};
            series.values["cloud-svc-1"] = {1.0};
            return series;
        }
        if (mode == "late") {
            while (!stop.requested()) {
                std::this_thread::yield();
            }
            return stop.why();
        }
        return Status(Code::not_found, "ERROR_METRIC_UNKNOWN", "no metric has this key");
    };
    MetricLimits limits;
    limits.answer = std::chrono::milliseconds(50);
    std::vector<std::string> methods;
    const RoleScene scene(monitoring_role(service, limits),
                          [&](const CallRecord& record) { methods.emplace_back(record.method); });
    CHECK(scene.status("Metric/get_data", data_request().dump()).reason() == "ERROR_INTERNAL");
    mode = "late";
    CHECK_FALSE(scene.status("Metric/get_data", data_request().dump()).ok());
    mode = "unknown";
    CHECK(scene.status("Metric/get_data", data_request().dump()).reason() ==
          "ERROR_METRIC_UNKNOWN");
    scene.server->shutdown(std::chrono::milliseconds(0));
    CHECK(methods == std::vector<std::string>(3, package + "Metric/get_data"));
}
