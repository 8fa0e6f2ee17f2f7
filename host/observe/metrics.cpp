#include "host/observe/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>

#include "host/observe/process_figures.hpp"

namespace pf::host::observe {
namespace {

struct Named {
    const char* name;
    const char* help;
};

// In the order of Counter.
constexpr std::array<Named, 12> counters{{
    {"prismforet_calls_total", "gRPC calls that ended, by method and status"},
    {"prismforet_collects_total", "Collections that ended, by outcome: complete, partial, failed"},
    {"prismforet_entities_total",
     "Entities of Prism that were settled, by kind and outcome: emitted, filtered, skipped, lost"},
    {"prismforet_missing_total", "Reasons for which collections were partial, by code and kind"},
    {"prismforet_rows_total", "Rows handed to the receiver"},
    {"prismforet_prism_requests_total", "Requests to Prism Centrals, by collections"},
    {"prismforet_prism_retries_total", "Requests to Prism Centrals that were tries again"},
    {"prismforet_prism_wait_seconds_total", "Time collections waited for Prism"},
    {"prismforet_receiver_wait_seconds_total", "Time collections waited for the receiver"},
    {"prismforet_watch_rounds_total", "Rounds of watch, by outcome: complete, partial, failed"},
    {"prismforet_watch_changes_total",
     "Changes that watch has seen, by change: created, changed, deleted"},
    {"prismforet_watch_alerts_total", "Changes of alerts that watch has queued"},
}};

// In the order of Gauge.
constexpr std::array<Named, 8> gauges{{
    {"prismforet_build_info", "1, with the version of this program"},
    {"prismforet_modules", "Modules, by state: in_service, refused"},
    {"prismforet_calls_in_progress", "gRPC calls in progress"},
    {"prismforet_last_complete_collect_timestamp_seconds",
     "When the last complete collection of a Prism Central and kind ended"},
    {"prismforet_ready", "1 while the server takes calls and no module is refused"},
    {"prismforet_outbox_letters",
     "Letters of the outbox, by state: waiting and dead now; delivered, given_up and dropped since "
     "the file was made"},
    {"prismforet_outbox_oldest_seconds", "How long the oldest letter has waited"},
    {"prismforet_watch_resources", "Resources that watch keeps the last state of"},
}};

// In the order of Duration.
constexpr std::array<Named, 2> durations{{
    {"prismforet_call_seconds", "Time of gRPC calls, by method"},
    {"prismforet_collect_seconds", "Time of collections, by outcome"},
}};

// From a call that answers at once to a collection of an hour.
const prometheus::Histogram::BucketBoundaries bounds{0.01, 0.05, 0.1, 0.5, 1,   5,
                                                     10,   30,   60,  300, 900, 3600};

template <class Family>
using Families = std::vector<prometheus::Family<Family>*>;

template <class Table, class Build>
auto register_all(prometheus::Registry& registry, const Table& table, const Build& build) {
    std::vector<decltype(&build().Name("").Help("").Register(registry))> families;
    for (const Named& each : table) {
        families.push_back(&build().Name(each.name).Help(each.help).Register(registry));
    }
    return families;
}

// The names that Prometheus' own libraries give these figures.
void append_process(std::string& text) {
    const ProcessFigures figures = process_figures();
    const auto put = [&text](const char* name, const char* type, double value) {
        text += std::string("# TYPE ") + name + ' ' + type + '\n' + name + ' ' +
                std::to_string(value) + '\n';
    };
    put("process_resident_memory_bytes", "gauge", static_cast<double>(figures.resident_bytes));
    put("process_cpu_seconds_total", "counter", figures.cpu_seconds);
    put("process_open_fds", "gauge", static_cast<double>(figures.open_files));
    put("process_start_time_seconds", "gauge", figures.start_seconds);
}

}  // namespace

struct Metrics::State {
    prometheus::Registry registry;
    Families<prometheus::Counter> counters =
        register_all(registry, observe::counters, prometheus::BuildCounter);
    Families<prometheus::Gauge> gauges =
        register_all(registry, observe::gauges, prometheus::BuildGauge);
    Families<prometheus::Histogram> durations =
        register_all(registry, observe::durations, prometheus::BuildHistogram);
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

void Metrics::add(Counter which, const Labels& labels, double by) {
    state_->counters[static_cast<std::size_t>(which)]->Add(labels).Increment(by);
}

void Metrics::set(Gauge which, const Labels& labels, double value) {
    state_->gauges[static_cast<std::size_t>(which)]->Add(labels).Set(value);
}

void Metrics::took(Duration which, const Labels& labels, double seconds) {
    state_->durations[static_cast<std::size_t>(which)]->Add(labels, bounds).Observe(seconds);
}

std::string Metrics::text() const {
    std::string text = prometheus::TextSerializer().Serialize(state_->registry.Collect());
    append_process(text);
    return text;
}

std::vector<std::string> Metrics::names() {
    std::vector<std::string> names{"process_cpu_seconds_total", "process_open_fds",
                                   "process_resident_memory_bytes", "process_start_time_seconds"};
    for (const Named& each : counters) {
        names.emplace_back(each.name);
    }
    for (const Named& each : gauges) {
        names.emplace_back(each.name);
    }
    for (const Named& each : durations) {
        for (const char* suffix : {"_bucket", "_count", "_sum"}) {
            names.push_back(std::string(each.name) + suffix);
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace pf::host::observe
