#include <algorithm>
#include <catch2/catch.hpp>
#include <latch>
#include <thread>

#include "tests/acceptance/inventory_api.hpp"
#include "tests/acceptance/reflection_client.hpp"
#include "tests/acceptance/scripted_server.hpp"

namespace pf::test {
namespace {

const std::string collect_path = method_path(collector_service, "collect");

void add_inventory(ScriptedServer& server) {
    for (const auto& file : inventory_files()) server.add_file(file);
    server.list(collector_service);
    server.list(job_service);
}

ReflectionFault fault_at(const std::string& endpoint) {
    try {
        ReflectionClient::connect(endpoint);
    } catch (const ReflectionError& error) {
        return error.fault();
    }
    throw std::runtime_error("no ReflectionError");
}

TEST_CASE("missing imports are asked for by file name, each once") {
    ScriptedServer server;
    add_inventory(server);
    const auto client = ReflectionClient::connect(server.start());
    CHECK(client->has("Collector", "collect"));
    CHECK(client->has("Job", "get_tasks"));
    const std::vector<std::string> questions = server.questions();
    REQUIRE(questions.size() == 5);
    CHECK(questions[0] == "list");
    CHECK(questions[1] == std::string("symbol ") + collector_service);
    CHECK(questions[2] == std::string("symbol ") + job_service);
    CHECK(std::count(questions.begin(), questions.end(), "file google/protobuf/struct.proto") == 1);
    CHECK(std::count(questions.begin(), questions.end(), "file google/protobuf/empty.proto") == 1);
}

TEST_CASE("an import nobody has makes the endpoint unusable") {
    ScriptedServer server;
    server.add_file(inventory_files()[1]);
    server.list(job_service);
    CHECK(fault_at(server.start()) == ReflectionFault::unresolvable);
}

TEST_CASE("any error for a symbol makes the endpoint unusable") {
    for (const int code : {5, 13}) {
        ScriptedServer server;
        add_inventory(server);
        server.refuse_symbol(job_service, code);
        CHECK(fault_at(server.start()) == ReflectionFault::unresolvable);
    }
}

TEST_CASE("a file that does not hold the listed service does not resolve it") {
    ScriptedServer server;
    server.add_file(plain_file("a", "Listed"));
    server.add_file(plain_file("a", "Another"));
    server.list("a.Another");
    server.list("a.Listed");
    CHECK(fault_at(server.start()) == ReflectionFault::unresolvable);
}

TEST_CASE("files that import each other do not hang the client") {
    ScriptedServer server;
    server.add_file(plain_file("a", "Circle", {"b.proto"}));
    server.add_file(plain_file("b", "", {"a.proto"}));
    server.list("a.Circle");
    CHECK(fault_at(server.start()) == ReflectionFault::unresolvable);
}

TEST_CASE("an answer to another question is no reflection") {
    ScriptedServer server;
    server.serve("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                 [](const std::string&) { return answer_with({""}); });
    CHECK(fault_at(server.start()) == ReflectionFault::no_reflection);
}

TEST_CASE("a server without reflection is told apart") {
    ScriptedServer server;
    server.serve("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                 [](const std::string&) {
                     return answer_with_error(grpc::StatusCode::UNIMPLEMENTED, "no such service");
                 });
    CHECK(fault_at(server.start()) == ReflectionFault::no_reflection);
}

TEST_CASE("a deadline ends a stream that stands still") {
    ScriptedServer server;
    add_inventory(server);
    server.serve(collect_path, [](const std::string&) {
        Answer answer = answer_with({"", ""});
        answer.hold = true;
        return answer;
    });
    const auto client = ReflectionClient::connect(server.start());
    CallOptions options;
    options.deadline = std::chrono::milliseconds(300);
    int rows = 0;
    const CallStatus status = client->stream(
        "Collector", "collect", "{}", [&](std::string_view) { return ++rows > 0; }, options);
    CHECK(status.code_name() == "DEADLINE_EXCEEDED");
    CHECK(rows == 2);
}

TEST_CASE("a stop request from another thread ends a stream that stands still") {
    ScriptedServer server;
    add_inventory(server);
    server.serve(collect_path, [](const std::string&) {
        Answer answer = answer_with({""});
        answer.hold = true;
        return answer;
    });
    const auto client = ReflectionClient::connect(server.start());
    std::stop_source source;
    std::latch has_row(1);
    CallOptions options;
    options.stop = source.get_token();
    std::jthread stopper([&] {
        has_row.wait();
        source.request_stop();
    });
    const CallStatus status = client->stream(
        "Collector", "collect", "{}",
        [&](std::string_view) {
            has_row.count_down();
            return true;
        },
        options);
    CHECK(status.code_name() == "CANCELLED");
}

TEST_CASE("a reader that waits its turn wakes up when asked to stop") {
    ScriptedServer server;
    add_inventory(server);
    server.serve(collect_path, [](const std::string&) { return answer_with({"", "", ""}); });
    const auto client = ReflectionClient::connect(server.start());
    std::stop_source source;
    CallOptions options;
    options.stop = source.get_token();
    options.rows_per_second = 0.0001;
    int rows = 0;
    const CallStatus status = client->stream(
        "Collector", "collect", "{}",
        [&](std::string_view) {
            ++rows;
            source.request_stop();
            return true;
        },
        options);
    CHECK(rows <= 3);
    CHECK((status.ok() || status.code_name() == "CANCELLED"));
}

TEST_CASE("messages above four megabytes arrive") {
    ScriptedServer server;
    add_inventory(server);
    const std::string large(9U * 1024U * 1024U, 'x');
    server.serve(collect_path, [large](const std::string&) { return answer_with({large}); });
    const auto client = ReflectionClient::connect(server.start());
    std::size_t size = 0;
    const CallStatus status =
        client->stream("Collector", "collect", "{}", [&](std::string_view bytes) {
            size = bytes.size();
            return true;
        });
    CHECK(status.ok());
    CHECK(size == large.size());
}

}  // namespace
}  // namespace pf::test
