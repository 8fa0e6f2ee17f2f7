// Alerts, events and audits as Prism lists them.
#include <catch2/catch.hpp>

#include "test_bodies.hpp"

using namespace alert_test;

TEST_CASE("an alert of v4 is told with all that is known of it") {
    const auto run = read(PF_EVENTS_ALERTS, alert_v4());
    REQUIRE(run.status == PF_OK);
    REQUIRE(run.events.size() == 1);
    const auto& one = run.events[0];
    CHECK(one.type == PF_EVENT_ALERT);
    CHECK(one.key == uuid);
    CHECK(one.severity == PF_SEVERITY_WARNING);
    CHECK(one.title == "web-01 has high CPU usage");
    CHECK(one.description == "VM web-01 CPU usage is above 90%");
    CHECK(one.rule == "A6521");
    CHECK(one.resource_name == "web-01");
    CHECK(one.resource_type == "vm");
    CHECK(one.occurred == "2026-11-22T08:15:00.000000Z");
    CHECK(one.updated == "2026-11-22T08:20:00.000000Z");
    CHECK(one.facts.at("state") == "open");
    CHECK(one.facts.at("classifications") == "VM, Load");
    CHECK(one.affected == std::vector<std::string>{"9b8f8626-ae01-40a3-a38d-6d4c2cc3254c",
                                                   "9997fc67-d019-4164-b1ba-0391a9cf2b30"});
}

TEST_CASE("the states of an alert of v4, by flags and by the word of 4.3") {
    struct Case {
        std::string members;
        std::int32_t type;
        std::string state;
    };
    const std::vector<Case> cases{
        {"", PF_EVENT_ALERT, "open"},
        {R"("isAcknowledged":true,"isResolved":false,)", PF_EVENT_ALERT, "acknowledged"},
        {R"("isResolved":true,"resolvedTime":"2026-11-22T09:00:00Z",)", PF_EVENT_RECOVERY,
         "resolved"},
        {R"("status":"OPEN",)", PF_EVENT_ALERT, "open"},
        {R"("status":"ACKNOWLEDGED",)", PF_EVENT_ALERT, "acknowledged"},
        {R"("status":"RESOLVED",)", PF_EVENT_RECOVERY, "resolved"},
        {R"("status":"AUTO_RESOLVED",)", PF_EVENT_RECOVERY, "resolved"},
        {R"("status":"OPEN","isResolved":true,)", PF_EVENT_ALERT, "open"},
    };
    for (const Case& one : cases) {
        INFO(one.members);
        const auto run = read(PF_EVENTS_ALERTS, alert_v4(one.members));
        REQUIRE(run.events.size() == 1);
        CHECK(run.events[0].type == one.type);
        CHECK(run.events[0].key == uuid);
        CHECK(run.events[0].facts.at("state") == one.state);
    }
    CHECK(read(PF_EVENTS_ALERTS, alert_v4(cases[2].members)).events[0].occurred ==
          "2026-11-22T09:00:00Z");
}

TEST_CASE("both generations tell the same of the same alert") {
    const auto by_v3 = read(PF_EVENTS_ALERTS, alert_v3("false", "false"));
    const auto by_v4 = read(PF_EVENTS_ALERTS, alert_v4());
    REQUIRE(by_v3.events.size() == 1);
    const auto& a = by_v3.events[0];
    const auto& b = by_v4.events[0];
    CHECK(a.type == b.type);
    CHECK(a.key == b.key);
    CHECK(a.severity == b.severity);
    CHECK(a.title == b.title);
    CHECK(a.description == b.description);
    CHECK(a.resource_id == b.resource_id);
    CHECK(a.affected == b.affected);
    CHECK(a.facts.at("classifications") == b.facts.at("classifications"));
    CHECK(read(PF_EVENTS_ALERTS, alert_v3("true", "false")).events[0].facts.at("state") ==
          "acknowledged");
    const auto over = read(PF_EVENTS_ALERTS, alert_v3("true", "true"));
    CHECK(over.events[0].type == PF_EVENT_RECOVERY);
    CHECK(over.events[0].occurred == "2026-11-22T09:00:00Z");
}

TEST_CASE("names in braces are filled in from the parameters of v3") {
    std::string text = alert_v3("false", "false");
    const auto put = [&](const std::string& old, const std::string& with) {
        text.replace(text.find(old), old.size(), with);
    };
    put("web-01 has high", "{vm_name} has {load} {unknown} of");
    put("VM web-01 CPU", "VM {vm_name} CPU");
    put(R"("type":"A6521")", R"("parameters":{"vm_name":{"string_value":"web-01"},
        "load":{"int_value":95},"other":7},"type":"A6521")");
    const auto run = read(PF_EVENTS_ALERTS, text);
    REQUIRE(run.events.size() == 1);
    CHECK(run.events[0].title == "web-01 has 95 {unknown} of CPU usage");
    CHECK(run.events[0].description == "VM web-01 CPU usage is above 90%");
}

TEST_CASE("a listed thing that is no alert is an error, never left out") {
    const auto run = read(PF_EVENTS_ALERTS, R"({"extId":"x"})");
    CHECK(run.status == PF_DATA_LOSS);
    CHECK(run.events.empty());
}

TEST_CASE("events and audits of v4") {
    const auto event = read(PF_EVENTS_EVENTS, R"({"extId":")" + uuid + R"(",
        "eventType":"VmPowerOnEvent","message":"VM web-01 was powered on",
        "creationTime":"2026-11-22T07:00:00Z","clusterUUID":"c","operationType":"UPDATE",
        "sourceEntity":{"type":"vm","extId":"v","name":"web-01"}})");
    REQUIRE(event.events.size() == 1);
    CHECK(event.events[0].type == PF_EVENT_EVENT);
    CHECK(event.events[0].title == "VM web-01 was powered on");
    CHECK(event.events[0].facts.at("cluster_uuid") == "c");
    const auto audit = read(PF_EVENTS_AUDITS, R"({"extId":")" + uuid + R"(",
        "auditType":"VMDeleteAudit","message":"Delete VM old-01 failed","status":"FAILED",
        "creationTime":"2026-11-22T07:00:00Z","userReference":{"name":"admin","ipAddress":"10.0.0.1"},
        "clusterReference":{"extId":"c","name":"cluster-a"}})");
    REQUIRE(audit.events.size() == 1);
    CHECK(audit.events[0].type == PF_EVENT_AUDIT);
    CHECK(audit.events[0].rule == "VMDeleteAudit");
    CHECK(audit.events[0].facts.at("status") == "FAILED");
    CHECK(audit.events[0].facts.at("user") == "admin");
    CHECK(audit.events[0].facts.at("cluster_name") == "cluster-a");
}
