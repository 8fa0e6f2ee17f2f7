#include "host/observe/metrics.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <thread>

namespace observe = pf::host::observe;
using Catch::Matchers::Contains;
using observe::Counter;
using observe::Duration;
using observe::Gauge;

namespace {

// The names of the samples in a text of Prometheus' format.
std::set<std::string> names_in(const std::string& text) {
    std::set<std::string> names;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line.front() != '#') {
            names.insert(line.substr(0, line.find_first_of("{ ")));
        }
    }
    return names;
}

}  // namespace

TEST_CASE("what is counted is told, by labels") {
    observe::Metrics metrics;
    metrics.add(Counter::calls, {{"method", "a"}, {"status", "OK"}});
    metrics.add(Counter::calls, {{"method", "a"}, {"status", "OK"}}, 2);
    metrics.add(Counter::calls, {{"method", "b"}, {"status", "OK"}});
    metrics.set(Gauge::modules, {{"state", "refused"}}, 3);
    metrics.set(Gauge::modules, {{"state", "refused"}}, 1);
    metrics.took(Duration::call, {{"method", "a"}}, 0.2);
    metrics.took(Duration::call, {{"method", "a"}}, 7200);
    const std::string text = metrics.text();
    CHECK_THAT(text, Contains("prismforet_calls_total{method=\"a\",status=\"OK\"} 3\n"));
    CHECK_THAT(text, Contains("prismforet_calls_total{method=\"b\",status=\"OK\"} 1\n"));
    CHECK_THAT(text, Contains("prismforet_modules{state=\"refused\"} 1\n"));
    CHECK_THAT(text, Contains("prismforet_call_seconds_count{method=\"a\"} 2\n"));
    CHECK_THAT(text, Contains("prismforet_call_seconds_bucket{method=\"a\",le=\"0.1\"} 0\n"));
    CHECK_THAT(text, Contains("prismforet_call_seconds_bucket{method=\"a\",le=\"0.5\"} 1\n"));
    CHECK_THAT(text, Contains("prismforet_call_seconds_bucket{method=\"a\",le=\"+Inf\"} 2\n"));
}

TEST_CASE("a label may hold any text") {
    observe::Metrics metrics;
    metrics.add(Counter::missing, {{"code", "a\"b\\c\nd"}, {"kind", "vm"}});
    CHECK_THAT(metrics.text(), Contains(R"({code="a\"b\\c\nd",kind="vm"} 1)"));
}

TEST_CASE("the process tells its own figures") {
    const std::string text = observe::Metrics().text();
    for (const char* name : {"process_resident_memory_bytes", "process_cpu_seconds_total",
                             "process_open_fds", "process_start_time_seconds"}) {
        INFO(name);
        const std::size_t at = text.find(std::string("\n") + name + ' ');
        REQUIRE(at != std::string::npos);
        CHECK(std::stod(text.substr(at + 2 + std::string(name).size())) > 0);
    }
}

TEST_CASE("the list of names is that of the metrics") {
    observe::Metrics metrics;
    for (int i = 0; i <= static_cast<int>(Counter::watch_alerts); ++i) {
        metrics.add(static_cast<Counter>(i), {});
    }
    for (int i = 0; i <= static_cast<int>(Gauge::watch_resources); ++i) {
        metrics.set(static_cast<Gauge>(i), {}, 1);
    }
    for (int i = 0; i <= static_cast<int>(Duration::collect); ++i) {
        metrics.took(static_cast<Duration>(i), {}, 1);
    }
    const auto names = observe::Metrics::names();
    CHECK(names_in(metrics.text()) == std::set<std::string>(names.begin(), names.end()));
}

TEST_CASE("many threads count at once and nothing is lost") {
    observe::Metrics metrics;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&metrics, i] {
                for (int n = 0; n < 500; ++n) {
                    metrics.add(Counter::rows, {});
                    metrics.add(Counter::missing, {{"code", std::to_string(i)}});
                    if (n % 100 == 0) {
                        (void)metrics.text();
                    }
                }
            });
        }
    }
    CHECK_THAT(metrics.text(), Contains("prismforet_rows_total 2000\n"));
}

TEST_CASE("dashboard and alert rules ask for metrics that exist, and every metric is shown") {
    const auto names = observe::Metrics::names();
    std::set<std::string> asked;
    for (const char* file : {"/alerts.yaml", "/grafana-dashboard.json"}) {
        std::ifstream in(std::string(PF_OBSERVABILITY_DIRECTORY) + file);
        REQUIRE(in);
        const std::string text(std::istreambuf_iterator<char>(in), {});
        const std::regex word("\\b(prismforet|process)_[a-z_]+");
        for (std::sregex_iterator at(text.begin(), text.end(), word), end; at != end; ++at) {
            INFO(file << ": " << at->str());
            CHECK(std::binary_search(names.begin(), names.end(), at->str()));
            asked.insert(at->str());
        }
    }
    for (const std::string& name : names) {
        const bool has_no_curve = name == "process_start_time_seconds" ||
                                  name == "prismforet_call_seconds_sum" ||
                                  name == "prismforet_call_seconds_count";
        INFO(name);
        CHECK((has_no_curve || asked.contains(name)));
    }
}
