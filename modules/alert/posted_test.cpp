// Bodies that were posted.
#include <catch2/catch.hpp>

#include "test_bodies.hpp"

using namespace alert_test;

TEST_CASE("one life cycle by posted bodies of each form has one key") {
    struct Life {
        std::string name, open, acknowledged, resolved;
    };
    const std::vector<Life> lives{
        {"v4", alert_v4(), alert_v4(R"("isAcknowledged":true,)"),
         alert_v4(R"("isResolved":true,)")},
        {"v3", alert_v3("false", "false"), alert_v3("true", "false"), alert_v3("true", "true")},
        {"webhook", webhook("ALERT.CREATE", alert_v3("false", "false")),
         webhook("ALERT.UPDATE", alert_v3("true", "false")),
         webhook("ALERT.RESOLVE", alert_v3("true", "true"))},
        {"playbook", playbook("false"), playbook("\"false\""), playbook("\"true\"")},
    };
    for (const Life& life : lives) {
        INFO(life.name);
        std::vector<std::int32_t> types;
        // Opened, repeated, acknowledged, resolved, re-opened.
        for (const auto& body :
             {life.open, life.open, life.acknowledged, life.resolved, life.open}) {
            const auto run = read(PF_EVENTS_POSTED, body);
            REQUIRE(run.events.size() == 1);
            CHECK(run.events[0].key == uuid);
            types.push_back(run.events[0].type);
        }
        CHECK(types == std::vector<std::int32_t>{PF_EVENT_ALERT, PF_EVENT_ALERT, PF_EVENT_ALERT,
                                                 PF_EVENT_RECOVERY, PF_EVENT_ALERT});
    }
}

TEST_CASE("a webhook with no more than a reference says so") {
    for (const auto& [type, expected] : {std::pair("ALERT.CREATE", PF_EVENT_ALERT),
                                         std::pair("ALERT.RESOLVE", PF_EVENT_RECOVERY)}) {
        const auto run = read(PF_EVENTS_POSTED, webhook(type));
        REQUIRE(run.events.size() == 1);
        CHECK(run.events[0].flags == PF_EVENT_IS_REFERENCE);
        CHECK(run.events[0].type == expected);
        CHECK_FALSE(run.events[0].title.empty());
    }
}

TEST_CASE("lists are told item by item, whatever else is in them") {
    const auto run =
        read(PF_EVENTS_POSTED, R"({"data":[)" + alert_v4() + ",7,{}," + alert_v4() + "]}");
    CHECK(run.events.size() == 2);
    CHECK(read(PF_EVENTS_POSTED, R"({"entities":[)" + alert_v3("false", "true") + "]}")
              .events.size() == 1);
}

TEST_CASE("a body that is not ours tells nothing") {
    for (const std::string& body : {
             std::string("{}"),
             std::string("[]"),
             std::string("7"),
             std::string(R"({"alerts":[{"status":"firing"}]})"),
             webhook("VM.CREATE", "{}", "vm"),
             webhook("ALERT.CREATE", "{}", "vm"),
             playbook("false", "{{trigger[0].alert_entity_info.uuid}}"),
             std::string(R"({"event_type":"ALERT.CREATE"})"),
             std::string(R"({"event_type":5,"entity_reference":[],"data":null})"),
         }) {
        INFO(body);
        const auto run = read(PF_EVENTS_POSTED, body);
        CHECK(run.status == PF_OK);
        CHECK(run.events.empty());
    }
}
