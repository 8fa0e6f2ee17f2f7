// The table of metrics: keys, units and fields of every kind.

#include "metric_table.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

using namespace monitoring;

namespace {

constexpr Kind kinds[] = {Kind::vm,      Kind::esxi_vm,           Kind::host,
                          Kind::cluster, Kind::storage_container, Kind::volume_group};

double factor(Kind kind, const char* key) {
    const Metric* metric = find_metric(kind, key);
    REQUIRE(metric != nullptr);
    return metric->factor;
}

}  // namespace

TEST_CASE("every metric has a key of its own, a name, a unit and a field of v4") {
    for (const Kind kind : kinds) {
        std::set<std::string_view> keys, fields;
        for (const Metric& metric : metrics_of(kind)) {
            INFO(kind_word(kind) << " " << metric.key);
            CHECK(keys.insert(metric.key).second);
            CHECK(fields.insert(metric.v4).second);
            CHECK_FALSE(metric.name.empty());
            CHECK_FALSE(metric.group.empty());
            CHECK_FALSE(metric.unit.empty());
            CHECK_FALSE(metric.v4.empty());
            CHECK(metric.factor > 0);
            CHECK(metric.v4_instead != metric.v4);
            CHECK(find_metric(kind, metric.key) == &metric);
        }
        CHECK(keys.contains("iops"));
    }
    CHECK(find_metric(Kind::vm, "nothing") == nullptr);
    CHECK(find_metric(Kind::storage_container, "cpu_utilization") == nullptr);
}

TEST_CASE("machines have cpu_utilization and memory_utilization in percent, by every API") {
    for (const Kind kind : {Kind::vm, Kind::esxi_vm, Kind::host, Kind::cluster}) {
        for (const char* key : {"cpu_utilization", "memory_utilization"}) {
            const Metric* metric = find_metric(kind, key);
            REQUIRE(metric != nullptr);
            CHECK(metric->unit == "Percent");
            for (const Api api : {Api::v4, Api::v3, Api::v2})
                CHECK_FALSE(metric->field(api).empty());
        }
    }
}

TEST_CASE("what a name says of its unit is what the table does with it") {
    for (const Kind kind : kinds) {
        for (const Metric& metric : metrics_of(kind)) {
            INFO(kind_word(kind) << " " << metric.v4);
            const std::string field(metric.v4);
            if (field.ends_with("Ppm")) {
                CHECK(metric.unit == "Percent");
                CHECK(metric.factor * 1'000'000 == Approx(100));
            } else if (field.find("Latency") != std::string::npos) {
                CHECK(metric.unit == "Milliseconds");
                CHECK(metric.factor * 1'000 == Approx(1));
            } else if (field.find("andwidth") != std::string::npos) {
                CHECK(metric.unit == "Kilobytes/Second");
                CHECK(metric.factor == 1);
            } else if (field.find("Num") != std::string::npos && field.ends_with("Bytes")) {
                CHECK(metric.unit == "Bytes/Second");
                CHECK(metric.factor * 30 == Approx(1));
            } else if (field.ends_with("Bytes")) {
                CHECK(metric.unit == "Bytes");
                CHECK(metric.factor == 1);
            }
        }
    }
    CHECK(152'340 * factor(Kind::vm, "cpu_utilization") == Approx(15.234));
    CHECK(650 * factor(Kind::volume_group, "latency") == Approx(0.65));
}

TEST_CASE("words of kinds and aggregations go both ways, others are none") {
    for (const Kind kind : kinds) CHECK(kind_named(kind_word(kind)) == kind);
    CHECK_FALSE(kind_named("moon"));
    CHECK_FALSE(kind_named(""));
    CHECK(stat_type(*aggregation_named("AVERAGE")) == "AVG");
    CHECK(stat_type(*aggregation_named("LAST")) == "LAST");
    CHECK(aggregation_named("MIN") == Aggregation::min);
    CHECK_FALSE(aggregation_named("average"));
}
