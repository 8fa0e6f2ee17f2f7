// Deadlines and stops while a server is slow or silent.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <future>
#include <latch>

#include "host/prism/testing_target.hpp"

using namespace pf::host;
using namespace pf::host::prism;
using namespace pf::host::prism::testing;
using namespace std::chrono_literals;

namespace {

const std::string half = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"data\":";

// Says `beginning`, and nothing more.
Script then_silent(const std::string& beginning) {
    return [beginning](const Seen& /*seen*/, Talk& talk) {
        talk.send(beginning);
        talk.wait_until_client_leaves();
    };
}

}  // namespace

TEST_CASE("a server that never answers meets the first-byte deadline") {
    Stage stage(then_silent(""), [](TargetSpec& spec) {
        spec.limits.first_byte = 20ms;
        spec.limits.tries = 2;
    });
    const Status status = stage.get().status();
    CHECK(status.code() == Code::unavailable);
    CHECK_THAT(status.message(), Catch::Contains("no answer began within 20 ms"));
    CHECK(stage.meter.requests == 2);
}

TEST_CASE("an answer that stalls meets the idle deadline") {
    Stage stage(then_silent(half), [](TargetSpec& spec) {
        spec.limits.idle = 20ms;
        spec.limits.tries = 1;
    });
    CHECK_THAT(stage.get().status().message(), Catch::Contains("stalled"));
}

TEST_CASE("an answer that drips for ever meets the total deadline") {
    Stage stage(
        [](const Seen& /*seen*/, Talk& talk) {
            talk.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (!talk.closed()) {
                talk.send("1\r\n \r\n");
            }
        },
        [](TargetSpec& spec) {
            spec.limits.total = 50ms;
            spec.limits.tries = 1;
        });
    CHECK_THAT(stage.get().status().message(), Catch::Contains("not complete within 50 ms"));
}

TEST_CASE("a port that accepts and never speaks TLS meets the connect deadline") {
    const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* raw = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(::bind(listener, raw, length) == 0);
    REQUIRE(::listen(listener, 8) == 0);
    REQUIRE(::getsockname(listener, raw, &length) == 0);
    const TestCa ca;
    TargetSpec spec = quick_spec(ca, ntohs(address.sin_port));
    spec.limits.connect = 20ms;
    Target target(spec, fresh_key());
    Meter meter;
    const Status status = target.send({Method::get, "/x", {}}, Stop(), meter).status();
    CHECK(status.reason() == "ERROR_PRISM_UNREACHABLE");
    CHECK_THAT(status.message(), Catch::Contains("no TLS connection within 20 ms"));
    CHECK(meter.requests == 2);
    ::close(listener);
}

TEST_CASE("a stop wakes a read at any stage") {
    const std::string beginning = GENERATE(std::string(), half);
    std::latch asked(1);
    Stage stage([&](const Seen& /*seen*/, Talk& talk) {
        talk.send(beginning);
        asked.count_down();
        talk.wait_until_client_leaves();
    });
    StopSource source;
    auto answer = std::async(std::launch::async, [&] { return stage.get("/x", source.stop()); });
    asked.wait();
    source.request(Status(Code::cancelled, "ERROR_TEST", "enough"));
    CHECK(answer.get().status().reason() == "ERROR_TEST");
}

TEST_CASE("a stop wakes the wait before another try") {
    std::latch asked(1);
    Stage stage([&](const Seen& /*seen*/, Talk& talk) {
        talk.send(http(503, "", {"Retry-After: 60"}));
        asked.count_down();
    });
    StopSource source;
    auto answer = std::async(std::launch::async, [&] { return stage.get("/x", source.stop()); });
    asked.wait();
    source.request(Status(Code::cancelled, "ERROR_TEST", "enough"));
    CHECK(answer.get().status().reason() == "ERROR_TEST");
}

TEST_CASE("the deadline of the stop ends a read") {
    Stage stage(then_silent(""));
    const StopSource source(Clock::now() + 20ms);
    CHECK(stage.get("/x", source.stop()).status().code() == Code::deadline_exceeded);
}

TEST_CASE("nothing is sent for a stop that was requested before") {
    Stage stage(then_silent(""));
    StopSource source;
    source.request(Status());
    CHECK(stage.get("/x", source.stop()).status().code() == Code::cancelled);
    CHECK(stage.server.seen().empty());
}
