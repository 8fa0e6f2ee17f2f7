#include <catch2/catch.hpp>
#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host/cloudforet/roles/scripted_inventory.hpp"

using namespace pf::host;
using namespace pf::host::cloudforet;
using namespace pf::host::cloudforet::testing;
using nlohmann::json;

namespace {

const std::string package = "spaceone.api.inventory.plugin.";

std::vector<json> answers(Scene& scene, const std::string& method, CallEnd& end) {
    std::vector<json> received;
    end = scene.call(method, [&](const ReceivedMessage& message) {
        const auto text = message.json();
        REQUIRE(text.ok());
        received.push_back(json::parse(*text));
        return true;
    });
    return received;
}

}  // namespace

TEST_CASE("init answers the metadata, under both names") {
    auto inventory = std::make_shared<ScriptedInventory>();
    inventory->metadata_text = R"({"supported_schedules":["hours"],"options_schema":{"a":1}})";
    Scene scene(inventory);
    for (const std::string& method :
         {package + "Collector/init", std::string("spaceone.core.v1.Plugin/init")}) {
        INFO(method);
        CallRequest request;
        request.method = method;
        std::vector<json> received;
        const CallEnd end = scene.client->call(request, [&](const ReceivedMessage& message) {
            received.push_back(json::parse(*message.json()));
            return true;
        });
        CHECK(end.status.ok());
        REQUIRE(received.size() == 1);
        CHECK(received[0]["metadata"] == json::parse(inventory->metadata_text));
    }
}

TEST_CASE("verify gets the parsed request, under both names") {
    auto inventory = std::make_shared<ScriptedInventory>();
    std::mutex mutex;
    std::vector<std::string> seen;
    inventory->on_verify = [&](const runtime::Request& request, const Stop&) {
        const std::lock_guard lock(mutex);
        seen.push_back(request.targets.at(0).name);
        return Status();
    };
    Scene scene(inventory);
    CHECK(scene.call(package + "Collector/verify").status.ok());
    CHECK(scene.call("spaceone.core.v1.Plugin/verify").status.ok());
    CHECK(seen == std::vector<std::string>{"pc1:9440", "pc1:9440"});
}

TEST_CASE("get_tasks hands out what collect gets back") {
    auto inventory = std::make_shared<ScriptedInventory>();
    inventory->on_plan = [](const runtime::Request&, const Stop&) {
        runtime::Task types;
        types.scope = runtime::Task::Scope::types;
        runtime::Task rest;
        rest.target = "pc1:9440";
        rest.kind = "vm";
        rest.cluster = "rest";
        rest.listed = {"c1"};
        return std::vector<runtime::Task>{types, rest};
    };
    std::optional<runtime::Task> got;
    inventory->on_collect = [&](const runtime::Request& request, runtime::RowSink&, const Stop&,
                                runtime::RunReport&) {
        got = request.task;
        return Status();
    };
    Scene scene(inventory);
    CallEnd end;
    const std::vector<json> received = answers(scene, package + "Job/get_tasks", end);
    CHECK(end.status.ok());
    REQUIRE(received.size() == 1);
    REQUIRE(received[0]["tasks"].size() == 2);

    json request = json::parse(usable_request);
    request["task_options"] = received[0]["tasks"][1]["task_options"];
    CallRequest call;
    call.method = "Collector/collect";
    call.json = request.dump();
    CHECK(scene.client->call(call, [](const ReceivedMessage&) { return true; }).status.ok());
    REQUIRE(got.has_value());
    CHECK(got->kind == "vm");
    CHECK(got->listed == std::vector<std::string>{"c1"});
}

TEST_CASE("failures cross with their code, reason and text") {
    struct Row {
        Status made;
        Code code;
    };
    auto inventory = std::make_shared<ScriptedInventory>();
    Status next;
    inventory->on_verify = [&](const runtime::Request&, const Stop&) { return next; };
    Scene scene(inventory);
    for (const Row& row :
         {Row{{Code::unauthenticated, "ERROR_INVALID_CREDENTIALS", "pc1"}, Code::unauthenticated},
          {{Code::permission_denied, "ERROR_PRISM_PERMISSION", "pc1"}, Code::failed_precondition},
          {{Code::unavailable, "ERROR_PRISM_UNREACHABLE", "pc1"}, Code::failed_precondition},
          {{Code::unavailable, "ERROR_TLS", "pc1"}, Code::failed_precondition},
          {{Code::invalid_argument, "ERROR_REQUIRED_PARAMETER", "pc1"}, Code::invalid_argument},
          {{Code::internal, "ERROR_INTERNAL",
            "Pr\xc3\xbc"
            "fung"},
           Code::internal}}) {
        next = row.made;
        const CallEnd end = scene.call(package + "Collector/verify");
        CHECK(end.status.code() == row.code);
        CHECK(end.status.reason() == row.made.reason());
        CHECK(end.status.message() == row.made.message());
    }
}

TEST_CASE("an exception becomes INTERNAL and says nothing of the request") {
    auto inventory = std::make_shared<ScriptedInventory>();
    inventory->on_verify = [](const runtime::Request&, const Stop&) -> Status {
        throw std::runtime_error("p4ss");
    };
    inventory->on_plan = [](const runtime::Request&, const Stop&) -> std::vector<runtime::Task> {
        throw 7;
    };
    inventory->on_collect = [](const runtime::Request&, runtime::RowSink&, const Stop&,
                               runtime::RunReport&) -> Status { throw std::bad_alloc(); };
    inventory->metadata_text = "broken";
    Scene scene(inventory);
    CHECK(scene.call("Collector/verify").status.reason() == "ERROR_INTERNAL");
    CHECK(scene.call("Collector/verify").details.find("p4ss") == std::string::npos);
    CHECK(scene.call("Job/get_tasks").status.code() == Code::internal);
    CHECK(scene.call("Collector/collect").status.code() == Code::resource_exhausted);
    CallRequest init;
    init.method = "Collector/init";
    CHECK(scene.client->call(init, {}).status.code() == Code::internal);
}

TEST_CASE("a request that cannot be meant is refused before any work") {
    auto inventory = std::make_shared<ScriptedInventory>();
    inventory->on_verify = [](const runtime::Request&, const Stop&) -> Status { std::abort(); };
    inventory->on_collect = [](const runtime::Request&, runtime::RowSink&, const Stop&,
                               runtime::RunReport&) -> Status { std::abort(); };
    Scene scene(inventory);
    const auto refusal = [&](const std::string& method, const std::string& request) {
        CallRequest call;
        call.method = method;
        call.json = request;
        return scene.client->call(call, [](const ReceivedMessage&) { return true; }).status;
    };
    CHECK(refusal("Collector/verify", "{}").message() ==
          "Required parameter. (key = secret_data.host)");
    CHECK(refusal("Collector/collect", R"({"options":{"kindz":1}})").message().find("'kinds'") !=
          std::string::npos);
    CHECK(refusal("Collector/collect", R"({"secret_data":{"encrypted_data":"x"}})").code() ==
          Code::failed_precondition);
    json request = json::parse(usable_request);
    request["task_options"] = {{"kind", "vm"}};
    CHECK(refusal("Collector/collect", request.dump()).reason() == "ERROR_REQUIRED_PARAMETER");
}

TEST_CASE("the ledger comes behind the rows, and a log can see each call") {
    auto inventory = std::make_shared<ScriptedInventory>();
    inventory->on_collect = [](const runtime::Request&, runtime::RowSink& sink, const Stop&,
                               runtime::RunReport& report) {
        encoding::RowBatch batch = batch_of(0, 40, 100);
        sink.write(batch);
        report.rows = 40;
        report.lists.push_back({});
        report.lists[0].unique = 40;
        return Status();
    };
    std::mutex mutex;
    std::vector<std::pair<std::string, std::uint64_t>> log;
    Scene scene(inventory, {}, [&](const CallRecord& record) {
        const std::lock_guard lock(mutex);
        log.emplace_back(record.method, record.report != nullptr ? record.report->rows : 0);
        CHECK(record.peer.starts_with("ipv4:127.0.0.1"));
    });
    const CallEnd end = scene.call("Collector/collect");
    CHECK(end.status.ok());
    CHECK(end.messages == 40);
    const json ledger = json::parse(end.trailer("x-prismforet-ledger"));
    CHECK(ledger["unique"] == 40);
    CHECK(ledger["rows"] == 40);
    CHECK(ledger["complete"] == true);
    const std::lock_guard lock(mutex);
    REQUIRE(log.size() == 1);
    CHECK(log[0] == std::pair<std::string, std::uint64_t>(package + "Collector/collect", 40));
}

TEST_CASE("the encoding option reaches the sink") {
    auto inventory = std::make_shared<ScriptedInventory>();
    std::vector<encoding::RowFormat> formats;
    inventory->on_collect = [&](const runtime::Request&, runtime::RowSink& sink, const Stop&,
                                runtime::RunReport&) {
        formats.push_back(sink.format());
        return Status();
    };
    Scene scene(inventory);
    CHECK(scene.call("Collector/collect").status.ok());
    json request = json::parse(usable_request);
    request["options"]["encoding"] = "struct";
    CallRequest call;
    call.method = "Collector/collect";
    call.json = request.dump();
    CHECK(scene.client->call(call, {}).status.ok());
    CHECK(formats == std::vector<encoding::RowFormat>{encoding::RowFormat::wire_json_data,
                                                      encoding::RowFormat::wire_struct});
}
