#include "tests/cloudforet_sim/monitoring/metric_view.hpp"

#include <catch2/catch.hpp>

using namespace pf::cloudforet_sim::monitoring;
using nlohmann::json;

namespace {

const json metadata = {{"required_keys", {"data.link"}}, {"supported_stat", {"AVERAGE", "MAX"}}};

Resource resource(const std::string& id, const std::string& region = "r1",
                  const std::string& secret = "s1") {
    return {id, region, secret, {{"data", {{"link", {{"uuid", id}}}}}}};
}

json metrics(std::initializer_list<const char*> keys) {
    json list = json::array();
    for (const char* const key : keys) {
        list.push_back({{"key", key}, {"name", key}, {"metric_query", {{"metric", key}}}});
    }
    return {{"metrics", list}};
}

}  // namespace

TEST_CASE("only metrics of every resource are shown; those without an answer do not count") {
    MetricPorts ports;
    ports.list = [](const std::string&, const json& query) -> PluginReply {
        const std::string id = query.at("uuid");
        if (id == "vm") return {metrics({"cpu", "memory", "iops"})};
        if (id == "host") return {metrics({"memory", "power", "cpu"})};
        if (id == "broken") return {json::object(), "ERROR_X"};
        return {metrics({})};
    };
    const MetricView view(metadata, ports);
    Resource unlinked = resource("plain");
    unlinked.body = {{"data", json::object()}};
    const auto common = view.list(
        {resource("broken"), resource("vm"), unlinked, resource("disk"), resource("host")});
    REQUIRE(common.size() == 2);
    CHECK(common[0].key == "memory");
    CHECK(common[1].key == "cpu");
    CHECK(common[1].metric_query ==
          json{{"vm", {{"metric", "cpu"}}}, {"host", {{"metric", "cpu"}}}});
}

TEST_CASE("calls are made by region and secret, of at most two hundred resources") {
    std::vector<std::size_t> sizes;
    MetricPorts ports;
    ports.get_data = [&](const std::string&, const std::string& metric, const json& query,
                         const Range&) -> PluginReply {
        CHECK(metric == "cpu");
        sizes.push_back(query.size());
        json values = json::object();
        for (const auto& [id, one] : query.items()) {
            CHECK(one.at("region_name").is_string());
            values[id] = {1, nullptr};
        }
        return {{{"labels", {"2026-02-28T00:00:00Z", "2026-02-28T01:00:00Z"}}, {"values", values}}};
    };
    const MetricView view(metadata, ports);
    std::vector<Resource> resources;
    Metric metric{"cpu", "CPU", {}};
    for (int i = 0; i < 450; ++i) {
        resources.push_back(resource(std::to_string(i), i < 250 ? "r1" : "r2"));
        metric.metric_query[resources.back().id] = json::object();
    }
    resources.push_back(resource("other secret", "r2", "s2"));
    metric.metric_query["other secret"] = json::object();
    resources.push_back(resource("without a query"));
    const Picture picture = view.data(metric, resources, {"a", "b", 0, "MAX"});
    CHECK(sizes == std::vector<std::size_t>{200, 50, 200, 1});
    CHECK(picture.calls == 4);
    CHECK(picture.values.size() == 451);
    CHECK(picture.labels.size() == 2);
    CHECK(picture.misdrawn.empty());
}

TEST_CASE("one list of times serves all: the first that is not empty") {
    json answer = {{"labels", json::array()}, {"values", json::object()}};
    std::vector<json> answers = {
        answer,
        {{"labels", {"2026-02-28T00:00:00Z", "2026-02-28T01:00:00Z"}}, {"values", {{"b", {1, 2}}}}},
        {{"labels", {"2026-02-28T00:05:00Z", "2026-02-28T01:05:00Z"}}, {"values", {{"c", {3}}}}}};
    std::size_t next = 0;
    MetricPorts ports;
    ports.get_data = [&](const std::string&, const std::string&, const json&,
                         const Range&) -> PluginReply {
        if (next == answers.size()) return {json::object(), "ERROR_PRISM_CONNECT"};
        return {answers[next++]};
    };
    const MetricView view(metadata, ports);
    std::vector<Resource> resources;
    Metric metric{"cpu", "CPU", {}};
    for (const char* const id : {"a", "b", "c", "d"}) {
        resources.push_back(resource(id, id));
        metric.metric_query[id] = json::object();
    }
    const Picture picture = view.data(metric, resources, {});
    CHECK(picture.labels.at(0) == "2026-02-28T00:00:00Z");
    CHECK(picture.misdrawn ==
          "an answer has other times than the first\n"
          "c has more or fewer values than there are times\n");
    CHECK(picture.values.count("d") == 0);
    answers = {{{"labels", {"2026-02-28T01:00:00Z", "2026-02-28T00:00:00Z"}}}};
    next = 0;
    CHECK(view.data(metric, resources, {}).misdrawn == "times are not in order\n");
}

TEST_CASE("a statistic that the plugin does not have is refused before it is asked") {
    MetricPorts ports;
    ports.get_data = [](const std::string&, const std::string&, const json&,
                        const Range&) -> PluginReply { throw std::logic_error("asked"); };
    Metric metric{"cpu", "CPU", {}};
    metric.metric_query["a"] = json::object();
    const Picture picture =
        MetricView(metadata, ports).data(metric, {resource("a")}, {"a", "b", 0, "MEDIAN"});
    CHECK(picture.error == "ERROR_NOT_SUPPORT_METRIC_STAT");
    CHECK(picture.calls == 0);
}
