#include "host/watch/notices.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

using namespace pf::host;
using namespace pf::host::watch;
using nlohmann::json;

namespace {

constexpr std::int64_t noon = 1'795'003'200;  // 2026-11-18T12:00:00Z

RuleWish wish(const std::string& name = "all") {
    RuleWish made;
    made.name = name;
    made.to = {"identity.Project", "project-1", "nutanix.change"};
    return made;
}

Rule rule(RuleWish made, const std::string& zone = "UTC") {
    auto result = Rule::make(std::move(made), zone);
    REQUIRE(result.status().text() == "OK");
    return std::move(*result);
}

state::Change change(const std::string& id, state::ChangeKind what = state::ChangeKind::changed) {
    state::Change made;
    made.what = what;
    made.row.account = "pc1";
    made.row.kind = "vm";
    made.row.id = id;
    made.row.name = "web " + id;
    made.row.categories = {"Env=Prod", "Tier=1"};
    made.round = 7;
    if (what == state::ChangeKind::changed) {
        made.fields = {{"data.compute.core", "2", "4"}, {"data.note", "", "#123"}};
    }
    return made;
}

std::vector<state::Letter> letters_of(const Rule& by, const std::vector<state::Change>& changes,
                                      std::int64_t now = noon) {
    Notices notices(by, "notification", now);
    std::vector<state::Letter> letters;
    for (const state::Change& one : changes) {
        notices.take({one}, letters);
    }
    notices.finish(letters);
    return letters;
}

}  // namespace

TEST_CASE("a change is told with its fields, whom it concerns, and a key of its own") {
    const auto letters = letters_of(rule(wish()), {change("a")});
    REQUIRE(letters.size() == 1);
    CHECK(letters[0].channel == "notification");
    CHECK(letters[0].lane == "resource:pc1:a");
    const json request = json::parse(letters[0].content);
    CHECK(request["resource_type"] == "identity.Project");
    CHECK(request["resource_id"] == "project-1");
    CHECK(request["topic"] == "nutanix.change");
    CHECK(request["notification_type"] == "INFO");
    CHECK(request["message"]["title"] == "vm web a was changed");
    CHECK(request["message"]["description"] ==
          "data.compute.core: 2 -> 4\ndata.note: nothing -> another long value\n");
    CHECK(request["message"]["tags"][3]["value"] == letters[0].key);
    CHECK(request["message"]["occurred_at"] == "2026-11-18T12:00:00Z");
}

TEST_CASE("keys are the same for the same change, and differ else") {
    const Rule by = rule(wish());
    CHECK(letters_of(by, {change("a")})[0].key == letters_of(by, {change("a")}, noon + 60)[0].key);
    state::Change later = change("a");
    later.round = 8;
    std::set<std::string> keys;
    for (const state::Change& one :
         {change("a"), change("b"), later, change("a", state::ChangeKind::deleted),
          change(std::string(300, 'x')), change(std::string(299, 'x') + "y")}) {
        const auto letters = letters_of(by, {one});
        CHECK(letters[0].key.size() <= 256);
        CHECK(letters[0].lane.size() <= 256);
        keys.insert(letters[0].key);
    }
    keys.insert(letters_of(rule(wish("other")), {change("a")})[0].key);
    CHECK(keys.size() == 7);
}

TEST_CASE("a rule chooses by kind, category, field and change") {
    RuleWish made = wish();
    SECTION("kind") {
        made.kinds = {"image"};
        CHECK(!rule(made).concerns(change("a")));
        made.kinds.emplace_back("vm");
        CHECK(rule(made).concerns(change("a")));
    }
    SECTION("category") {
        made.categories = {"Env=Test", "Owner"};
        CHECK(!rule(made).concerns(change("a")));
        made.categories.emplace_back("Tier");
        CHECK(rule(made).concerns(change("a")));
        made.categories = {"Env=Prod"};
        CHECK(rule(made).concerns(change("a")));
    }
    SECTION("field, with all below it") {
        made.fields = {"data.comp"};
        CHECK(!rule(made).concerns(change("a")));
        CHECK(rule(made).concerns(change("a", state::ChangeKind::created)));
        made.fields = {"data.compute"};
        CHECK(rule(made).concerns(change("a")));
    }
    SECTION("change") {
        made.changes = {"deleted"};
        CHECK(!rule(made).concerns(change("a")));
        CHECK(rule(made).concerns(change("a", state::ChangeKind::deleted)));
    }
}

TEST_CASE("beyond at_most, and with digest, one notification tells the rest") {
    RuleWish made = wish();
    made.at_most = 2;
    std::vector<state::Change> changes;
    for (int i = 0; i < 30; ++i) {
        changes.push_back(change("vm-" + std::to_string(i), i % 3 == 0
                                                                ? state::ChangeKind::created
                                                                : state::ChangeKind::changed));
    }
    const auto some = letters_of(rule(made), changes);
    REQUIRE(some.size() == 3);
    CHECK(json::parse(some[2].content)["message"]["title"] ==
          "28 more changes of vm: 9 created, 19 changed, 0 deleted");
    made.is_digest = true;
    const auto all = letters_of(rule(made), changes);
    REQUIRE(all.size() == 1);
    const json message = json::parse(all[0].content)["message"];
    CHECK(message["title"] == "30 changes of vm: 10 created, 20 changed, 0 deleted");
    CHECK(message["description"].get<std::string>().find("and 10 more") != std::string::npos);
}

TEST_CASE("a quiet time holds notifications until its end") {
    RuleWish made = wish();
    made.quiet = "11:00-13:30";
    CHECK(rule(made).tell_at(noon) == noon + 5400);
    CHECK(rule(made).tell_at(noon + 5400) == noon + 5400);
    CHECK(rule(made).tell_at(noon - 3601) == noon - 3601);
    CHECK(letters_of(rule(made), {change("a")})[0].not_before == (noon + 5400) * 1000);
    made.quiet = "22:00-06:00";
    const std::int64_t midnight = noon + 12 * 3600;
    CHECK(rule(made).tell_at(noon) == noon);
    CHECK(rule(made).tell_at(midnight - 3600) == midnight + 6 * 3600);
    CHECK(rule(made).tell_at(midnight + 60) == midnight + 6 * 3600);
    CHECK(rule(made, "Asia/Seoul").tell_at(midnight - 9 * 3600) == midnight - 3 * 3600);
}

TEST_CASE("rules that cannot be meant are refused") {
    for (const char* const quiet : {"22:00", "22:00-22:00", "25:00-06:00", "22-06", "a:bc-06:00"}) {
        RuleWish made = wish();
        made.quiet = quiet;
        INFO(quiet);
        CHECK(Rule::make(made, "UTC").status().reason() == "ERROR_CONFIG");
    }
    RuleWish nobody = wish();
    nobody.to = {};
    CHECK(Rule::make(nobody, "UTC").status().message().find("watch.to") != std::string::npos);
    RuleWish quiet = wish();
    quiet.quiet = "22:00-06:00";
    CHECK(!Rule::make(quiet, "Mars/Base").ok());
}
