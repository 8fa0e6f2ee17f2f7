#include "tests/cloudforet_sim/monitoring/metadata_rules.hpp"

#include <catch2/catch.hpp>

using namespace pf::cloudforet_sim::monitoring;
using nlohmann::json;

TEST_CASE("metadata is taken with the names of its type alone") {
    json metric = {{"supported_stat", {"AVERAGE"}},
                   {"required_keys", {"data.link"}},
                   {"supported_providers", {"nutanix"}}};
    CHECK(refusal(SourceType::metric, metric).empty());
    json log = metric;
    log.erase("supported_stat");
    CHECK(refusal(SourceType::log, log).empty());
    log["view"] = {{"table", json::object()}};
    CHECK(refusal(SourceType::log, log).empty());

    CHECK(refusal(SourceType::log, metric) == "supported_stat is not known\n");
    CHECK(refusal(SourceType::metric, log) == "view is not known\nsupported_stat names nothing\n");
    metric["icon"] = "x";
    CHECK(refusal(SourceType::metric, metric) == "icon is not known\n");
    metric.erase("icon");
    metric["required_keys"] = json::array();
    CHECK(refusal(SourceType::metric, metric) == "required_keys names nothing\n");
    metric["required_keys"] = {1};
    CHECK(refusal(SourceType::metric, metric) == "required_keys is no list of texts\n");
    log["view"] = json::array();
    CHECK(refusal(SourceType::log, log) == "view is no object\n");
    CHECK(refusal(SourceType::log, json::array()) == "no object\n");
}
