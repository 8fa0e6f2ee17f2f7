// What one read does with the answers a server may give.
#include <catch2/catch.hpp>

#include "host/prism/testing_target.hpp"

using namespace pf::host;
using namespace pf::host::prism;
using namespace pf::host::prism::testing;

namespace {

// Says `first` to the first `times` requests and a good answer after that.
Script then_fine(const std::string& first, unsigned times) {
    return [first, times](const Seen& seen, Talk& talk) {
        talk.send(seen.number <= times ? first : http(200, R"({"data":"fine"})"));
    };
}

constexpr const char* rate_limit_envelope =
    R"({"data":{"error":[{"message":"slow down","errorGroup":"RATE_LIMIT_EXCEEDED"}]}})";

}  // namespace

TEST_CASE("passing troubles are tried again until the answer comes") {
    const std::string bad =
        GENERATE(http(500, ""), http(502, "<html>", {"Content-Type: text/html"}), http(503, "busy"),
                 http(504, ""), http(408, ""), http(429, "", {"Retry-After: 0"}),
                 http(429, "", {"Retry-After: soon"}), http(400, rate_limit_envelope));
    Stage stage(then_fine(bad, 3));
    const auto response = stage.get();
    REQUIRE(response.ok());
    CHECK(response->body.text() == R"({"data":"fine"})");
    CHECK(stage.meter.requests == 4);
    CHECK(stage.meter.retries == 3);
    CHECK(stage.server.connections() == 1);
    const bool throttled = bad.find("429") < 20 || bad.find("RATE_LIMIT") != std::string::npos;
    CHECK(stage.meter.throttled == (throttled ? 3u : 0u));
}

TEST_CASE("after the allowed tries the last trouble is the answer") {
    Stage stage(then_fine(http(503, R"({"message_list":[{"message":"starting"}]})"), 100));
    const Status status = stage.get().status();
    CHECK(status.code() == Code::unavailable);
    CHECK(status.reason() == "ERROR_PRISM_UNAVAILABLE");
    CHECK_THAT(status.message(), Catch::Contains("starting") && Catch::Contains("tried 5 times"));
    CHECK(stage.meter.requests == 5);
}

TEST_CASE("an endless rate limit ends as such") {
    Stage stage(then_fine(http(400, rate_limit_envelope), 100));
    const Status status = stage.get().status();
    CHECK(status.code() == Code::resource_exhausted);
    CHECK(status.reason() == "ERROR_PRISM_RATE_LIMIT");
    CHECK(stage.meter.throttled == 5);
}

TEST_CASE("what does not pass by itself is not tried again") {
    struct Case {
        std::string answer;
        Code code;
        const char* reason;
    };
    const auto given = GENERATE(values<Case>({
        {http(400, "{}"), Code::invalid_argument, "ERROR_PRISM_REQUEST"},
        {http(403, ""), Code::permission_denied, "ERROR_PRISM_PERMISSION"},
        {http(404, "{}"), Code::not_found, "ERROR_PRISM_NOT_FOUND"},
        {http(302, "", {"Location: https://elsewhere.example/"}), Code::data_loss,
         "ERROR_PRISM_ANSWER"},
        {http(200, "<html>Sign in</html>", {"Content-Type: text/html"}), Code::data_loss,
         "ERROR_PRISM_ANSWER"},
        {http(200, ""), Code::data_loss, "ERROR_PRISM_ANSWER"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}{}{}", Code::data_loss,
         "ERROR_PRISM_ANSWER"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
         Code::data_loss, "ERROR_PRISM_ANSWER"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n{", Code::resource_exhausted,
         "ERROR_PRISM_TOO_LARGE"},
    }));
    INFO(given.answer);
    Stage stage(then_fine(given.answer, 100));
    const Status status = stage.get("/api/vmm/v4.0/ahv/config/vms?$page=0").status();
    CHECK(status.code() == given.code);
    CHECK(status.reason() == given.reason);
    CHECK_THAT(status.message(), Catch::StartsWith("/api/vmm/v4.0/ahv/config/vms") &&
                                     !Catch::Contains(stage.target->name()));
    CHECK(stage.meter.requests == 1);
}

TEST_CASE("a connection whose answer was not read to its end is not used again") {
    Stage stage(then_fine("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n{", 1));
    CHECK_FALSE(stage.get().ok());
    CHECK(stage.get().ok());
    CHECK(stage.server.connections() == 2);
}

TEST_CASE("huge headers are refused") {
    std::string answer = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 20; ++i) {
        answer += "X-" + std::to_string(i) + ": " + std::string(4000, 'x') + "\r\n";
    }
    Stage stage(then_fine(answer + "Content-Length: 2\r\n\r\n{}", 100),
                [](TargetSpec& spec) { spec.limits.tries = 1; });
    CHECK(stage.get().status().reason() == "ERROR_PRISM_TOO_LARGE");
}

TEST_CASE("endless headers end in an error") {
    Stage stage(
        [](const Seen& /*seen*/, Talk& talk) {
            talk.send("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 5000 && !talk.closed(); ++i) {
                talk.send("X-" + std::to_string(i) + ": y\r\n");
            }
            talk.tear();
        },
        [](TargetSpec& spec) { spec.limits.tries = 1; });
    CHECK_FALSE(stage.get().ok());
}

TEST_CASE("a body cut short is never taken for a whole one") {
    const std::string cut =
        GENERATE(std::string("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"data\":"),
                 std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"),
                 std::string("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"data\":1}"));
    Stage stage([cut](const Seen& seen, Talk& talk) {
        if (seen.number == 1) {
            talk.send(cut);
            talk.tear();
        } else {
            talk.send(http(200, R"({"data":"fine"})"));
        }
    });
    const auto response = stage.get();
    REQUIRE(response.ok());
    CHECK(response->body.text() == R"({"data":"fine"})");
    CHECK(stage.meter.retries == 1);
}

TEST_CASE("always cut short ends as a broken answer") {
    Stage stage([](const Seen& /*seen*/, Talk& talk) {
        talk.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"data\":");
        talk.close();
    });
    const Status status = stage.get().status();
    CHECK(status.code() == Code::data_loss);
    CHECK(status.reason() == "ERROR_PRISM_ANSWER");
    CHECK_THAT(status.message(), Catch::Contains("8 bytes came, 20 were announced"));
}

TEST_CASE("chunked and closing answers are read whole") {
    Stage stage([](const Seen& seen, Talk& talk) {
        if (seen.number == 1) {
            talk.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            talk.send("3\r\n{\"a\r\n");
            talk.send("4\r\n\":1}\r\n0\r\n\r\n");
        } else {
            talk.send("HTTP/1.0 200 OK\r\n\r\n{\"a\":2}");
            talk.close();
        }
    });
    CHECK(stage.get()->body.text() == "{\"a\":1}");
    CHECK(stage.get()->body.text() == "{\"a\":2}");
    CHECK(stage.server.connections() == 1);
}

TEST_CASE("garbage instead of HTTP is an error") {
    Stage stage(
        [](const Seen& /*seen*/, Talk& talk) {
            talk.send("SSH-2.0-OpenSSH_9.2\r\n\r\n");
            talk.tear();
        },
        [](TargetSpec& spec) { spec.limits.tries = 1; });
    CHECK_FALSE(stage.get().ok());
}

TEST_CASE("a path that could smuggle a header is not sent") {
    Stage stage(then_fine("", 0));
    for (const char* path : {"", "api", "/a b", "/a\r\nX: y", "/\xc3\xa9"}) {
        CHECK(stage.get(path).status().reason() == "ERROR_PRISM_REQUEST");
    }
    CHECK(stage.server.seen().empty());
}

TEST_CASE("a closed port is reported after two tries") {
    TargetSpec spec;
    {
        const TestCa ca;
        const TestingServer server(ca.issue(), then_fine("", 0));
        spec = quick_spec(ca, server.port());
    }
    Target target(spec, fresh_key());
    Meter meter;
    const Status status = target.send({Method::get, "/x", {}}, Stop(), meter).status();
    CHECK(status.code() == Code::unavailable);
    CHECK(status.reason() == "ERROR_PRISM_UNREACHABLE");
    CHECK_THAT(status.message(), Catch::Contains("refused") && !Catch::Contains(target.name()));
    CHECK(meter.requests == 2);
}

TEST_CASE("a name nobody knows is reported as such") {
    const TestCa ca;
    TargetSpec spec = quick_spec(ca, 9440);
    spec.host = "no-such-host.invalid";
    spec.limits.tries = 1;
    Target target(spec, fresh_key());
    Meter meter;
    const Status status = target.send({Method::get, "/x", {}}, Stop(), meter).status();
    CHECK(status.reason() == "ERROR_PRISM_UNREACHABLE");
    CHECK_THAT(status.message(), Catch::Contains("DNS"));
}
