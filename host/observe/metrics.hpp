// Metrics: what a process counts about itself, for Prometheus.
//
//     observe::Metrics metrics;
//     metrics.add(observe::Counter::calls, {{"method", "..."}, {"status", "OK"}});
//     metrics.text();  // what GET /metrics answers
//
// Names, help and labels stand in one table (metrics.cpp). Labels hold words of this program and
// names of Prism Centrals, never texts of errors or of requests. All functions are safe from any
// thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace pf::host::observe {

// What only grows while the process lives.
enum class Counter : std::uint8_t {
    calls,
    collects,
    entities,
    missing,
    rows,
    prism_requests,
    prism_retries,
    prism_wait_seconds,
    receiver_wait_seconds,
    watch_rounds,
    watch_changes,
    watch_alerts,
};

// What goes up and down.
enum class Gauge : std::uint8_t {
    build,
    modules,
    calls_in_progress,
    last_complete_collect,
    ready,
    outbox_letters,
    outbox_oldest_seconds,
    watch_resources,
};

// How long things took, in seconds.
enum class Duration : std::uint8_t { call, collect };

using Labels = std::map<std::string, std::string>;

class Metrics {
  public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    void add(Counter which, const Labels& labels, double by = 1);
    void set(Gauge which, const Labels& labels, double value);
    void took(Duration which, const Labels& labels, double seconds);

    // Everything counted so far and the process's own figures (memory, processor time, open files),
    // in Prometheus' text format 0.0.4.
    std::string text() const;
    // The names of all metrics, sorted; of durations the three that Prometheus makes of them.
    static std::vector<std::string> names();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pf::host::observe
