// `prismforet watch` against a simulated Prism Central: what a round puts into the outbox. Nobody
// takes it there: CloudForet is out of reach.
#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "host/state/file_lock.hpp"
#include "tests/cloudforet_sim/services/services.hpp"
#include "tests/integration/becomes_true.hpp"
#include "tests/integration/status_page.hpp"
#include "tests/integration/watch_scene.hpp"
#include "tests/prism_sim/simulation.hpp"

using namespace pf::test;
using Catch::Matchers::Contains;
using nlohmann::json;
using pf::cloudforet_sim::Services;
using pf::sim::Simulator;
namespace state = pf::host::state;

namespace {

pf::sim::Config world() {
    pf::sim::Config config;
    config.vms = 30;
    config.clusters = 2;
    return config;
}

// Titles of what waits, oldest first.
std::vector<std::string> titles(const WatchScene& watch) {
    std::vector<std::string> texts;
    for (const state::Parcel& one : watch.waiting()) {
        const json request = json::parse(one.letter.content);
        CHECK(request["resource_id"] == "project-1");
        texts.push_back(request["message"]["title"]);
    }
    return texts;
}

// The rest of the line that `mark` begins; empty until there is a whole one.
std::string address_in(const std::string& text, const std::string& mark) {
    const std::size_t at = text.find(mark);
    const std::size_t end = at == text.npos ? at : text.find('\n', at);
    return end == text.npos ? "" : text.substr(at + mark.size(), end - at - mark.size());
}

std::size_t count(const std::vector<std::string>& titles, const std::string& ending) {
    std::size_t found = 0;
    for (const std::string& title : titles) {
        found += title.ends_with(ending) ? 1 : 0;
    }
    return found;
}

}  // namespace

TEST_CASE("each machine that comes or goes is told once; what stays is not") {
    Simulator prism(world());
    const WatchScene watch(prism);
    const Ended first = watch.run({"--once"});
    INFO(first.err);
    CHECK(first.exit_code == 0);
    CHECK(titles(watch).empty());
    CHECK(watch.run({"--once"}).exit_code == 0);
    CHECK(titles(watch).empty());

    prism.churn();
    prism.churn();
    prism.churn();
    const Ended rehearsal = watch.run({"--dry-run"});
    INFO(rehearsal.err);
    CHECK(rehearsal.exit_code == 0);
    const auto lines = std::count(rehearsal.out.begin(), rehearsal.out.end(), '\n');
    CHECK(lines >= 1);
    CHECK(titles(watch).empty());

    CHECK(watch.run({"--once"}).exit_code == 0);
    const auto told = titles(watch);
    CHECK(told.size() == static_cast<std::size_t>(lines));
    CHECK(count(told, " was created") + count(told, " was deleted") == told.size());
    CHECK(watch.run({"--once"}).exit_code == 0);
    CHECK(titles(watch) == told);
}

TEST_CASE("a Prism Central that is gone takes nothing with it") {
    auto prism = std::make_unique<Simulator>(world());
    const WatchScene watch(*prism);
    CHECK(watch.run({"--once"}).exit_code == 0);
    prism->stop();
    const Ended gone = watch.run({"--once"});
    INFO(gone.err);
    CHECK(gone.exit_code == 3);
    CHECK(titles(watch).empty());
}

TEST_CASE("two watchers do not work on one file") {
    Simulator prism(world());
    const WatchScene watch(prism);
    const auto lock = state::FileLock::try_take(watch.state());
    REQUIRE(lock.ok());
    REQUIRE(lock->has_value());
    const Ended refused = watch.run({"--once"});
    CHECK(refused.exit_code != 0);
    CHECK(refused.err.find("ERROR_STATE_LOCK") != std::string::npos);
}

TEST_CASE("a watcher of some clusters tells of those, and begins anew with others") {
    Simulator prism(world());
    const pf::sim::Simulation twin(world());
    const auto cluster = [&](std::size_t at) {
        return json{{"collect", {{"clusters", {to_text(twin.world().clusters[at].id)}}}}};
    };
    WatchScene watch(prism, cluster(0));
    CHECK(watch.run({"--once"}).exit_code == 0);
    while (titles(watch).empty()) {
        REQUIRE(prism.stats().vms_created < 100);
        prism.churn();
        prism.churn();
        CHECK(watch.run({"--once"}).exit_code == 0);
    }
    const auto told = titles(watch);
    CHECK(count(told, " was created") + count(told, " was deleted") == told.size());

    watch.configure(cluster(1));
    const Ended rehearsal = watch.run({"--dry-run"});
    CHECK(rehearsal.exit_code != 0);
    CHECK(rehearsal.err.find("ERROR_WATCH_VIEW") != std::string::npos);
    const Ended other = watch.run({"--once"});
    INFO(other.err);
    CHECK(other.exit_code == 0);
    CHECK(other.err.find("what was known is forgotten") != std::string::npos);
    CHECK(titles(watch) == told);

    watch.configure({{"collect", {{"power_state", {"ON"}}}}});
    const Ended refused = watch.run({"--once"});
    CHECK(refused.exit_code == 78);
    CHECK(refused.err.find("power_state") != std::string::npos);
}

TEST_CASE("a watcher tells how it goes, and the one that waits takes over when it is killed") {
    Simulator prism(world());
    Services cloudforet;
    const WatchScene watch(prism, {{"serve", {{"status", "127.0.0.1:0"}}},
                                   {"cloudforet",
                                    {{"identity", "grpc://" + cloudforet.address("identity")},
                                     {"token", cloudforet.tokens().issue({})}}}});
    RunningProgram first(watch.command("watch"));
    const std::string mark = "status on ";
    REQUIRE(becomes_true([&] { return address_in(first.err(), mark) != ""; }));
    const std::string address = address_in(first.err(), mark);
    REQUIRE(becomes_true([&] {
        return json::parse(status_page(address, "/api/v1/status").second)["watch"].contains("last");
    }));
    const json told = json::parse(status_page(address, "/api/v1/status").second)["watch"];
    CHECK(told["last"]["outcome"] == "complete");
    CHECK(told["rounds"] == json{{"complete", 1}});
    CHECK(told.contains("next_at"));
    const std::string figures = status_page(address, "/metrics").second;
    CHECK_THAT(figures, Contains("prismforet_watch_rounds_total{outcome=\"complete\"} 1"));
    CHECK_THAT(figures, Contains("prismforet_watch_resources 30"));
    CHECK(status_page(address, "/healthz").first == 200);

    RunningProgram second(watch.command("watch"));
    REQUIRE(becomes_true(
        [&] { return second.err().find("waiting for its end") != std::string::npos; }));
    prism.churn();
    first.signal(SIGKILL);
    CHECK(first.wait().signal == SIGKILL);
    REQUIRE(becomes_true([&] { return cloudforet.received().size() == 1; }));
    REQUIRE(becomes_true([&] { return watch.waiting().empty(); }));
    second.signal(SIGTERM);
    const Ended end = second.wait();
    INFO(end.err);
    CHECK(end.exit_code == 0);
    CHECK(end.err.find("watch.round") != std::string::npos);
    CHECK(cloudforet.received().size() == 1);
}

TEST_CASE("alerts of other clusters than those that are asked for are not forwarded") {
    Simulator prism(world());
    const pf::sim::Simulation twin(world());
    const std::string cluster = to_text(twin.world().clusters[1].id);
    Services cloudforet;
    cloudforet.add_webhook("monitoring", "webhook-1", "k3y-of-the-webhook");
    const auto forwarded = [&](const json& collect) {
        const WatchScene watch(prism, {{"collect", collect},
                                       {"cloudforet",
                                        {{"identity", "grpc://" + cloudforet.address("identity")},
                                         {"token", cloudforet.tokens().issue({})}}},
                                       {"watch",
                                        {{"alerts",
                                          {{"via", "webhook"},
                                           {"webhook_id", "webhook-1"},
                                           {"access_key", "k3y-of-the-webhook"}}}}}});
        const Ended end = watch.run({"--once"});
        INFO(end.err);
        CHECK(end.exit_code == 0);
        std::set<std::string> titles;
        for (const auto& one : cloudforet.received()) {
            titles.insert(json::parse(one.request)["data"].dump());
        }
        cloudforet.forget_received();
        return titles;
    };
    const auto all = forwarded(json::object());
    const auto some = forwarded({{"clusters", {cluster}}});
    CHECK(some.size() > 0);
    CHECK(some.size() < all.size());
    CHECK(std::includes(all.begin(), all.end(), some.begin(), some.end()));
}
