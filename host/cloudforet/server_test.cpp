#include "host/cloudforet/server.hpp"

#include <grpcpp/create_channel.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <future>
#include <nlohmann/json.hpp>
#include <thread>

#include "grpc/health/v1/health.grpc.pb.h"
#include "host/cloudforet/client/channel_address.hpp"
#include "host/cloudforet/listen_error.hpp"
#include "host/cloudforet/roles/scripted_inventory.hpp"

using namespace pf::host;
using namespace pf::host::cloudforet;
using namespace pf::host::cloudforet::testing;
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

namespace {

std::string ask(Scene& scene, const std::string& method, const std::string& request = "{}") {
    std::string answer;
    CallRequest call;
    call.method = method;
    call.json = request;
    const CallEnd end = scene.client->call(call, [&](const ReceivedMessage& message) {
        answer = *message.json();
        return true;
    });
    INFO(end.status.text());
    CHECK(end.status.ok());
    return answer;
}

Status refusal(Scene& scene, const std::string& method, const std::string& request = "{}") {
    CallRequest call;
    call.method = method;
    call.json = request;
    return scene.client->call(call, [](const ReceivedMessage&) { return true; }).status;
}

}  // namespace

TEST_CASE("reflection lists one role's services and resolves every one") {
    Scene scene(std::make_shared<ScriptedInventory>());
    auto services = scene.client->services();
    REQUIRE(services.ok());
    for (const char* expected :
         {"spaceone.api.inventory.plugin.Collector", "spaceone.api.inventory.plugin.Job",
          "spaceone.core.v1.Plugin", "spaceone.api.core.v1.ServerInfo", "grpc.health.v1.Health"}) {
        CHECK(std::find(services->begin(), services->end(), expected) != services->end());
    }
    std::vector<std::string> short_names;
    for (const std::string& service : *services) {
        INFO(service);
        const auto methods = scene.client->methods(service);
        INFO(methods.status().text());
        REQUIRE(methods.ok());
        CHECK_FALSE(methods->empty());
        short_names.push_back(service.substr(service.rfind('.') + 1));
    }
    std::sort(short_names.begin(), short_names.end());
    CHECK(std::adjacent_find(short_names.begin(), short_names.end()) == short_names.end());

    const auto collect = scene.client->describe("spaceone.api.inventory.plugin.Collector.collect");
    REQUIRE(collect.ok());
    CHECK(collect->is_server_streaming);
    CHECK(collect->request_type == "spaceone.api.inventory.plugin.CollectRequest");
    CHECK(collect->definition.find("task_options = 4") != std::string::npos);
    CHECK(collect->definition.find("resource = 6") != std::string::npos);
}

TEST_CASE("the version, and health for every name") {
    Scene scene(std::make_shared<ScriptedInventory>());
    CHECK(ask(scene, "spaceone.api.core.v1.ServerInfo/get_version") == R"({"version":"1.2.3"})");
    for (const char* request : {"{}", R"({"service":"spaceone.api.inventory.plugin.Collector"})",
                                R"({"service":"anything"})"}) {
        CHECK(ask(scene, "grpc.health.v1.Health/Check", request) == R"({"status":"SERVING"})");
    }
}

TEST_CASE("who watches the health is told that the server drains") {
    auto inventory = std::make_shared<ScriptedInventory>();
    Scene scene(inventory);
    auto channel = grpc::CreateChannel(scene.server->address(), grpc::InsecureChannelCredentials());
    auto stub = grpc::health::v1::Health::NewStub(channel);
    grpc::ClientContext watching;
    auto reader = stub->Watch(&watching, HealthCheckRequest());
    grpc::ClientContext leaving;
    auto left = stub->Watch(&leaving, HealthCheckRequest());
    HealthCheckResponse answer;
    REQUIRE(left->Read(&answer));
    leaving.TryCancel();
    CHECK_FALSE(left->Finish().ok());
    REQUIRE(reader->Read(&answer));
    CHECK(answer.status() == HealthCheckResponse::SERVING);
    std::thread stopper([&] { scene.server->shutdown(std::chrono::milliseconds(0)); });
    REQUIRE(reader->Read(&answer));
    CHECK(answer.status() == HealthCheckResponse::NOT_SERVING);
    CHECK_FALSE(reader->Read(&answer));
    CHECK(reader->Finish().error_code() == grpc::StatusCode::UNAVAILABLE);
    stopper.join();
}

TEST_CASE("a taken port is refused in words") {
    Scene scene(std::make_shared<ScriptedInventory>());
    ServerOptions options;
    options.address = scene.server->address();
    CHECK(scene.server->address() == "127.0.0.1:" + std::to_string(scene.server->port()));
    const auto second =
        Server::start(options, inventory_role(std::make_shared<ScriptedInventory>()));
    CHECK(second.status().code() == Code::failed_precondition);
    CHECK(second.status().reason() == "ERROR_LISTEN");
    CHECK(second.status().message().find("another program listens there") != std::string::npos);
    options.address = "192.0.2.1:50051";
    CHECK(Server::start(options, inventory_role(std::make_shared<ScriptedInventory>()))
              .status()
              .message()
              .find("no such address") != std::string::npos);
    options.address = "50051";
    CHECK(Server::start(options, inventory_role(std::make_shared<ScriptedInventory>()))
              .status()
              .reason() == "ERROR_LISTEN_ADDRESS");
}

TEST_CASE("addresses to listen on") {
    CHECK(parse_listen_address("0.0.0.0:50051")->text() == "0.0.0.0:50051");
    CHECK(parse_listen_address(":50051")->text() == "0.0.0.0:50051");
    CHECK(parse_listen_address("[::1]:0")->text() == "[::1]:0");
    CHECK(parse_listen_address("localhost:1")->host == "localhost");
    for (const char* text :
         {"", "50051", "host", "host:", "host:x", "host:65536", "::1:5", "a b:1"}) {
        INFO(text);
        CHECK_FALSE(parse_listen_address(text).ok());
    }
}

TEST_CASE("addresses to connect to") {
    CHECK(parse_channel_address("pc:50051")->target == "pc:50051");
    CHECK(parse_channel_address(":50051")->target == "localhost:50051");
    CHECK(parse_channel_address("grpc://pc:50051/")->target == "pc:50051");
    CHECK_FALSE(parse_channel_address("grpc://pc:50051")->is_tls);
    CHECK(parse_channel_address("grpc+ssl://pc:443")->is_tls);
    CHECK(parse_channel_address("[::1]:50051")->target == "[::1]:50051");
    for (const char* text : {"", "pc", "pc:0", "pc:70000", "http://pc:1", "pc:1/x", "::1:5",
                             "[::1 ]:5", "[::1\x01]:5", "p\xc3:5", "[a/b]:5"}) {
        INFO(text);
        CHECK(parse_channel_address(text).status().reason() == "ERROR_ADDRESS");
    }
}

TEST_CASE("nobody at the other end is one clear error") {
    std::string address;
    {
        Scene scene(std::make_shared<ScriptedInventory>());
        address = scene.server->address();
    }
    const auto client = ReflectionClient::connect(address, std::chrono::seconds(60));
    CHECK(client.status().code() == Code::unavailable);
    CHECK(client.status().reason() == "ERROR_CONNECT");
    CHECK(client.status().message().find("Connection refused") != std::string::npos);
}

TEST_CASE("a wrong name or field is answered with the nearest") {
    Scene scene(std::make_shared<ScriptedInventory>());
    CHECK(refusal(scene, "Collector/inti").message().find("did you mean 'init'") !=
          std::string::npos);
    CHECK(refusal(scene, "Colector/init").message().find("did you mean 'Collector'") !=
          std::string::npos);
    CHECK(refusal(scene, "init").reason() == "ERROR_METHOD_NAME");
    CHECK(
        refusal(scene, "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo").reason() ==
        "ERROR_CLIENT_STREAM");
    const auto message = [&](const char* request) {
        const Status status = refusal(scene, "Collector/verify", request);
        CHECK(status.reason() == "ERROR_REQUEST_JSON");
        CHECK(status.message().find("s3cret") == std::string::npos);
        return status.message();
    };
    CHECK(message(R"({"secret_dat":{"password":"s3cret"}})").find("did you mean 'secret_data'") !=
          std::string::npos);
    CHECK(message(R"({"secret_data":"s3cret"})").find("must be an object") != std::string::npos);
    CHECK(message(R"({"secret_data":{"password":"s3cret)").find("not valid JSON") !=
          std::string::npos);
    CHECK(message("[]").find("must be a JSON object") != std::string::npos);
    const Status wrong =
        refusal(scene, "Job/get_tasks", R"({"task_filter":{"providers":["a", 1]}})");
    CHECK(wrong.message().find("'task_filter.providers[1]' must be a text") != std::string::npos);
}
