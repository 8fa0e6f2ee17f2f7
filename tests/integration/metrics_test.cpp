// Metrics of a simulated Prism Central through the module, under each reading of what nobody has
// verified about its statistics. The truth is the simulator's own generator.
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <numeric>

#include "host/runtime/inventory.hpp"
#include "host/runtime/metrics_source.hpp"
#include "tests/integration/built_modules.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"
#include "tests/prism_sim/server.hpp"
#include "tests/prism_sim/simulation.hpp"

using namespace pf;
using namespace pf::test;
using host::runtime::MetricsResource;
using host::runtime::MetricsSeries;
using host::runtime::MetricsWish;

namespace {

constexpr std::int64_t now = 1'772'323'200;  // 2026-03-01T00:00:00Z
constexpr std::int64_t hour = 3'600, day = 86'400;

sim::Config world(std::uint32_t vms = 200) {
    sim::Config config;
    config.vms = vms;
    config.clusters = 4;
    config.statistics.now_s = static_cast<std::uint64_t>(now);
    return config;
}

// A simulator and what asks it.
class Scene {
  public:
    explicit Scene(const sim::Config& config, const std::string& options = "{}")
        : prism_(config), twin_(config), modules_({}, {"monitoring"}) {
        auto parsed = host::runtime::parse_options(options);
        REQUIRE(parsed.status().text() == "OK");
        parsed->requests_per_second = 0;
        request_.options = *parsed;
        auto targets = host::runtime::parse_secret(secret_for(prism_.port(), prism_.ca_pem()),
                                                   request_.options);
        REQUIRE(targets.status().text() == "OK");
        request_.targets = *targets;
    }

    MetricsSeries query(const MetricsWish& wish) {
        auto series = source_.query(request_, wish, host::Stop());
        INFO(series.status().text());
        REQUIRE(series.ok());
        return *series;
    }
    host::Status failure(const MetricsWish& wish) {
        return source_.query(request_, wish, host::Stop()).status();
    }
    host::runtime::MetricsSource& source() { return source_; }
    const sim::Simulation& twin() const { return twin_; }
    // Requests whose path holds `part`.
    std::uint64_t requests(const std::string& part) const {
        std::uint64_t count = 0;
        for (const auto& [path, times] : prism_.stats().by_path) {
            count += path.find(part) == std::string::npos ? 0 : times;
        }
        return count;
    }

  private:
    sim::Simulator prism_;
    sim::Simulation twin_;
    BuiltModules modules_;
    host::prism::Targets targets_;
    host::runtime::Inventory inventory_{modules_.modules(), targets_};
    host::runtime::MetricsSource source_{modules_.modules(), targets_, inventory_};
    host::runtime::Request request_;
};

MetricsWish wish_of(std::int64_t span, const std::string& metric = "cpu_utilization") {
    MetricsWish wish;
    wish.metric = metric;
    wish.to_s = now - hour;
    wish.from_s = wish.to_s - span;
    return wish;
}

void add_vms(MetricsWish& wish, const sim::World& world, std::uint32_t count,
             std::uint32_t apart = 1) {
    for (std::uint32_t serial = 0; serial < count * apart; serial += apart) {
        MetricsResource one;
        one.entity_type = "vm";
        one.entity_uuid = sim::to_text(sim::vm_id(world, serial));
        wish.resources["cloud-svc-" + std::to_string(serial)] = one;
    }
}

// What the generator says of one VM in one cell, in the unit of the metric.
std::optional<double> truth(const sim::Simulation& twin, const sim::Subject& subject,
                            sim::Metric metric, double factor, std::int64_t from, std::int64_t step,
                            sim::StatType type = sim::StatType::avg) {
    const auto meter = twin.statistics().meter(subject);
    const auto coverage =
        meter.cover(static_cast<std::uint64_t>(from), static_cast<std::uint64_t>(from + step));
    if (!meter.is_measured() || coverage.is_empty()) {
        return std::nullopt;
    }
    const auto value = meter.read(metric, coverage, type);
    return value ? std::optional(static_cast<double>(*value) * factor) : std::nullopt;
}

struct Held {
    int values = 0;
    int gaps = 0;
    int wrong = 0;
};

// Holds every cell of every VM against the generator; `late` cells are shown that much later.
Held hold(const Scene& scene, const MetricsWish& wish, const MetricsSeries& series,
          sim::Metric metric, double factor, std::int64_t late = 0,
          sim::StatType type = sim::StatType::avg) {
    Held held;
    REQUIRE(series.times_s.size() >= 2);
    const std::int64_t step = series.times_s[1] - series.times_s[0];
    for (const auto& [key, resource] : wish.resources) {
        const auto serial = static_cast<std::uint32_t>(std::stoul(key.substr(10)));
        const auto found = series.values.find(key);
        for (std::size_t i = 0; i < series.times_s.size(); ++i) {
            if (series.times_s[i] + step > now - hour) {
                continue;  // it is not over, so Prism has no sample of it
            }
            const auto expected = truth(scene.twin(), {sim::Measured::vm, serial}, metric, factor,
                                        series.times_s[i] - late * step, step, type);
            const auto shown =
                found == series.values.end() ? std::optional<double>() : found->second[i];
            if (expected.has_value() != shown.has_value() ||
                (expected && std::abs(*expected - *shown) > 1e-6 * std::max(1.0, *expected))) {
                ++held.wrong;
            }
            ++(shown ? held.values : held.gaps);
        }
    }
    return held;
}

}  // namespace

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
