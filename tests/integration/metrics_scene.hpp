// A simulated Prism Central that is asked for metrics, and the truth about them: the simulator's
// own generator.
#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <string>

#include "host/runtime/inventory.hpp"
#include "host/runtime/metrics_source.hpp"
#include "tests/integration/built_modules.hpp"
#include "tests/integration/plugin.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"
#include "tests/prism_sim/server.hpp"
#include "tests/prism_sim/simulation.hpp"

namespace pf::test::metrics {

using host::runtime::MetricsResource;
using host::runtime::MetricsSeries;
using host::runtime::MetricsWish;

constexpr std::int64_t now = 1'772'323'200;  // 2026-03-01T00:00:00Z
constexpr std::int64_t hour = 3'600, day = 86'400;

inline sim::Config world(std::uint32_t vms = 200) {
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

inline MetricsWish wish_of(std::int64_t span, const std::string& metric = "cpu_utilization") {
    MetricsWish wish;
    wish.metric = metric;
    wish.to_s = now - hour;
    wish.from_s = wish.to_s - span;
    return wish;
}

inline void add_vms(MetricsWish& wish, const sim::World& world, std::uint32_t count,
                    std::uint32_t apart = 1) {
    for (std::uint32_t serial = 0; serial < count * apart; serial += apart) {
        MetricsResource one;
        one.entity_type = "vm";
        one.entity_uuid = sim::to_text(sim::vm_id(world, serial));
        wish.resources["cloud-svc-" + std::to_string(serial)] = one;
    }
}

// What the generator says of one VM in one cell, in the unit of the metric.
inline std::optional<double> truth(const sim::Simulation& twin, const sim::Subject& subject,
                                   sim::Metric metric, double factor, std::int64_t from,
                                   std::int64_t step, sim::StatType type = sim::StatType::avg) {
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
inline Held hold(const Scene& scene, const MetricsWish& wish, const MetricsSeries& series,
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

}  // namespace pf::test::metrics
