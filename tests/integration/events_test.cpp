// Alerts, events and audits of a simulated Prism Central: told once each, whatever happens between
// two looks.
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "tests/integration/events_scene.hpp"

using namespace pf::test::events;

TEST_CASE("the life of an alert by polls: one key, each change once") {
    for (const auto& [version, api] :
         {std::pair("7.6", "auto"), std::pair("7.5", "auto"), std::pair("2024.3", "v4"),
          std::pair("7.6", "v3"), std::pair("2022.6", "auto")}) {
        INFO(version << " by " << api);
        sim::Config config = world();
        config.pc_version = version;
        Scene site(config, api);
        REQUIRE(site.poll().ok());
        const auto before = site.told.size();
        CHECK(before > 0);
        for (const Occurrence& one : site.told) CHECK(one.type == OccurrenceType::alert);
        CHECK(site.poll().ok());
        CHECK(site.told.size() == before);

        const sim::Uuid id = site.prism.alerts().open();
        for (const auto turn : {std::optional<Turn>(), std::optional(Turn::repeat),
                                std::optional(Turn::acknowledge), std::optional(Turn::resolve),
                                std::optional(Turn::reopen), std::optional(Turn::resolve)}) {
            if (turn) REQUIRE(site.prism.alerts().turn(id, *turn));
            CHECK(site.poll().ok());
            CHECK(site.poll().ok());
        }
        CHECK(site.story(id) == Words{"ALERT", "ALERT", "ALERT", "RECOVERY", "ALERT", "RECOVERY"});
        CHECK(site.told.size() == before + 6);
        CHECK(state_of(site.told[before + 2]) == "acknowledged");
        CHECK(site.told.back().account == site.prism.prism_central_id());
        CHECK(site.told.back().title.find("{") == std::string::npos);
        CHECK(site.told.back().description.find("{") == std::string::npos);
    }
}

TEST_CASE("what happens while nobody looks is caught up") {
    const std::string api = GENERATE("v4", "v3");
    INFO(api);
    Scene site(world(), api);
    const sim::Uuid old = site.prism.alerts().open();
    REQUIRE(site.poll().ok());
    site.told.clear();
    site.prism.alerts().advance(3'600'000'000);
    const sim::Uuid flapped = site.prism.alerts().open();
    const sim::Uuid came = site.prism.alerts().open();
    site.prism.alerts().turn(old, Turn::resolve);
    site.prism.alerts().turn(flapped, Turn::resolve);
    REQUIRE(site.poll().ok());
    CHECK(site.story(old) == Words{"RECOVERY"});
    CHECK(site.story(flapped) == Words{"ALERT", "RECOVERY"});
    CHECK(site.story(came) == Words{"ALERT"});
    CHECK(site.told.size() == 4);
}

TEST_CASE("two polls at once tell each change once") {
    const std::string api = GENERATE("v4", "v3");
    INFO(api);
    Scene site(world(), api);
    REQUIRE(site.poll().ok());
    site.told.clear();
    std::set<std::string> opened;
    for (int i = 0; i < 30; ++i) opened.insert(to_text(site.prism.alerts().open()));
    std::vector<Occurrence> first;
    std::vector<Occurrence> second;
    Status first_end;
    Status second_end;
    {
        std::jthread one([&] { first_end = site.poll(first); });
        std::jthread two([&] { second_end = site.poll(second); });
    }
    CHECK(first_end.ok());
    CHECK(second_end.ok());
    CHECK(first.size() + second.size() == opened.size());
    for (const auto* told : {&first, &second})
        for (const Occurrence& one : *told) CHECK(opened.erase(one.event_key) == 1);
    CHECK(opened.empty());
}

TEST_CASE("a page that fails moves nothing, and nothing is lost") {
    sim::Config config = world();
    config.v4.page_cap = 5;
    const std::string api = GENERATE("v4", "v3");
    INFO(api);
    Scene site(config, api);
    // Pages of v3 are large.
    if (api == "v3") site.prism.alerts().live(3000);
    REQUIRE(site.poll().ok());
    site.told.clear();
    for (int i = 0; i < 12; ++i) site.prism.alerts().open();
    site.prism.set_faults(
        {"forbidden@1:path=/serviceability/alerts", "forbidden@1:path=/alerts/list"});
    CHECK_FALSE(site.poll().ok());
    CHECK(site.told.empty());
    site.prism.set_faults({});
    CHECK(site.poll().ok());
    CHECK(site.told.size() == 12);
}

TEST_CASE("random lives are told as a model has them, by every reading of filters") {
    for (std::uint64_t seed = 1; seed <= 9; ++seed) {
        INFO("seed " << seed);
        sim::Config config = world(seed);
        if (seed % 3 == 1) config.v4.refuse_filter = {"alerts"};
        if (seed % 3 == 2) config.v4.page_cap = 3;
        Scene site(config, seed > 6 ? "v3" : "v4");
        REQUIRE(site.poll().ok());
        std::map<std::string, std::uint64_t> seen;
        for (const sim::Alert& alert : site.prism.alerts().alerts())
            seen[to_text(alert.id)] = alert.updated_us;
        std::mt19937 random(static_cast<unsigned>(seed));
        for (int step = 0; step < 12; ++step) {
            site.prism.alerts().live(random() % 6);
            if (random() % 4 == 0) site.prism.alerts().advance(random() % 1'000'000'000);
            std::multiset<std::pair<std::string, std::string>> expected;
            for (const sim::Alert& alert : site.prism.alerts().alerts()) {
                const std::string id = to_text(alert.id);
                const bool is_new = !seen.count(id);
                if (!is_new && seen[id] == alert.updated_us) continue;
                const bool is_over = alert.state == sim::AlertState::resolved;
                if (is_over && is_new) expected.emplace(id, "ALERT");
                expected.emplace(id, is_over ? "RECOVERY" : "ALERT");
                seen[id] = alert.updated_us;
            }
            site.told.clear();
            REQUIRE(site.poll().ok());
            std::multiset<std::pair<std::string, std::string>> told;
            for (const Occurrence& one : site.told)
                told.emplace(one.event_key, std::string(runtime::to_text(one.type)));
            CHECK(told == expected);
        }
    }
}

TEST_CASE("the log: newest first, bounded, and the same by every reading") {
    std::vector<std::string> whole;
    for (int reading = 0; reading < 4; ++reading) {
        INFO("reading " << reading);
        sim::Config config = world();
        if (reading == 1) config.v4.refuse_filter = {"events", "audits"};
        if (reading == 2) config.v4.refuse_orderby = {"events", "audits"};
        if (reading == 3) config.v4.refuse_filter = config.v4.refuse_orderby = {"all"};
        Scene site(config);
        EventsSource source(Scene::modules(), site.targets);
        LogWish wish;
        std::vector<Occurrence> all;
        const OccurrenceSink keep = [&](const Occurrence& one) {
            all.push_back(one);
            return Status();
        };
        LogEnd log = source.log(site.request, wish, keep, Stop());
        INFO(log.end.text());
        REQUIRE(log.end.ok());
        CHECK_FALSE(log.has_more);
        CHECK(std::is_sorted(all.begin(), all.end(), [](const Occurrence& a, const Occurrence& b) {
            return a.occurred_at > b.occurred_at;
        }));
        CHECK(all.size() > 90);  // of two days half of 210
        CHECK(all.size() < 120);
        std::vector<std::string> ids;
        for (const Occurrence& one : all) ids.push_back(one.event_key);
        if (reading == 0) whole = ids;
        std::sort(ids.begin(), ids.end());
        std::vector<std::string> expected = whole;
        std::sort(expected.begin(), expected.end());
        // The spans end at different moments: one entry may be in one and not in the other.
        CHECK(std::max(ids.size(), expected.size()) - std::min(ids.size(), expected.size()) <= 2);

        const Occurrence newest = all.front();
        all.clear();
        wish.limit = 7;
        log = source.log(site.request, wish, keep, Stop());
        CHECK(log.end.ok());
        CHECK(log.has_more);
        REQUIRE(all.size() == 7);
        CHECK(all.front().event_key == newest.event_key);

        all.clear();
        wish.limit = 1000;
        wish.entity_uuid = newest.resource.id;
        wish.audits = false;
        REQUIRE(source.log(site.request, wish, keep, Stop()).end.ok());
        CHECK_FALSE(all.empty());
        for (const Occurrence& one : all) {
            CHECK(one.type == OccurrenceType::event);
            CHECK(one.resource.id == newest.resource.id);
        }
        all.clear();
        wish.keyword = "no such word";
        REQUIRE(source.log(site.request, wish, keep, Stop()).end.ok());
        CHECK(all.empty());
        wish.sort_key = "colour";
        CHECK(source.log(site.request, wish, keep, Stop()).end.reason() == "ERROR_LOG_SORT");
    }
}

TEST_CASE("a posted reference is looked up where credentials are at hand") {
    const std::string api = GENERATE("v4", "v3");
    INFO(api);
    Scene site(world(), api);
    const sim::Uuid id = site.prism.alerts().open();
    site.prism.alerts().turn(id, Turn::acknowledge);
    EventsSource source(Scene::modules(), site.targets);
    const std::string body = R"({"event_type":"ALERT.CREATE","entity_reference":{"kind":"alert",
        "uuid":")" + to_text(id) +
                             R"("},"data":{}})";
    const auto bare = source.parse(body, "{}", nullptr, Stop());
    REQUIRE(bare.ok());
    REQUIRE(bare->size() == 1);
    CHECK(bare->front().is_reference);
    const auto known = source.parse(body, "{}", &site.request, Stop());
    REQUIRE(known.ok());
    REQUIRE(known->size() == 1);
    CHECK_FALSE(known->front().is_reference);
    CHECK(known->front().event_key == to_text(id));
    CHECK(state_of(known->front()) == "acknowledged");
    CHECK(known->front().account == site.prism.prism_central_id());
    // One that Prism does not know stays what it was.
    std::string unknown = body;
    unknown.replace(unknown.find(to_text(id)), 8, "00000000");
    const auto lost = source.parse(unknown, "{}", &site.request, Stop());
    REQUIRE(lost.ok());
    REQUIRE(lost->size() == 1);
    CHECK(lost->front().is_reference);
}

TEST_CASE("bodies that do harm tell nothing, or one clear error") {
    pf::host::prism::Targets targets;
    EventsSource source(Scene::modules(), targets);
    const std::string deep(100'000, '[');
    for (const std::string& body :
         {std::string(), deep, std::string("{\"a\":\"\xff\xfe\"}"), std::string("nonsense"),
          std::string("{\"extId\":"), std::string("{}")}) {
        const auto told = source.parse(body, "", nullptr, Stop());
        REQUIRE(told.ok());
        CHECK(told->empty());
    }
    const auto huge = source.parse(std::string(2'000'000, ' '), "{}", nullptr, Stop());
    CHECK(huge.status().reason() == "ERROR_EVENT_BODY");
}
