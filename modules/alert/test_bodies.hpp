// Documents as Prism, its webhooks and its playbooks write them.
#pragma once

#include <string>

#include <prismforet/testing.hpp>
#include <prismforet/testing/events_host.hpp>

namespace alert_test {

inline const std::string uuid = "92212e90-9132-4fca-9eba-d8eb414d9df7";

// An alert of API v4 with `more` members in front of the others.
inline std::string alert_v4(const std::string& more = "") {
    return "{" + more + R"("extId":")" + uuid + R"(","title":"{vm_name} has high CPU usage",
      "message":"VM web-01 CPU usage is above 90%","alertType":"A6521","severity":"WARNING",
      "creationTime":"2026-11-22T08:15:00.000000Z","lastUpdatedTime":"2026-11-22T08:20:00.000000Z",
      "classifications":["VM","Load"],"clusterName":"cluster-a",
      "sourceEntity":{"type":"vm","extId":"9b8f8626-ae01-40a3-a38d-6d4c2cc3254c","name":"web-01"},
      "affectedEntities":[{"type":"node","extId":"9997fc67-d019-4164-b1ba-0391a9cf2b30"}],
      "parameters":[{"paramName":"vm_name","paramValue":{"stringValue":"web-01"}}]})";
}

// The same alert in API v3; `resolution` and `acknowledged` are true or false.
inline std::string alert_v3(const std::string& acknowledged, const std::string& resolution) {
    return R"({"metadata":{"kind":"alert","uuid":")" + uuid + R"("},"status":{"resources":{
      "title":"web-01 has high CPU usage","default_message":"VM web-01 CPU usage is above 90%",
      "type":"A6521","severity":"warning","creation_time":"2026-11-22T08:15:00Z",
      "last_update_time":"2026-11-22T08:20:00Z","classification_list":["VM","Load"],
      "source_entity":{"entity":{"type":"vm","uuid":"9b8f8626-ae01-40a3-a38d-6d4c2cc3254c","name":"web-01"}},
      "affected_entity_list":[{"uuid":"9997fc67-d019-4164-b1ba-0391a9cf2b30"}],
      "acknowledged_status":{"is_true":)" +
           acknowledged + R"(},
      "resolution_status":{"is_true":)" +
           resolution + R"(,"time":"2026-11-22T09:00:00Z"}}}})";
}

// What the playbook of docs/alerts.md sends.
inline std::string playbook(const std::string& resolved, const std::string& alert = uuid) {
    return R"({"schema":"prismforet/alert/1","alert_uuid":")" + alert + R"(","resolved":)" +
           resolved + R"(,"title":"CPU","severity":"Critical","message":"too high",
      "alert_type":"A6521","entity_uuid":"u","entity_name":"web-01","entity_type":"vm"})";
}

// A webhook of API v3 that names the alert; `data` is JSON.
inline std::string webhook(const std::string& type, const std::string& data = "{}",
                           const std::string& kind = "alert") {
    return R"({"event_type":")" + type + R"(","entity_reference":{"kind":")" + kind +
           R"(","uuid":")" + uuid + R"("},"data":)" + data + "}";
}

inline pf::testing::EventsRun read(std::uint32_t documents, const std::string& text) {
    static pf::testing::EventsHost host(pf_module_entry_v0());
    return host.read(documents, {text});
}

}  // namespace alert_test
