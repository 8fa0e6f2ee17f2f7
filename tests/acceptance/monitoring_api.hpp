// The APIs of monitoring as CloudForet's services call them, learned by reflection: metrics, logs,
// and the webhooks of both of its services for alerts.
//
//     const auto client = pf::test::ReflectionClient::connect(endpoint);
//     const MetricApi api(*client, {});
//     const CallReply reply = api.list(secret, query);
//
// Requests and answers are JSON with the names of the .proto files. Several calls at once are fine.
// It shares no code with the host.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/acceptance/reflection_client.hpp"

namespace pf::test {

// What travels with every call of a data source.
struct MonitoringPlugin {
    std::string options_json = "{}";
    std::string schema = "nutanix-secret-prism-central";
};

// One get_data. Empty texts and a period of 0 are not sent.
struct MetricQuestion {
    std::string metric;
    std::string metric_query_json;  // {id: metric_query}
    std::string start;
    std::string end;
    std::int32_t period = 0;
    std::string stat;
};

class MetricApi {
  public:
    // `client` outlives this object. Throws ReflectionError when the endpoint has no metrics.
    MetricApi(const ReflectionClient& client, MonitoringPlugin plugin);

    CallReply init() const;
    CallReply verify(const std::string& secret_json) const;
    CallReply list(const std::string& secret_json, const std::string& query_json) const;
    CallReply get_data(const std::string& secret_json, const MetricQuestion& question) const;

  private:
    const ReflectionClient& client_;
    MonitoringPlugin plugin_;
};

// One Log.list. Empty texts and a limit of 0 are not sent.
struct LogQuestion {
    std::string keyword;
    std::string start;
    std::string end;
    std::string sort_key;
    bool is_descending = false;
    std::int32_t limit = 0;
};

// All messages of a Log.list, as CloudForet makes one list of them.
struct LogAnswer {
    CallStatus status;
    std::uint64_t messages = 0;
    std::vector<std::string> entries;  // JSON text of each
};

class LogApi {
  public:
    // As MetricApi, for an endpoint that has logs.
    LogApi(const ReflectionClient& client, MonitoringPlugin plugin);

    CallReply init() const;
    CallReply verify(const std::string& secret_json) const;
    LogAnswer list(const std::string& secret_json, const std::string& query_json,
                   const LogQuestion& question = {}) const;

  private:
    const ReflectionClient& client_;
    MonitoringPlugin plugin_;
};

// Which of CloudForet's services asks.
enum class WebhookKind { monitoring, alert_manager };

class WebhookApi {
  public:
    // As MetricApi, for an endpoint with webhooks of this kind.
    WebhookApi(const ReflectionClient& client, WebhookKind kind, std::string options_json = "{}");

    CallReply init() const;
    CallReply verify() const;
    // `data_json` is the object that somebody posted.
    CallReply parse(const std::string& data_json) const;

  private:
    CallReply call(const char* service, const char* method, const std::string& data_json) const;

    const ReflectionClient& client_;
    WebhookKind kind_;
    std::string options_json_;
};

}  // namespace pf::test
