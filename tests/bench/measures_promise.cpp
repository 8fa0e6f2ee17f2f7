// What is promised besides speed: the start, the first row, how often Prism is asked, that no
// receiver waits, and many collects at once.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/bench/measures.hpp"
#include "tests/bench/scene.hpp"

namespace pf::bench {
namespace {

using nlohmann::json;

// What a collect may not do without: one login, one negotiation per namespace, every page once.
struct Calls {
    std::uint64_t made = 0;
    std::uint64_t needed = 0;
};

Calls calls_of(const json& before, const json& after, std::uint64_t vms, std::uint64_t collects) {
    Calls calls;
    calls.needed = 1;
    const json& earlier = before["by_path"];
    for (const auto& [path, count] : after["by_path"].items()) {
        if (path.find("/sim/") != std::string::npos) {
            continue;
        }
        calls.made += count.get<std::uint64_t>() - earlier.value(path, std::uint64_t{0});
        const bool is_vms = path.ends_with("/ahv/config/vms");
        const bool is_identity = path.find("domain-managers") != std::string::npos;
        // The other lists fit into one page each here, and are kept for a minute.
        calls.needed += is_vms ? collects * ((vms + 99) / 100) : is_identity ? 0 : 1;
    }
    return calls;
}

std::uint64_t unique_in(const Received& received) { return received.tally.ids.size(); }

}  // namespace

void measure_start(const Setting& setting, Report& report) {
    constexpr std::uint32_t latency = 20;
    Scene scene({setting.programs, 1000, latency});
    double ready = INFINITY;
    double idle = 0;
    double first = INFINITY;
    double plain = INFINITY;
    for (int i = 0; i < 5; ++i) {
        scene.restart_plugin();
        ready = std::min(ready, scene.start_to_ready() * 1000);
        idle = std::max(idle, scene.plugin().memory_mib("VmRSS"));
        plain = std::min(plain, download(scene.download_order(1)).first_page * 1000);
        Receiver receiver(scene.plugin_port());
        first = std::min(first, receiver.collect(scene.order(8)).first_machine * 1000);
    }
    const std::string group = "start, best of 5";
    report.add({group, "from start to ready", ready, "ms", Aim{300}});
    report.add({group, "memory when idle", idle, "MiB", Aim{30}});
    // The download sends its credential with the page; a login is one answer more.
    report.add({group, "first machine's row, 20 ms per answer", first, "ms",
                Aim{plain + latency + 10}, plain, "yardstick: connect, TLS and one page"});
}

void measure_calls(const Setting& setting, Report& report) {
    const std::uint32_t vms = setting.is_quick ? 2000 : 10000;
    Scene scene({setting.programs, vms});
    const json start = json::parse(scene.prism_stats());
    Receiver receiver(scene.plugin_port());
    for (std::uint64_t collects = 1; collects <= 2; ++collects) {
        const Received received = receiver.collect(scene.order(8));
        if (received.status != "OK") {
            throw std::runtime_error("measuring calls: " + received.status);
        }
        const Calls calls = calls_of(start, json::parse(scene.prism_stats()), vms, collects);
        const auto needed = static_cast<double>(calls.needed);
        report.add({"calls to Prism",
                    collects == 1 ? "one collect" : "two collects within a minute",
                    static_cast<double>(calls.made), "calls", Aim{1.05 * needed}, needed,
                    "yardstick: login, one negotiation per namespace, pages"});
    }
}

void measure_receivers(const Setting& setting, Report& report) {
    struct Pace {
        const char* name;
        double rows_per_second;
        std::uint32_t vms;
    };
    for (const Pace& pace :
         {Pace{"the official framework's 1,800 rows/s", 1800, 9000},
          Pace{"a Python client that only parses, 18,000 rows/s", 18000, 90000}}) {
        const std::uint32_t vms = setting.is_quick ? pace.vms / 5 : pace.vms;
        Scene scene({setting.programs, vms});
        CollectOrder order = scene.order(8);
        order.rows_per_second = pace.rows_per_second;
        Receiver receiver(scene.plugin_port());
        const Received received = receiver.collect(order);
        const double alone = static_cast<double>(received.tally.rows) / pace.rows_per_second;
        report.add({"receivers that are slower than we are", pace.name, received.seconds, "s",
                    Aim{alone * 1.02}, alone, "yardstick: its own pace"});
    }
}

void measure_crowd(const Setting& setting, Report& report) {
    constexpr std::uint32_t collects = 32;
    const std::uint32_t vms = setting.is_quick ? 2000 : 20000;
    for (const double pace : {500.0, 0.0}) {
        const bool is_paced = pace > 0;
        Scene scene({setting.programs, is_paced ? vms : vms / 4, 0, is_paced ? 50u : 0u,
                     is_paced ? 10u : 900u});
        std::vector<Received> all(collects);
        const double before = scene.plugin().cpu_seconds();
        const auto begun = std::chrono::steady_clock::now();
        {
            std::vector<std::jthread> threads;
            for (Received& received : all) {
                threads.emplace_back([&] {
                    CollectOrder order = scene.order(8);
                    order.rows_per_second = pace;
                    try {
                        Receiver receiver(scene.plugin_port());
                        received = receiver.collect(order);
                    } catch (const std::exception& error) {
                        received.status = error.what();
                    }
                });
            }
        }
        const double wall =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
        const double cpu = scene.plugin().cpu_seconds() - before;
        std::uint64_t rows = 0;
        int ended = 0;
        int partial = 0;
        for (const Received& received : all) {
            rows += unique_in(received);
            ended += received.status == "OK" ? 1 : 0;
            partial += received.tally.failures > 0 ? 1 : 0;
        }
        const std::string group = is_paced ? "32 collects, 500 rows/s each, churn, sessions of 10 s"
                                           : "32 collects, readers as fast as they can";
        report.add({group,
                    "collects that ended well",
                    static_cast<double>(ended),
                    "",
                    Aim{collects, false},
                    {},
                    std::to_string(partial) + " of them partial"});
        report.add({group, "machines", static_cast<double>(rows) / wall, "rows/s"});
        report.add({group, "processor time", cpu * 1e6 / static_cast<double>(rows), "us/row"});
        report.add({group, "processors used", cpu / wall, "",
                    is_paced ? std::optional(Aim{0.5}) : std::nullopt});
        report.add({group, "peak memory", scene.plugin().memory_mib("VmHWM"), "MiB", Aim{512}});
    }
}

}  // namespace pf::bench
