#include "host/cloudforet/roles/metric_request.hpp"

#include <google/protobuf/struct.pb.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "host/cloudforet/iso_time.hpp"
#include "host/cloudforet/struct_json.hpp"
#include "host/runtime/request_values.hpp"

namespace pf::host::cloudforet {
namespace {

using nlohmann::json;

constexpr std::size_t longest_key = 256;

constexpr std::pair<std::string_view, MetricStat> stats[] = {{"AVERAGE", MetricStat::average},
                                                             {"MAX", MetricStat::max},
                                                             {"MIN", MetricStat::min},
                                                             {"SUM", MetricStat::sum},
                                                             {"LAST", MetricStat::last}};

Status read_stat(std::string_view word, MetricWish& wish) {
    if (word.empty()) {
        return {};
    }
    const auto* const found = std::find_if(
        std::begin(stats), std::end(stats),
        [&](const auto& stat) { return runtime::lower(stat.first) == runtime::lower(word); });
    if (found == std::end(stats)) {
        return runtime::bad_value("stat", "must be AVERAGE, MAX, MIN, SUM or LAST");
    }
    wish.stat = found->second;
    return {};
}

Result<std::int64_t> read_time(std::string_view text, const char* key) {
    if (text.empty()) {
        return runtime::missing_key(key);
    }
    const auto time = parse_iso_time(text);
    if (!time) {
        return runtime::bad_value(key, "must be a time as ISO 8601 has it");
    }
    return *time;
}

Status read_range(const MetricWords& words, MetricWish& wish) {
    const auto from = read_time(words.start, "start");
    if (!from) {
        return from.status();
    }
    const auto to = read_time(words.end, "end");
    if (!to) {
        return to.status();
    }
    if (*from >= *to) {
        return runtime::bad_value("end", "must be after start");
    }
    if (words.period < 0) {
        return runtime::bad_value("period", "must be a number of seconds");
    }
    wish.from = *from;
    wish.to = *to;
    wish.period = static_cast<std::uint32_t>(words.period);
    return {};
}

Status read_subjects(const google::protobuf::Struct& metric_query, MetricWish& wish) {
    json query = json::parse(struct_to_json(metric_query));
    if (query.empty()) {
        return runtime::missing_key("metric_query");
    }
    for (const auto& [key, value] : query.items()) {
        if (key.empty() || key.size() > longest_key) {
            return runtime::bad_value("metric_query",
                                      "must have ids of 1 to 256 bytes as its names");
        }
        auto resource = read_monitored(value, "metric_query." + key);
        if (!resource) {
            return resource.status();
        }
        wish.subjects[key] = {std::move(*resource), value.dump()};
    }
    return {};
}

// A caller that wants too much is told so before anything is asked of Prism.
Status bound(const MetricWish& wish, const MetricLimits& limits) {
    if (wish.subjects.size() > limits.values) {
        return runtime::bad_value(
            "metric_query", "must name at most " + std::to_string(limits.values) + " resources");
    }
    if (wish.period == 0) {
        return {};
    }
    const auto times = static_cast<std::uint64_t>(wish.to - wish.from) / wish.period + 1;
    if (times > limits.times || times * wish.subjects.size() > limits.values) {
        return runtime::bad_value(
            "period", "must be longer: from start to end there are " + std::to_string(times) +
                          " of it for each of " + std::to_string(wish.subjects.size()) +
                          " resources, and an answer has at most " + std::to_string(limits.times) +
                          " times and " + std::to_string(limits.values) + " values");
    }
    return {};
}

}  // namespace

std::string supported_stats() {
    json names = json::array();
    for (const auto& [name, stat] : stats) {
        names.push_back(name);
    }
    return names.dump();
}

Result<MetricWish> read_metric_wish(const MetricWords& words,
                                    const google::protobuf::Struct& metric_query,
                                    const MetricLimits& limits) {
    MetricWish wish;
    if (words.metric.empty()) {
        return runtime::missing_key("metric");
    }
    if (words.metric.size() > longest_key) {
        return runtime::bad_value("metric", "must be a key that list told");
    }
    wish.metric = words.metric;
    if (Status status = read_stat(words.stat, wish); !status.ok()) {
        return status;
    }
    if (Status status = read_range(words, wish); !status.ok()) {
        return status;
    }
    if (Status status = read_subjects(metric_query, wish); !status.ok()) {
        return status;
    }
    if (Status status = bound(wish, limits); !status.ok()) {
        return status;
    }
    return wish;
}

}  // namespace pf::host::cloudforet
