#include "tests/acceptance/monitoring_api.hpp"

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <utility>

namespace pf::test {
namespace {

using nlohmann::json;

constexpr const char* data_source = "spaceone.api.monitoring.plugin.DataSource";
constexpr const char* metric = "spaceone.api.monitoring.plugin.Metric";
constexpr const char* log = "spaceone.api.monitoring.plugin.Log";

json parse(const std::string& text, const std::string& what) {
    json value = json::parse(text, nullptr, false);
    if (value.is_discarded()) {
        throw ReflectionError(ReflectionFault::bad_request, what + " is no JSON");
    }
    return value;
}

void expect(const ReflectionClient& client,
            std::initializer_list<std::pair<std::string, std::string>> methods) {
    for (const auto& [service, method] : methods) {
        if (!client.has(service, method)) {
            throw ReflectionError(ReflectionFault::unknown_method,
                                  service + "/" + method + " is not served");
        }
    }
}

json request(const MonitoringPlugin& plugin, const std::string& secret_json) {
    return {{"options", parse(plugin.options_json, "options")},
            {"secret_data", parse(secret_json, "secret_data")},
            {"schema", plugin.schema}};
}

void add(json& message, const char* name, const std::string& text) {
    if (!text.empty()) message[name] = text;
}

CallReply init_source(const ReflectionClient& client, const MonitoringPlugin& plugin) {
    const json message = {{"options", parse(plugin.options_json, "options")}};
    return client.call(data_source, "init", message.dump());
}

CallReply verify_source(const ReflectionClient& client, const MonitoringPlugin& plugin,
                        const std::string& secret_json) {
    return client.call(data_source, "verify", request(plugin, secret_json).dump());
}

std::string webhook_package(WebhookKind kind) {
    return kind == WebhookKind::monitoring ? "spaceone.api.monitoring.plugin."
                                           : "spaceone.api.alert_manager.plugin.";
}

}  // namespace

MetricApi::MetricApi(const ReflectionClient& client, MonitoringPlugin plugin)
    : client_(client), plugin_(std::move(plugin)) {
    expect(
        client_,
        {{data_source, "init"}, {data_source, "verify"}, {metric, "list"}, {metric, "get_data"}});
}

CallReply MetricApi::init() const { return init_source(client_, plugin_); }

CallReply MetricApi::verify(const std::string& secret_json) const {
    return verify_source(client_, plugin_, secret_json);
}

CallReply MetricApi::list(const std::string& secret_json, const std::string& query_json) const {
    json message = request(plugin_, secret_json);
    message["query"] = parse(query_json, "query");
    return client_.call(metric, "list", message.dump());
}

CallReply MetricApi::get_data(const std::string& secret_json,
                              const MetricQuestion& question) const {
    json message = request(plugin_, secret_json);
    message["metric_query"] = parse(question.metric_query_json, "metric_query");
    add(message, "metric", question.metric);
    add(message, "start", question.start);
    add(message, "end", question.end);
    add(message, "stat", question.stat);
    if (question.period != 0) message["period"] = question.period;
    return client_.call(metric, "get_data", message.dump());
}

LogApi::LogApi(const ReflectionClient& client, MonitoringPlugin plugin)
    : client_(client), plugin_(std::move(plugin)) {
    expect(client_, {{data_source, "init"}, {data_source, "verify"}, {log, "list"}});
}

CallReply LogApi::init() const { return init_source(client_, plugin_); }

CallReply LogApi::verify(const std::string& secret_json) const {
    return verify_source(client_, plugin_, secret_json);
}

LogAnswer LogApi::list(const std::string& secret_json, const std::string& query_json,
                       const LogQuestion& question) const {
    json message = request(plugin_, secret_json);
    message["query"] = parse(query_json, "query");
    add(message, "keyword", question.keyword);
    add(message, "start", question.start);
    add(message, "end", question.end);
    if (!question.sort_key.empty()) {
        message["sort"] = {{"key", question.sort_key}, {"desc", question.is_descending}};
    }
    if (question.limit != 0) message["limit"] = question.limit;
    LogAnswer answer;
    answer.status = client_.stream(log, "list", message.dump(), [&](std::string_view bytes) {
        ++answer.messages;
        const json page = parse(client_.reply_as_json(log, "list", bytes), "a message");
        for (const json& entry : page.value("results", json::array())) {
            answer.entries.push_back(entry.dump());
        }
        return true;
    });
    return answer;
}

WebhookApi::WebhookApi(const ReflectionClient& client, WebhookKind kind, std::string options_json)
    : client_(client), kind_(kind), options_json_(std::move(options_json)) {
    expect(client_, {{webhook_package(kind) + "Webhook", "init"},
                     {webhook_package(kind) + "Webhook", "verify"},
                     {webhook_package(kind) + "Event", "parse"}});
}

CallReply WebhookApi::init() const { return call("Webhook", "init", ""); }

CallReply WebhookApi::verify() const { return call("Webhook", "verify", ""); }

CallReply WebhookApi::parse(const std::string& data_json) const {
    return call("Event", "parse", data_json);
}

CallReply WebhookApi::call(const char* service, const char* method,
                           const std::string& data_json) const {
    json message = {{"options", pf::test::parse(options_json_, "options")}};
    if (kind_ == WebhookKind::alert_manager) message["domain_id"] = "domain-1";
    if (!data_json.empty()) message["data"] = pf::test::parse(data_json, "data");
    return client_.call(webhook_package(kind_) + service, method, message.dump());
}

}  // namespace pf::test
