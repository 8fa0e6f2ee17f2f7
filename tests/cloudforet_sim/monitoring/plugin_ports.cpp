#include "tests/cloudforet_sim/monitoring/plugin_ports.hpp"

#include <utility>

namespace pf::cloudforet_sim::monitoring {
namespace {

using nlohmann::json;

PluginReply reply_of(const test::CallReply& reply) {
    if (!reply.status.ok()) return {json::object(), reply.status.describe()};
    return {json::parse(reply.json), ""};
}

}  // namespace

MetricPorts metric_ports(const test::MetricApi& api, std::map<std::string, std::string> secrets) {
    MetricPorts ports;
    ports.list = [&api, secrets](const std::string& secret, const json& query) {
        return reply_of(api.list(secrets.at(secret), query.dump()));
    };
    ports.get_data = [&api, secrets = std::move(secrets)](
                         const std::string& secret, const std::string& metric,
                         const json& metric_query, const Range& range) {
        return reply_of(api.get_data(secrets.at(secret), {metric, metric_query.dump(), range.start,
                                                          range.end, range.period, range.stat}));
    };
    return ports;
}

void post(AlertBoard& board, const test::WebhookApi& api, const std::string& body) {
    const test::CallReply reply = api.parse(body);
    if (reply.status.ok()) {
        board.take(json::parse(reply.json));
    } else {
        board.fail(reply.status.describe());
    }
}

}  // namespace pf::cloudforet_sim::monitoring
