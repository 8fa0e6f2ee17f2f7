#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "host/cloudforet/roles/scripted_monitoring.hpp"

using namespace pf::host;
using namespace pf::host::cloudforet;
using namespace pf::host::cloudforet::testing;
using nlohmann::json;

namespace {

json log_request() {
    return {{"options", json::object()},
            {"secret_data", {{"host", "pc1"}, {"username", "admin"}, {"password", "p4ss"}}},
            {"query", {{"entity_type", "host"}, {"entity_uuid", "host-1"}}}};
}

json with(const char* key, const json& value) {
    json request = log_request();
    request[key] = value;
    return request;
}

// Entries 0, 1, 2... until the sink refuses.
Status entries(std::size_t count, const LogSink& sink) {
    for (std::size_t i = 0; i < count; ++i) {
        if (!sink(json{{"title", "entry " + std::to_string(i)}}.dump())) {
            return {Code::aborted, "ERROR_INTERRUPTED", "nobody reads"};
        }
    }
    return {};
}

}  // namespace

TEST_CASE("init of logs tells the three names that CloudForet knows, and no other") {
    const RoleScene scene(monitoring_log_role(std::make_shared<ScriptedLog>()));
    const json metadata =
        json::parse(scene.answer("DataSource/init", R"({"options":{}})")).at("metadata");
    CHECK(metadata.size() == 3);
    CHECK(metadata.at("required_keys") == json{"data.nutanix_monitoring"});
    CHECK(metadata.at("supported_providers") == json{"nutanix"});
    const json& layout = metadata.at("view").at("table").at("layout");
    CHECK(layout.at("type") == "query-search-table");
    const json& fields = layout.at("options").at("fields");
    REQUIRE(fields.size() == 3);
    CHECK(fields[0] == json{{"key", "time"},
                            {"name", "Time"},
                            {"type", "datetime"},
                            {"options", {{"source_type", "iso8601"}}}});
    CHECK(fields[1] ==
          json{{"key", "title"}, {"name", "Title"}, {"type", "text"}, {"options", json::object()}});
    CHECK(fields[2].at("options") == json{{"sortable", false}});
}

TEST_CASE("entries come in their order, in messages of a hundred") {
    auto service = std::make_shared<ScriptedLog>();
    service->on_list = [](const LogWish&, const LogSink& sink) { return entries(250, sink); };
    const RoleScene scene(monitoring_log_role(service));
    std::size_t next = 0;
    bool is_in_order = true;
    const CallEnd end =
        scene.call("Log/list", log_request().dump(), [&](const ReceivedMessage& message) {
            const json page = json::parse(message.json().value());
            for (const json& entry : page.at("results")) {
                is_in_order = is_in_order && entry["title"] == "entry " + std::to_string(next++);
            }
            return true;
        });
    CHECK(end.status.ok());
    CHECK(end.messages == 3);
    CHECK(next == 250);
    CHECK(is_in_order);
}

TEST_CASE("what is wished for reaches the service; what is not said has its usual value") {
    auto service = std::make_shared<ScriptedLog>();
    std::vector<LogWish> seen;
    service->on_list = [&](const LogWish& wish, const LogSink&) {
        seen.push_back(wish);
        return Status();
    };
    const RoleScene scene(monitoring_log_role(service));
    json request = log_request();
    CHECK(scene.status("Log/list", request.dump()).ok());
    request["keyword"] = "disk";
    request["start"] = "2026-02-28T12:00:00Z";
    request["end"] = "2026-02-28T13:00:00Z";
    request["sort"] = {{"key", "title"}, {"desc", false}};
    request["limit"] = 20;
    CHECK(scene.status("Log/list", request.dump()).ok());
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].resource.entity_uuid == "host-1");
    CHECK(seen[0].keyword.empty());
    CHECK_FALSE(seen[0].from.has_value());
    CHECK_FALSE(seen[0].to.has_value());
    CHECK(seen[0].sort_key.empty());
    CHECK(seen[0].is_descending);
    CHECK(seen[0].limit == 1000);
    CHECK(seen[1].keyword == "disk");
    CHECK(seen[1].from == 1772280000);
    CHECK(seen[1].to == 1772283600);
    CHECK(seen[1].sort_key == "title");
    CHECK_FALSE(seen[1].is_descending);
    CHECK(seen[1].limit == 20);
}

TEST_CASE("what cannot be meant by a log is one clear error before any work") {
    auto service = std::make_shared<ScriptedLog>();
    bool is_asked = false;
    service->on_list = [&](const LogWish&, const LogSink&) {
        is_asked = true;
        return Status();
    };
    const RoleScene scene(monitoring_log_role(service));
    const auto refusal = [&](const json& request, const char* word) {
        const Status status = scene.status("Log/list", request.dump());
        INFO(word << ": " << status.text());
        CHECK(status.code() == Code::invalid_argument);
        CHECK_THAT(status.message(), Catch::Contains(word));
    };
    refusal(with("query", json::object()), "key = query)");
    refusal(with("query", {{"entity_type", "vm"}}), "query.entity_uuid");
    refusal(with("start", "soon"), "key = start,");
    refusal(with("end", "28/02/2026"), "key = end,");
    json backwards = with("start", "2026-02-28T13:00:00Z");
    backwards["end"] = "2026-02-28T12:00:00Z";
    refusal(backwards, "must be after start");
    refusal(with("sort", {{"key", "colour"}}), "must be one of time, title)");
    refusal(with("sort", {{"key", "resource.name"}}), "must be one of time, title)");
    refusal(with("limit", -1), "key = limit,");
    refusal(with("limit", 10001), "0 to 10000");
    refusal(with("keyword", std::string(2000, 'k')), "keyword");
    refusal(with("secret_data", json::object()), "");
    CHECK_FALSE(is_asked);
}

TEST_CASE("a log that is not whole ends in an error, whatever went out before") {
    auto service = std::make_shared<ScriptedLog>();
    std::string mode = "fails";
    service->on_list = [&](const LogWish&, const LogSink& sink) {
        if (mode == "no object") {
            static_cast<void>(sink("[1]"));
            return Status();
        }
        static_cast<void>(entries(150, sink));
        return Status(Code::unavailable, "ERROR_PRISM_CONNECT", "pc1 does not answer");
    };
    const RoleScene scene(monitoring_log_role(service));
    const CallEnd end = scene.call("Log/list", log_request().dump());
    CHECK(end.status.code() == Code::failed_precondition);
    CHECK(end.status.reason() == "ERROR_PRISM_CONNECT");
    CHECK(end.messages == 2);
    mode = "no object";
    CHECK(scene.status("Log/list", log_request().dump()).code() == Code::internal);
}

TEST_CASE("a receiver that goes away ends the work") {
    auto service = std::make_shared<ScriptedLog>();
    service->on_list = [](const LogWish&, const LogSink& sink) {
        Status status;
        while (status.ok()) {
            status = entries(100, sink);
        }
        return status;
    };
    const RoleScene scene(monitoring_log_role(service));
    const CallEnd end =
        scene.call("Log/list", log_request().dump(), [](const ReceivedMessage&) { return false; });
    CHECK(end.status.code() == Code::cancelled);
    scene.server->shutdown(std::chrono::milliseconds(0));
    CHECK(scene.server->active_calls() == 0);
}
