// A simulated Prism Central whose events are read, and what was told of it.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "host/runtime/events_source.hpp"
#include "tests/integration/built_modules.hpp"
#include "tests/prism_sim/model/alert_book.hpp"
#include "tests/prism_sim/server.hpp"

namespace pf::test::events {

namespace runtime = pf::host::runtime;
namespace sim = pf::sim;
namespace state = pf::host::state;
using pf::host::Status;
using pf::host::Stop;
using runtime::EventsSource;
using runtime::LogEnd;
using runtime::LogWish;
using runtime::Modules;
using runtime::Occurrence;
using runtime::OccurrenceSink;
using runtime::OccurrenceType;
using runtime::Request;

using Turn = sim::AlertBook::Turn;

inline sim::Config world(std::uint64_t seed = 7) {
    sim::Config config;
    config.seed = seed;
    config.vms = 10;
    return config;
}

// A Prism Central, who asks it, and what was told.
struct Scene {
    explicit Scene(const sim::Config& config = world(), const std::string& api = "auto")
        : prism(config) {
        auto options =
            runtime::parse_options(R"({"requests_per_second": 0, "api_version": ")" + api + "\"}");
        REQUIRE(options.ok());
        request.options = *options;
        const nlohmann::json secret{{"host", "127.0.0.1"},
                                    {"port", prism.port()},
                                    {"username", "admin"},
                                    {"password", "nutanix/4u"},
                                    {"ca_cert", prism.ca_pem()}};
        auto found = runtime::parse_secret(secret.dump(), request.options);
        REQUIRE(found.ok());
        request.targets = *found;
        restart();
    }
    static Modules& modules() {
        static BuiltModules all({}, {"alert"});
        return all.modules();
    }
    // A new process that finds the cursor of the one before; in memory there is none to find.
    void restart() {
        auto opened = state::AlertCursor::open(":memory:", std::chrono::seconds(1));
        REQUIRE(opened.ok());
        cursor = std::move(*opened);
    }
    Status poll() { return poll(told); }
    Status poll(std::vector<Occurrence>& into) {
        EventsSource source(modules(), targets);
        return source.poll(
            request, *cursor,
            [&](const Occurrence& one) {
                into.push_back(one);
                return Status();
            },
            Stop());
    }
    // "ALERT", "RECOVERY" of one alert, in the order in which they were told.
    std::vector<std::string> story(const sim::Uuid& id) const {
        std::vector<std::string> words;
        for (const Occurrence& one : told) {
            if (one.event_key == to_text(id)) words.emplace_back(runtime::to_text(one.type));
        }
        return words;
    }

    sim::Simulator prism;
    pf::host::prism::Targets targets;
    Request request;
    std::unique_ptr<state::AlertCursor> cursor;
    std::vector<Occurrence> told;
};

using Words = std::vector<std::string>;

inline std::string state_of(const Occurrence& one) {
    for (const auto& [name, text] : one.additional_info) {
        if (name == "state") return text;
    }
    return {};
}

}  // namespace pf::test::events
