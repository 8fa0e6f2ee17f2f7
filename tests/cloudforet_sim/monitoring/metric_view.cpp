#include "tests/cloudforet_sim/monitoring/metric_view.hpp"

#include <algorithm>
#include <utility>

namespace pf::cloudforet_sim::monitoring {
namespace {

using nlohmann::json;

// One call: a part of the resources of one region and one secret.
struct Chunk {
    std::string secret;
    json query = json::object();
};

std::vector<Chunk> chunks_of(const Metric& metric, const std::vector<Resource>& resources) {
    std::map<std::pair<std::string, std::string>, std::vector<Chunk>> groups;
    for (const Resource& resource : resources) {
        const auto query = metric.metric_query.find(resource.id);
        if (query == metric.metric_query.end()) continue;
        auto& group = groups[{resource.region_code, resource.secret}];
        if (group.empty() || group.back().query.size() == MetricView::most_resources) {
            group.push_back({resource.secret});
        }
        json with_region = *query;
        with_region["region_name"] = resource.region_code;
        group.back().query[resource.id] = std::move(with_region);
    }
    std::vector<Chunk> chunks;
    for (auto& [key, group] : groups) {
        std::move(group.begin(), group.end(), std::back_inserter(chunks));
    }
    return chunks;
}

void take(const json& answer, Picture& picture) {
    const auto labels = answer.value("labels", std::vector<std::string>());
    if (picture.labels.empty()) {
        picture.labels = labels;
    } else if (!labels.empty() && labels != picture.labels) {
        picture.misdrawn += "an answer has other times than the first\n";
    }
    if (!std::is_sorted(labels.begin(), labels.end())) {
        picture.misdrawn += "times are not in order\n";
    }
    const json values = answer.value("values", json::object());
    for (const auto& [id, list] : values.items()) {
        if (!list.is_array() || list.size() != labels.size()) {
            picture.misdrawn += id + " has more or fewer values than there are times\n";
        }
        picture.values[id] = list;
    }
}

}  // namespace

MetricView::MetricView(json metadata, MetricPorts ports)
    : metadata_(std::move(metadata)), ports_(std::move(ports)) {}

json MetricView::link_of(const Resource& resource) const {
    const std::string path = metadata_.at("required_keys").at(0);
    const json* value = &resource.body;
    std::size_t begin = 0;
    while (begin <= path.size()) {
        const std::size_t dot = std::min(path.find('.', begin), path.size());
        const auto found = value->find(path.substr(begin, dot - begin));
        if (!value->is_object() || found == value->end()) return nullptr;
        value = &*found;
        begin = dot + 1;
    }
    return *value;
}

std::vector<Metric> MetricView::list(const std::vector<Resource>& resources) const {
    std::vector<Metric> common;
    bool is_first = true;
    for (const Resource& resource : resources) {
        const json link = link_of(resource);
        if (!link.is_object()) continue;
        const PluginReply reply = ports_.list(resource.secret, link);
        const json metrics = reply.value.value("metrics", json::array());
        if (!reply.error.empty() || metrics.empty()) continue;
        std::vector<Metric> kept;
        for (const json& each : metrics) {
            const std::string key = each.value("key", "");
            const auto known = std::find_if(common.begin(), common.end(),
                                            [&](const Metric& one) { return one.key == key; });
            if (!is_first && known == common.end()) continue;
            Metric metric =
                is_first ? Metric{key, each.value("name", ""), each.value("unit", json::object())}
                         : *known;
            metric.metric_query[resource.id] = each.value("metric_query", json::object());
            kept.push_back(std::move(metric));
        }
        common = std::move(kept);
        is_first = false;
    }
    return common;
}

Picture MetricView::data(const Metric& metric, const std::vector<Resource>& resources,
                         const Range& range) const {
    Picture picture;
    const json stats = metadata_.at("supported_stat");
    if (!range.stat.empty() && std::find(stats.begin(), stats.end(), range.stat) == stats.end()) {
        picture.error = "ERROR_NOT_SUPPORT_METRIC_STAT";
        return picture;
    }
    for (const Chunk& chunk : chunks_of(metric, resources)) {
        ++picture.calls;
        const PluginReply reply = ports_.get_data(chunk.secret, metric.key, chunk.query, range);
        if (reply.error.empty()) take(reply.value, picture);
    }
    return picture;
}

}  // namespace pf::cloudforet_sim::monitoring
