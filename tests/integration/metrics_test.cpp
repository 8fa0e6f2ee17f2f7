// Metrics of a simulated Prism Central through the module, under each reading of what nobody has
// verified about its statistics. The truth is the simulator's own generator.
#include <functional>

#include "tests/integration/metrics_scene.hpp"

using namespace pf;
using namespace pf::test::metrics;
using host::runtime::MetricsResource;

TEST_CASE("200 virtual machines over an hour, a day and thirty days share one grid") {
    Scene scene(world());
    struct Span {
        std::int64_t length, step;
        std::size_t cells;
    };
    for (const Span& span : {Span{hour, 60, 60}, Span{day, 1'800, 48}, Span{30 * day, day, 31}}) {
        MetricsWish wish = wish_of(span.length);
        add_vms(wish, scene.twin().world(), 200);
        const std::uint64_t before = scene.requests("ahv/stats/vms");
        const MetricsSeries series = scene.query(wish);
        INFO(span.length);
        CHECK(series.times_s.size() == span.cells);
        CHECK(series.times_s.front() % span.step == 0);
        CHECK(series.times_s.front() <= wish.from_s);
        CHECK(series.times_s.back() < wish.to_s);
        const Held held = hold(scene, wish, series, sim::Metric::cpu_usage_ppm, 1e-4);
        CHECK(held.wrong == 0);
        CHECK(held.values > 1'000);
        CHECK(held.gaps > 0);
        // 100 entities fit into an answer.
        CHECK(scene.requests("ahv/stats/vms") - before == 2);
    }
}

TEST_CASE("every aggregation and unit of a machine's metrics is the generator's") {
    Scene scene(world(20));
    struct Case {
        const char* key;
        sim::Metric metric;
        double factor;
    };
    for (const Case& one : {Case{"cpu_ready", sim::Metric::cpu_ready_ppm, 1e-4},
                            Case{"memory_utilization", sim::Metric::memory_usage_ppm, 1e-4},
                            Case{"memory_usage", sim::Metric::memory_usage_bytes, 1},
                            Case{"iops", sim::Metric::iops, 1},
                            Case{"bandwidth", sim::Metric::bandwidth_kilobytes, 1},
                            Case{"latency", sim::Metric::latency_us, 1e-3},
                            Case{"network_received", sim::Metric::received_bytes, 1.0 / 30},
                            Case{"storage_used", sim::Metric::user_bytes, 1}}) {
        MetricsWish wish = wish_of(6 * hour, one.key);
        add_vms(wish, scene.twin().world(), 20);
        INFO(one.key);
        const Held held = hold(scene, wish, scene.query(wish), one.metric, one.factor);
        CHECK(held.wrong == 0);
        CHECK(held.values > 100);
    }
    using Type = std::pair<const char*, sim::StatType>;
    for (const auto& [word, type] :
         {Type{"MAX", sim::StatType::max}, Type{"MIN", sim::StatType::min},
          Type{"SUM", sim::StatType::sum}, Type{"LAST", sim::StatType::last}}) {
        MetricsWish wish = wish_of(6 * hour);
        wish.stat = word;
        add_vms(wish, scene.twin().world(), 20);
        INFO(word);
        const Held held =
            hold(scene, wish, scene.query(wish), sim::Metric::cpu_usage_ppm, 1e-4, 0, type);
        CHECK(held.wrong == 0);
        CHECK(held.values > 100);
    }
}

TEST_CASE("whatever nobody has verified, the values are the generator's") {
    using Change = std::function<void(sim::Config&)>;
    struct Reading {
        const char* name;
        Change change;
        std::int64_t late;
    };
    const Reading readings[] = {
        {"grid start", [](auto& c) { c.statistics.grid = sim::SampleGrid::start; }, 0},
        {"stamp end", [](auto& c) { c.statistics.stamp = sim::SampleStamp::end; }, 1},
        {"filter either", [](auto& c) { c.statistics.filter = sim::StatsFilter::either; }, 0},
        {"filter one", [](auto& c) { c.statistics.filter = sim::StatsFilter::one; }, 0},
        {"filter refused", [](auto& c) { c.statistics.filter = sim::StatsFilter::refused; }, 0},
        {"off absent", [](auto& c) { c.statistics.off_rows = sim::OffRows::absent; }, 0},
        {"off minus one", [](auto& c) { c.statistics.off_samples = sim::OffSamples::minus_one; },
         0},
        {"strict select", [](auto& c) { c.statistics.selects_strictly = true; }, 0},
        {"few samples", [](auto& c) { c.statistics.most_samples = 1'000; }, 0},
    };
    for (const Reading& reading : readings) {
        sim::Config config = world(60);
        reading.change(config);
        Scene scene(config);
        MetricsWish wish = wish_of(12 * hour);
        add_vms(wish, scene.twin().world(), 60);
        INFO(reading.name);
        const Held held =
            hold(scene, wish, scene.query(wish), sim::Metric::cpu_usage_ppm, 1e-4, reading.late);
        CHECK(held.wrong == 0);
        CHECK(held.values > 500);
    }
}

TEST_CASE("200 of 10,000 machines are not worth a whole list") {
    for (const auto filter :
         {sim::StatsFilter::any, sim::StatsFilter::either, sim::StatsFilter::refused}) {
        sim::Config config = world(10'000);
        config.statistics.filter = filter;
        Scene scene(config);
        MetricsWish wish = wish_of(hour);
        const std::uint32_t asked = filter == sim::StatsFilter::refused ? 30 : 200;
        add_vms(wish, scene.twin().world(), asked, 10'000 / asked);
        const MetricsSeries series = scene.query(wish);
        const std::uint64_t first = scene.requests("ahv/stats/vms");
        CHECK(hold(scene, wish, series, sim::Metric::cpu_usage_ppm, 1e-4).wrong == 0);
        scene.query(wish);
        const std::uint64_t second = scene.requests("ahv/stats/vms") - first;
        INFO(first << " requests, then " << second);
        if (filter == sim::StatsFilter::refused) {
            // One page tells how long the list is; each machine that is not on it is asked for.
            CHECK(second >= 29);
            CHECK(second <= 31);
        } else {
            CHECK(second == 2);
        }
        CHECK(first <= second + 4);
    }
}

TEST_CASE("the other kinds are asked one by one by v4, and together by v3") {
    sim::Config config = world(20);
    Scene scene(config);
    Scene old(config, R"({"api_version": "v3"})");
    const sim::World& site = scene.twin().world();
    struct Kind {
        const char* type;
        const char* metric;
        sim::Measured measured;
        sim::Metric truth;
        double factor;
        std::size_t count;
    };
    for (const Kind& kind : {Kind{"host", "cpu_utilization", sim::Measured::host,
                                  sim::Metric::cpu_usage_ppm, 1e-4, site.hosts.size()},
                             Kind{"cluster", "memory_utilization", sim::Measured::cluster,
                                  sim::Metric::memory_usage_ppm, 1e-4, site.clusters.size()},
                             Kind{"storage_container", "storage_used", sim::Measured::container,
                                  sim::Metric::storage_usage_bytes, 1, site.containers.size()},
                             Kind{"volume_group", "iops", sim::Measured::volume_group,
                                  sim::Metric::iops, 1, site.volume_groups.size()}}) {
        MetricsWish wish = wish_of(6 * hour, kind.metric);
        for (std::uint32_t i = 0; i < kind.count; ++i) {
            MetricsResource one;
            one.entity_type = kind.type;
            if (kind.measured == sim::Measured::host) {
                one.entity_uuid = sim::to_text(site.hosts[i].id);
                one.cluster_uuid = sim::to_text(site.clusters[site.hosts[i].cluster].id);
            } else if (kind.measured == sim::Measured::cluster) {
                one.entity_uuid = one.cluster_uuid = sim::to_text(site.clusters[i].id);
            } else if (kind.measured == sim::Measured::container) {
                one.entity_uuid = sim::to_text(site.containers[i].id);
            } else {
                one.entity_uuid = sim::to_text(site.volume_groups[i].id);
            }
            wish.resources[std::to_string(i)] = one;
        }
        for (Scene* which : {&scene, &old}) {
            INFO(kind.type << (which == &old ? " by v3" : " by v4"));
            const MetricsSeries series = which->query(wish);
            int wrong = 0, values = 0;
            for (std::uint32_t i = 0; i < kind.count; ++i) {
                const auto found = series.values.find(std::to_string(i));
                for (std::size_t cell = 0; cell < series.times_s.size(); ++cell) {
                    const auto expected = truth(scene.twin(), {kind.measured, i}, kind.truth,
                                                kind.factor, series.times_s[cell], 600);
                    const auto shown = found == series.values.end() ? std::optional<double>()
                                                                    : found->second[cell];
                    values += shown ? 1 : 0;
                    wrong += expected.has_value() != shown.has_value() ||
                                     (expected && std::abs(*expected - *shown) >
                                                      1e-6 * std::max(1.0, *expected))
                                 ? 1
                                 : 0;
                }
            }
            CHECK(wrong == 0);
            CHECK(values >= static_cast<int>(series.times_s.size()));
        }
    }
    CHECK(old.requests("v3/groups") == 4);
    CHECK(old.requests("/api/clustermgmt/") == 0);
}

TEST_CASE("machines by v3 are asked together, in either unit of time, with ids or without") {
    using Change = std::function<void(sim::Config&)>;
    const Change readings[] = {
        [](auto&) {}, [](auto& c) { c.statistics.groups_time = sim::GroupsTime::milliseconds; },
        [](auto& c) { c.statistics.groups_ids = sim::GroupsIds::ignored; }};
    for (const Change& change : readings) {
        sim::Config config = world(300);
        change(config);
        Scene scene(config, R"({"api_version": "v3"})");
        MetricsWish wish = wish_of(12 * hour);
        // Every third, so that the first rows of all are not those that are asked for.
        add_vms(wish, scene.twin().world(), 100, 3);
        CHECK(hold(scene, wish, scene.query(wish), sim::Metric::cpu_usage_ppm, 1e-4).wrong == 0);
        CHECK(scene.requests("v3/groups") <= 2);
    }
}

TEST_CASE("what cannot be had is nothing, with a note; what cannot be asked is an error") {
    Scene scene(world(5));
    MetricsWish wish = wish_of(hour);
    add_vms(wish, scene.twin().world(), 2);
    MetricsResource gone;
    gone.entity_type = "vm";
    gone.entity_uuid = "00000000-0000-4000-8000-00000000dead";
    wish.resources["gone"] = gone;
    gone.entity_type = "toaster";
    wish.resources["odd"] = gone;
    gone.entity_type = "host";
    gone.cluster_uuid = gone.entity_uuid;
    wish.resources["unknown"] = gone;
    gone.cluster_uuid.clear();
    wish.resources["nowhere"] = gone;
    gone.entity_type = "vm";
    gone.entity_uuid = "web-01' or extId eq 'x";
    wish.resources["wrong"] = gone;
    const MetricsSeries series = scene.query(wish);
    CHECK(series.values.count("gone") == 0);
    CHECK(series.values.count("odd") == 0);
    std::map<std::string, std::uint64_t> notes;
    for (const auto& note : series.notes) notes[note.code] += note.count;
    CHECK(notes["metrics.no_data"] >= 1);
    CHECK(notes["metrics.unknown_type"] == 1);
    CHECK(notes["metrics.bad_id"] == 2);
    // The others are told all the same.
    CHECK(hold(
              scene,
              [&] {
                  MetricsWish good = wish_of(hour);
                  add_vms(good, scene.twin().world(), 2);
                  return good;
              }(),
              series, sim::Metric::cpu_usage_ppm, 1e-4)
              .wrong == 0);
    CHECK(notes["metrics.unknown_entity"] == 1);

    std::swap(wish.from_s, wish.to_s);
    CHECK(scene.failure(wish).reason() == "ERROR_METRICS_RANGE");
    wish = wish_of(300 * day);
    wish.period_s = 60;
    add_vms(wish, scene.twin().world(), 1);
    CHECK(scene.failure(wish).reason() == "ERROR_METRICS_RANGE");
    CHECK(scene.failure(wish).code() == host::Code::invalid_argument);

    auto vm = scene.source().list("vm", host::Stop());
    REQUIRE(vm.ok());
    CHECK(vm->size() >= 10);
    CHECK(scene.source().list("toaster", host::Stop())->empty());
}
