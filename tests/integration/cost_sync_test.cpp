// Syncs of costs as CloudForet runs them, over gRPC and with its rules of replacement: whatever
// fails in between, no row of any Prism Central is lost, and none is there twice.
#include <catch2/catch.hpp>

#include "tests/integration/cost_scene.hpp"

using namespace pf::test;
using namespace pf::cloudforet_sim::cost;
using namespace std::chrono_literals;

TEST_CASE("a first sync, and one on every day of forty after it") {
    CostScene scene(scripted_cost_site());
    CHECK(scene.api().init().status.ok());
    CHECK(scene.api().verify(scene.site().secret_of({"pc1", "pc2"})).status.ok());
    const Sync first = scene.sync();
    CHECK(scene.state_of(first) == JobState::success);
    CHECK(scene.days_of("pc1") == 9);
    CHECK(scene.days_of("pc2") == 9);
    for (int day = 1; day <= 40; ++day) {
        scene.next_day();
        const Sync next = scene.sync({.is_backwards = day % 2 == 1});
        INFO(next.errors);
        CHECK(scene.state_of(next) == JobState::success);
        CHECK(scene.days_of("pc1") == 9 + day);
        CHECK(scene.days_of("pc2") == 9 + day);
    }
}

TEST_CASE("running a sync again makes the same bytes and keeps the same rows") {
    CostScene scene(scripted_cost_site());
    scene.site().set_first_data("pc1", 2026y / 1);
    const Sync first = scene.sync();
    CHECK(scene.state_of(first) == JobState::success);
    CHECK(scene.days_of("pc1") == 31 + 28 + 9);
    const auto kept = content(scene.costs().rows());
    const Sync again = scene.sync({.start = "2026-01"});
    CHECK(scene.state_of(again) == JobState::success);
    CHECK(content(scene.costs().rows()).size() > kept.size());  // pc2 has these months now, too
    const Sync third = scene.sync({.start = "2026-01"});
    CHECK(third.bytes == again.bytes);
    CHECK(scene.days_of("pc1") == 31 + 28 + 9);
    CHECK(scene.days_of("pc2") == 31 + 28 + 9);
}

TEST_CASE("a Prism Central that does not answer when the tasks are planned") {
    CostScene scene(scripted_cost_site());
    const bool is_one_secret = GENERATE(false, true);
    if (is_one_secret) scene.set_secrets({{"s1", scene.site().secret_of({"pc1", "pc2"})}});
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    const auto kept = content(scene.costs().rows());
    const std::string last = scene.costs().last_synchronized_at();
    scene.next_day();
    scene.site().set_up("pc2", false);
    SECTION("and not later either") {
        const Sync failed = scene.sync();
        CHECK(scene.state_of(failed) == JobState::failure);
        CHECK_THAT(failed.errors, Catch::Contains("ERROR_COST_UNPLANNED"));
    }
    SECTION("but is back when its data is asked for") {
        const Sync failed = scene.sync({.before_data = [&] { scene.site().set_up("pc2", true); }});
        CHECK(scene.state_of(failed) == JobState::failure);
    }
    CHECK(content(scene.costs().rows()) == kept);
    CHECK(scene.costs().last_synchronized_at() == last);
    scene.site().set_up("pc2", true);
    scene.next_day(30);  // however long it took
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    CHECK(scene.days_of("pc1") == 9 + 31);
    CHECK(scene.days_of("pc2") == 9 + 31);
}

TEST_CASE("a Prism Central that does not answer when its data is asked for") {
    CostScene scene(scripted_cost_site());
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    const auto kept = content(scene.costs().rows());
    scene.next_day();
    const bool is_backwards = GENERATE(false, true);
    const Sync failed = scene.sync(
        {.before_data = [&] { scene.site().set_up("pc2", false); }, .is_backwards = is_backwards});
    CHECK(scene.state_of(failed) == JobState::failure);
    CHECK_THAT(failed.errors, Catch::Contains("ERROR_PRISM_CONNECT: pc2:9440"));
    CHECK(content(scene.costs().rows()) == kept);
    scene.site().set_up("pc2", true);
    scene.next_day();
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    CHECK(scene.days_of("pc1") == 11);
    CHECK(scene.days_of("pc2") == 11);
}

TEST_CASE("a Prism Central that was down in the very first sync") {
    CostScene scene(scripted_cost_site());
    scene.site().set_first_data("pc2", 2026y / 1);
    scene.site().set_up("pc2", false);
    CHECK(scene.state_of(scene.sync()) == JobState::failure);
    CHECK(scene.costs().rows().empty());
    CHECK(scene.costs().last_synchronized_at().empty());
    scene.site().set_up("pc2", true);
    scene.next_day();
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    CHECK(scene.days_of("pc1") == 10);
    CHECK(scene.days_of("pc2") == 31 + 28 + 10);
}

TEST_CASE("a page that cannot be read ends its task in an error") {
    CostScene scene(scripted_cost_site());
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    const auto kept = content(scene.costs().rows());
    scene.next_day();
    scene.site().break_page("pc1", true);
    const Sync failed = scene.sync();
    CHECK(scene.state_of(failed) == JobState::failure);
    CHECK_THAT(failed.errors, Catch::Contains("ERROR_COST_INCOMPLETE"));
    CHECK_THAT(failed.errors, Catch::Contains("page 2 cannot be read"));
    CHECK(content(scene.costs().rows()) == kept);
    scene.site().break_page("pc1", false);
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    CHECK(scene.days_of("pc1") == 10);
}

TEST_CASE("a secret that CloudForet has to skip keeps its rows, and gets its days later") {
    CostScene scene(scripted_cost_site(), SecretType::service_accounts, 2026y / 3 / 30);
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    CHECK(scene.days_of("pc2") == 29);
    const std::vector<Secret> all = {{"s1", scene.site().secret_of({"pc1"})},
                                     {"s2", scene.site().secret_of({"pc2"})}};
    scene.set_secrets({all[0], {"s2", R"({"encrypted_data": "x"})"}});
    for (int day = 1; day <= 4; ++day) {  // over the end of the month
        scene.next_day();
        const Sync skipped = scene.sync();
        CHECK(scene.state_of(skipped) == JobState::success);
        CHECK_THAT(skipped.errors, Catch::Contains("s2: "));
        CHECK(scene.days_of("pc1") == 29 + day);
        CHECK(scene.days_of("pc2") == 29);
    }
    scene.set_secrets(all);
    scene.next_day();
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    CHECK(scene.days_of("pc1") == 34);
    CHECK(scene.days_of("pc2") == 34);
}

TEST_CASE("with a secret of its own a data source syncs whole or not at all") {
    CostScene scene(scripted_cost_site(), SecretType::manual);
    scene.set_secrets({{"own", scene.site().secret_of({"pc1", "pc2"})}});
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    scene.set_secrets({{"own", R"({"encrypted_data": "x"})"}});
    const Sync none = pf::cloudforet_sim::cost::sync(scene.costs(), scene.api(),
                                                     {{"own", R"({"encrypted_data": "x"})"}});
    CHECK_FALSE(none.job.has_value());
    CHECK(scene.days_of("pc1") == 9);
    CHECK(scene.days_of("pc2") == 9);
}

TEST_CASE("another Prism Central under the same name is not taken for the one that was planned") {
    CostScene scene(scripted_cost_site());
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    const auto kept = content(scene.costs().rows());
    scene.next_day();
    const Sync failed = scene.sync({.before_data = [&] { scene.site().replace("pc1"); }});
    CHECK(scene.state_of(failed) == JobState::failure);
    CHECK_THAT(failed.errors, Catch::Contains("ERROR_COST_ACCOUNT"));
    CHECK(content(scene.costs().rows()) == kept);
}

TEST_CASE("a Prism Central that came later gets its months when the user asks for them") {
    CostScene scene(scripted_cost_site());
    const std::vector<Secret> both = {{"s1", scene.site().secret_of({"pc1"})},
                                      {"s2", scene.site().secret_of({"pc2"})}};
    scene.site().set_first_data("pc2", 2026y / 2);
    scene.set_secrets({both[0]});
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    scene.next_day();
    scene.set_secrets(both);
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    CHECK(scene.days_of("pc2") == 10);
    CHECK(scene.state_of(scene.sync({.start = "2026-02"})) == JobState::success);
    CHECK(scene.days_of("pc1") == 28 + 10);
    CHECK(scene.days_of("pc2") == 28 + 10);
}

TEST_CASE("on the first day of a month its predecessor is completed and nothing else is touched") {
    CostScene scene(scripted_cost_site(), SecretType::service_accounts, 2026y / 3 / 31);
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    CHECK(scene.days_of("pc1") == 30);
    scene.next_day();
    const Sync sync = scene.sync();
    CHECK(scene.costs().job(*sync.job).changed.at(0).end == "2026-03");
    CHECK(scene.days_of("pc1") == 31);
    scene.next_day();
    CHECK(scene.state_of(scene.sync()) == JobState::success);
    CHECK(scene.days_of("pc1") == 32);
}
