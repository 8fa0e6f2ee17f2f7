#include "tests/acceptance/reflection_client.hpp"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <pf/test/echo.grpc.pb.h>
#include <pf/test/other_echo.grpc.pb.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace pf::test {
namespace {

using nlohmann::json;

class EchoService final : public Echo::Service {
  public:
    grpc::Status say(grpc::ServerContext* context, const EchoRequest* request,
                     EchoReply* reply) override {
        if (request->text() == "fail") {
            return {grpc::StatusCode::INVALID_ARGUMENT, "ERROR_ECHO: nothing to say"};
        }
        if (request->text() == "token") {
            const auto token = context->client_metadata().find("token");
            if (token != context->client_metadata().end()) {
                reply->set_long_text(std::string(token->second.data(), token->second.size()));
            }
            return grpc::Status::OK;
        }
        reply->set_long_text(request->text());
        *reply->mutable_options() = request->options();
        return grpc::Status::OK;
    }

    grpc::Status count(grpc::ServerContext*, const EchoRequest* request,
                       grpc::ServerWriter<EchoReply>* writer) override {
        EchoReply reply;
        for (int i = 1; i <= request->count(); ++i) {
            reply.set_number(i);
            if (!writer->Write(reply)) break;
        }
        return grpc::Status::OK;
    }
};

class OtherEcho final : public other::Echo::Service {};

// A server with gRPC's own reflection, which lists its services and those of the test.
class StockServer {
  public:
    explicit StockServer(const std::vector<grpc::Service*>& services, bool with_health = false) {
        grpc::reflection::InitProtoReflectionServerBuilderPlugin();
        grpc::EnableDefaultHealthCheckService(with_health);
        grpc::ServerBuilder builder;
        builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
        for (grpc::Service* service : services) builder.RegisterService(service);
        server_ = builder.BuildAndStart();
        grpc::EnableDefaultHealthCheckService(false);
    }
    ~StockServer() { server_->Shutdown(); }

    std::string endpoint() const { return "127.0.0.1:" + std::to_string(port_); }

  private:
    int port_ = 0;
    std::unique_ptr<grpc::Server> server_;
};

ReflectionFault fault_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const ReflectionError& error) {
        INFO(error.what());
        return error.fault();
    }
    throw std::runtime_error("no ReflectionError");
}

TEST_CASE("an API is learned from gRPC's own reflection") {
    EchoService echo;
    const StockServer server({&echo});
    const auto client = ReflectionClient::connect("grpc://" + server.endpoint());
    CHECK(std::count(client->services().begin(), client->services().end(), "pf.test.Echo") == 1);
    CHECK(client->has("pf.test.Echo", "say"));
    CHECK(client->has("Echo", "count"));
    CHECK_FALSE(client->has("Echo", "shout"));
    CHECK_FALSE(client->has("pf.test.Nothing", "say"));
    for (const MethodShape& shape : client->methods()) {
        if (shape.service != "pf.test.Echo") continue;
        CHECK(shape.input == "pf.test.EchoRequest");
        CHECK(shape.output == "pf.test.EchoReply");
        CHECK(shape.server_streaming == (shape.method == "count"));
        CHECK_FALSE(shape.client_streaming);
    }
}

TEST_CASE("a unary call takes JSON and gives JSON with proto names and without defaults") {
    EchoService echo;
    const StockServer server({&echo});
    const auto client = ReflectionClient::connect(server.endpoint());
    const CallReply reply = client->call(
        "Echo", "say", R"({"text": "a", "options": {"deep": {"list": [1, null, "x", []]}}})");
    REQUIRE(reply.status.ok());
    CHECK(json::parse(reply.json) ==
          json::parse(R"({"long_text": "a", "options": {"deep": {"list": [1, null, "x", []]}}})"));
    CHECK_FALSE(reply.bytes.empty());
    CHECK(client->call("Echo", "say", "{}").json == R"({"options":{}})");
    CHECK(json::parse(client->call("Echo", "say", R"({"text": "token"})").json)["long_text"] ==
          "NO_TOKEN");
}

TEST_CASE("a failing call gives its status and the code CloudForet would show") {
    EchoService echo;
    const StockServer server({&echo});
    const auto client = ReflectionClient::connect(server.endpoint());
    const CallReply reply = client->call("Echo", "say", R"({"text": "fail"})");
    CHECK(reply.status.code_name() == "INVALID_ARGUMENT");
    CHECK(reply.status.error_code() == "ERROR_ECHO");
    CHECK(reply.status.describe() == "INVALID_ARGUMENT: ERROR_ECHO: nothing to say");
    CHECK(reply.json.empty());
    CHECK(CallStatus{7, "ERROR_X: y"}.error_code() == "ERROR_PERMISSION_DENIED");
    CHECK(CallStatus{16, "ERROR_X: y"}.error_code() == "ERROR_AUTHENTICATE_FAILURE");
    CHECK(CallStatus{16, "y"}.error_code() == "ERROR_INTERNAL_API");
    CHECK(CallStatus{14, "down"}.error_code() == "ERROR_GRPC_CONNECTION");
    CHECK(CallStatus{14, "ERROR_X: y"}.error_code() == "ERROR_X");
    CHECK(CallStatus{}.error_code().empty());
}

TEST_CASE("a request that does not fit is refused before it is sent") {
    EchoService echo;
    const StockServer server({&echo});
    const auto client = ReflectionClient::connect(server.endpoint());
    for (const char* request : {R"({"txt": "a"})", R"({"count": "many"})", "[]", "{"}) {
        CAPTURE(request);
        CHECK(fault_of([&] { client->call("Echo", "say", request); }) ==
              ReflectionFault::bad_request);
    }
    CHECK(fault_of([&] { client->call("Echo", "shout", "{}"); }) ==
          ReflectionFault::unknown_method);
    CHECK(fault_of([&] { client->call("Echo", "count", "{}"); }) ==
          ReflectionFault::unknown_method);
}

TEST_CASE("a stream gives every message in order") {
    EchoService echo;
    const StockServer server({&echo});
    const auto client = ReflectionClient::connect(server.endpoint());
    int last = 0;
    const CallStatus status =
        client->stream("Echo", "count", R"({"count": 1000})", [&](std::string_view bytes) {
            const json reply = json::parse(client->reply_as_json("Echo", "count", bytes));
            CHECK(reply["number"] == last + 1);
            last = reply["number"];
            return true;
        });
    CHECK(status.ok());
    CHECK(last == 1000);
}

TEST_CASE("a callback that says no cancels the stream") {
    EchoService echo;
    const StockServer server({&echo});
    const auto client = ReflectionClient::connect(server.endpoint());
    int taken = 0;
    const CallStatus status = client->stream("Echo", "count", R"({"count": 1000000})",
                                             [&](std::string_view) { return ++taken < 10; });
    CHECK(status.code_name() == "CANCELLED");
    CHECK(taken == 10);
}

TEST_CASE("a paced reader still gets everything") {
    EchoService echo;
    const StockServer server({&echo});
    const auto client = ReflectionClient::connect(server.endpoint());
    CallOptions options;
    options.rows_per_second = 2000;
    int taken = 0;
    const CallStatus status = client->stream(
        "Echo", "count", R"({"count": 100})", [&](std::string_view) { return ++taken > 0; },
        options);
    CHECK(status.ok());
    CHECK(taken == 100);
}

TEST_CASE("nobody at the port means unreachable") {
    ConnectOptions options;
    options.ready_within = std::chrono::milliseconds(200);
    CHECK(fault_of([&] { ReflectionClient::connect("127.0.0.1:1", options); }) ==
          ReflectionFault::unreachable);
}

TEST_CASE("a listed service without a descriptor makes the endpoint unusable") {
    EchoService echo;
    const StockServer server({&echo}, true);
    CHECK(fault_of([&] { ReflectionClient::connect(server.endpoint()); }) ==
          ReflectionFault::unresolvable);
}

TEST_CASE("two services of the same last name make the endpoint unusable") {
    EchoService echo;
    OtherEcho other;
    const StockServer server({&echo, &other});
    CHECK(fault_of([&] { ReflectionClient::connect(server.endpoint()); }) ==
          ReflectionFault::name_clash);
}

}  // namespace
}  // namespace pf::test
