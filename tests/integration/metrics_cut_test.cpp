// Answers that hold the newest samples of a span only: the rest is asked for, or is nothing, aloud.
#include <functional>

#include "tests/integration/metrics_scene.hpp"

using namespace pf;
using namespace pf::test::metrics;

namespace {

sim::Config cutting(std::uint32_t most_samples, std::uint32_t vms) {
    sim::Config config = world(vms);
    config.statistics.over_samples = sim::OverSamples::newest;
    config.statistics.most_samples = most_samples;
    return config;
}

std::uint64_t noted(const MetricsSeries& series, const std::string& code) {
    std::uint64_t count = 0;
    for (const auto& note : series.notes) count += note.code == code ? note.count : 0;
    return count;
}

}  // namespace

TEST_CASE("what an answer leaves out at its start is asked for in shorter ranges") {
    struct Reading {
        const char* name;
        std::function<void(sim::Config&)> change;
        std::int64_t late;
    };
    const Reading readings[] = {
        {"usual", [](auto&) {}, 0},
        {"grid start", [](auto& c) { c.statistics.grid = sim::SampleGrid::start; }, 0},
        {"stamp end", [](auto& c) { c.statistics.stamp = sim::SampleStamp::end; }, 1},
        {"filter refused", [](auto& c) { c.statistics.filter = sim::StatsFilter::refused; }, 0},
        {"off absent", [](auto& c) { c.statistics.off_rows = sim::OffRows::absent; }, 0},
        {"off minus one", [](auto& c) { c.statistics.off_samples = sim::OffSamples::minus_one; },
         0},
        {"disorder",
         [](auto& c) {
             c.statistics.disorder = 20;
             c.statistics.duplicates = 20;
         },
         0},
    };
    for (const Reading& reading : readings) {
        sim::Config config = cutting(600, 60);
        reading.change(config);
        Scene scene(config);
        MetricsWish wish = wish_of(12 * hour);  // 36 times, of which an answer holds 10
        add_vms(wish, scene.twin().world(), 60);
        INFO(reading.name);
        const MetricsSeries series = scene.query(wish);
        const Held held = hold(scene, wish, series, sim::Metric::cpu_usage_ppm, 1e-4, reading.late);
        CHECK(held.wrong == 0);
        CHECK(held.values > 500);
        CHECK(noted(series, "metrics.cut") == 0);
    }
}

TEST_CASE("one machine of many samples, and machines by v3") {
    Scene scene(cutting(300, 5));
    MetricsWish wish = wish_of(12 * hour);
    wish.period_s = 60;
    add_vms(wish, scene.twin().world(), 5);
    const MetricsSeries series = scene.query(wish);
    CHECK(series.times_s.size() == 720);
    CHECK(hold(scene, wish, series, sim::Metric::cpu_usage_ppm, 1e-4).wrong == 0);

    Scene old(cutting(600, 60), R"({"api_version": "v3"})");
    MetricsWish all = wish_of(12 * hour);
    add_vms(all, old.twin().world(), 60);
    const MetricsSeries told = old.query(all);
    const Held held = hold(old, all, told, sim::Metric::cpu_usage_ppm, 1e-4);
    CHECK(held.wrong == 0);
    CHECK(held.values > 500);
    CHECK(noted(told, "metrics.cut") == 0);
}

TEST_CASE("what would take too many requests is nothing, and noted") {
    struct Bound {
        std::uint32_t samples;
        std::uint64_t requests;
    };
    // Two samples of a machine: half of the time is left. One: nothing can be asked for.
    for (const Bound& bound : {Bound{20, 55}, Bound{10, 3}}) {
        Scene scene(cutting(bound.samples, 10));
        MetricsWish wish = wish_of(3 * hour);
        wish.period_s = 60;
        add_vms(wish, scene.twin().world(), 10);
        const MetricsSeries series = scene.query(wish);
        INFO(bound.samples);
        CHECK(noted(series, "metrics.cut") == 10);
        CHECK(scene.requests("ahv/stats/vms") <= bound.requests);
        // What there is is right.
        std::size_t wrong = 0, missing = 0;
        for (const auto& [key, values] : series.values) {
            const auto serial = static_cast<std::uint32_t>(std::stoul(key.substr(10)));
            for (std::size_t i = 0; i < values.size(); ++i) {
                const auto expected =
                    truth(scene.twin(), {sim::Measured::vm, serial}, sim::Metric::cpu_usage_ppm,
                          1e-4, series.times_s[i], 60);
                wrong +=
                    values[i] && (!expected || std::abs(*expected - *values[i]) > 1e-6) ? 1 : 0;
                missing += expected && !values[i] ? 1 : 0;
            }
        }
        CHECK(wrong == 0);
        CHECK(missing > 0);
    }
}

TEST_CASE("a Prism that gives the newest value only is found out") {
    sim::Config config = world(10);
    config.statistics.groups_last_only = true;
    Scene scene(config, R"({"api_version": "v3"})");
    MetricsWish wish = wish_of(6 * hour);
    wish.to_s = now;
    add_vms(wish, scene.twin().world(), 10);
    CHECK(noted(scene.query(wish), "metrics.cut") == 10);
    CHECK(scene.requests("v3/groups") == 2);
}

TEST_CASE("statistics that do not go back so far cost one more request, not one each") {
    sim::Config config = world(40);
    config.statistics.days = 5;
    config.statistics.filter = sim::StatsFilter::refused;
    for (const char* const type : {"vm", "cluster"}) {
        Scene scene(config);
        MetricsWish wish = wish_of(10 * day);
        if (std::string(type) == "vm") {
            add_vms(wish, scene.twin().world(), 40);
        } else {
            for (const auto& cluster : scene.twin().world().clusters) {
                MetricsResource one;
                one.entity_type = type;
                one.entity_uuid = one.cluster_uuid = sim::to_text(cluster.id);
                wish.resources[one.entity_uuid] = one;
            }
        }
        const MetricsSeries series = scene.query(wish);
        INFO(type);
        CHECK_FALSE(series.values.empty());
        CHECK(noted(series, "metrics.cut") == 0);
        const std::uint64_t first = scene.requests("/stats/");
        scene.query(wish);
        INFO(first << " requests");
        CHECK(scene.requests("/stats/") - first <= wish.resources.size() + 2);
    }
}
