#include "tests/cloudforet_sim/monitoring/alert_board.hpp"

#include <catch2/catch.hpp>

using namespace pf::cloudforet_sim::monitoring;
using nlohmann::json;

namespace {

json event(const char* type, const char* key = "a", const char* severity = "CRITICAL") {
    return {{"event_key", key},
            {"event_type", type},
            {"title", "Disk failed"},
            {"severity", severity},
            {"occurred_at", "2026-02-28T12:00:00Z"}};
}

json events(std::vector<json> all) { return {{"results", std::move(all)}}; }

json without(const char* name) {
    json broken = event("ALERT");
    broken.erase(name);
    return events({broken});
}

}  // namespace

TEST_CASE("events of one key are one alert until it is resolved") {
    AlertBoard board(Api::monitoring);
    board.take(events({event("RECOVERY")}));
    CHECK(board.dropped() == 1);
    CHECK(board.alerts().empty());
    board.take(events({event("ALERT"), event("ALERT"), event("ALERT", "b", "WARNING")}));
    REQUIRE(board.alerts().size() == 2);
    CHECK(board.alerts()[0].events.size() == 2);
    CHECK(board.alerts()[0].is_urgent);
    CHECK_FALSE(board.alerts()[1].is_urgent);
    board.take(events({event("RECOVERY")}));
    CHECK(board.open("a") == 0);
    CHECK(board.open("b") == 1);
    board.take(events({event("ALERT")}));
    CHECK(board.open("a") == 1);
    CHECK(board.alerts().size() == 3);
    board.take(json::object());
    CHECK(board.alerts().size() == 3);
    CHECK(board.errors() == 0);
}

TEST_CASE("an event without what is needed, or an error, is an alert for people") {
    for (const char* const name : {"event_key", "event_type", "title", "occurred_at"}) {
        AlertBoard board(Api::monitoring);
        board.take(without(name));
        INFO(name);
        CHECK(board.errors() == 1);
        CHECK(board.alerts().at(0).title == "Webhook Error");
    }
    AlertBoard board(Api::monitoring);
    board.fail("ERROR_X");
    CHECK(board.errors() == 1);
    json odd = event("ALERT");
    odd["occurred_at"] = "yesterday";
    board.take(events({odd}));
    CHECK(board.errors() == 2);
}

TEST_CASE("the two services know different severities") {
    const auto errors = [](Api api, const json& taken) {
        AlertBoard board(api);
        board.take(taken);
        return board.errors();
    };
    CHECK(errors(Api::monitoring, events({event("ALERT", "a", "NOT_AVAILABLE")})) == 0);
    CHECK(errors(Api::alert_manager, events({event("ALERT", "a", "NOT_AVAILABLE")})) == 1);
    CHECK(errors(Api::monitoring, without("severity")) == 0);
    CHECK(errors(Api::alert_manager, without("severity")) == 1);
    CHECK(errors(Api::monitoring, events({event("ALERT", "a", "FATAL")})) == 1);
}
