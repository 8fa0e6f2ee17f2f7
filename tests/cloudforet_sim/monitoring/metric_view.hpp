// How CloudForet's monitoring makes one picture of the answers of a metric source.
//
//     MetricView view(metadata, plugin);
//     for (const Metric& metric : view.list(resources)) ...
//     const Picture picture = view.data("cpu", view.queries("cpu", resources), range);
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace pf::cloudforet_sim::monitoring {

// A CloudService of the inventory, as far as monitoring looks at it.
struct Resource {
    std::string id;
    std::string region_code;
    std::string secret;   // of the collector that found it
    nlohmann::json body;  // the resource of its row: {"data": {...}, ...}
};

// What a plugin answered; with an error there is no value.
struct PluginReply {
    nlohmann::json value = nlohmann::json::object();
    std::string error;
};

struct Range {
    std::string start;
    std::string end;
    std::int32_t period = 0;  // 0: not said
    std::string stat;         // empty: not said
};

// The two calls, as JSON of their messages.
struct MetricPorts {
    std::function<PluginReply(const std::string& secret, const nlohmann::json& query)> list;
    std::function<PluginReply(const std::string& secret, const std::string& metric,
                              const nlohmann::json& metric_query, const Range& range)>
        get_data;
};

struct Metric {
    std::string key;
    std::string name;
    nlohmann::json unit;
    nlohmann::json metric_query = nlohmann::json::object();  // by id of the resource
};

// What the console draws.
struct Picture {
    std::vector<std::string> labels;
    std::map<std::string, nlohmann::json> values;  // by id: a list
    std::size_t calls = 0;
    std::string error;  // the service refused before it asked
    // Where the picture would show a value at a wrong time, one line each; empty when it does not.
    std::string misdrawn;
};

class MetricView {
  public:
    // As init told it, and as refusal() takes it.
    MetricView(nlohmann::json metadata, MetricPorts ports);

    // The metrics that all resources with a link have, each with the query of every one. Resources
    // of which the plugin tells nothing, or an error, are left out as not available.
    std::vector<Metric> list(const std::vector<Resource>& resources) const;
    // The values of a metric that list() gave.
    Picture data(const Metric& metric, const std::vector<Resource>& resources,
                 const Range& range) const;

    static constexpr std::size_t most_resources = 200;  // of one call

  private:
    nlohmann::json link_of(const Resource& resource) const;

    nlohmann::json metadata_;
    MetricPorts ports_;
};

}  // namespace pf::cloudforet_sim::monitoring
