// What one read does with the answers a server may give.
#include <catch2/catch.hpp>
#include <condition_variable>
#include <future>
#include <latch>
#include <mutex>
#include <thread>

#include "host/prism/testing_target.hpp"

using namespace pf::host;
using namespace pf::host::prism;
using namespace pf::host::prism::testing;
using namespace std::chrono_literals;

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

TEST_CASE("as long as others are served, being told to wait is no failed try") {
    std::mutex mutex;
    std::condition_variable changed;
    unsigned fine = 0;
    unsigned refused = 0;
    bool is_over = false;
    Stage stage(
        [&](const Seen& seen, Talk& talk) {
            std::unique_lock lock(mutex);
            if (seen.path == "/fine") {
                ++fine;
                changed.notify_all();
            } else if (refused < 12) {
                // The second of two requests in a row shows that the answer to the first arrived.
                changed.wait(lock, [&, before = fine] { return fine >= before + 2 || is_over; });
                ++refused;
                talk.send(http(429, ""));
                return;
            }
            talk.send(http(200, "{}"));
        },
        [](TargetSpec& spec) { spec.limits.per_second = 1e6; });
    auto others = std::async(std::launch::async, [&] {
        bool are_fine = true;
        while (true) {
            are_fine &= stage.target->send({Method::get, "/fine", {}}, Stop(), stage.meter).ok();
            const std::lock_guard lock(mutex);
            if (is_over) {
                return are_fine;
            }
        }
    });
    const Status status = stage.get("/busy").status();
    {
        const std::lock_guard lock(mutex);
        is_over = true;
    }
    changed.notify_all();
    CHECK(others.get());
    CHECK(status.text() == "OK");
    CHECK(refused == 12);
}

TEST_CASE("an ordered pause holds for every request to that Prism Central") {
    const std::string refusal =
        GENERATE(http(429, "", {"Retry-After: 50"}), http(503, "", {"Retry-After: 50"}),
                 http(400, rate_limit_envelope, {"Retry-After: 50"}));
    Targets targets;
    const TestCa ca;
    std::latch asked(1);
    TestingServer server(ca.issue(), [&](const Seen& seen, Talk& talk) {
        talk.send(seen.number == 1 ? refusal : http(200, "{}"));
        if (seen.number == 1) {
            asked.count_down();
        }
    });
    const TargetSpec spec = quick_spec(ca, server.port());
    TargetSpec other = spec;
    other.credential.password = Secret("another");
    Meter meter;
    StopSource source;
    const auto target = targets.acquire(spec);
    auto refused = std::async(std::launch::async, [&] {
        return target->send({Method::get, "/x", {}}, source.stop(), meter).status();
    });
    asked.wait();
    // The server has said it; the other one may be told a moment later.
    Status status;
    const auto elsewhere = targets.acquire(other);
    for (int i = 0; i < 200 && status.ok(); ++i) {
        status = elsewhere->send({Method::get, "/x", {}}, Stop().until(Clock::now() + 20ms), meter)
                     .status();
    }
    CHECK(status.code() == Code::deadline_exceeded);
    source.request(Status(Code::cancelled, "ERROR_TEST", "enough"));
    CHECK(refused.get().reason() == "ERROR_TEST");
}

TEST_CASE("a run with many requests does not keep another run's single one waiting") {
    std::latch first_seen(1);
    std::latch go(1);
    Stage stage(
        [&](const Seen& seen, Talk& talk) {
            if (seen.number == 1) {
                first_seen.count_down();
                go.wait();
            }
            talk.send(http(200, "{}"));
        },
        [](TargetSpec& spec) { spec.limits.in_flight = 1; });
    std::vector<std::future<bool>> answers;
    const auto ask = [&](const std::string& path, Meter& meter) {
        answers.push_back(std::async(std::launch::async, [&, path] {
            return stage.target->send({Method::get, path, {}}, Stop(), meter).ok();
        }));
    };
    ask("/many", stage.meter);
    first_seen.wait();
    for (std::size_t i = 0; i < 6; ++i) {
        ask("/many", stage.meter);
        while (stage.target->waiting() != i + 1) {
            std::this_thread::yield();
        }
    }
    Meter other;
    ask("/single", other);
    while (stage.target->waiting() != 7) {
        std::this_thread::yield();
    }
    go.count_down();
    for (std::future<bool>& answer : answers) {
        CHECK(answer.get());
    }
    CHECK(stage.server.seen()[2].path == "/single");
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
    Stage stage(then_fine(answer + "Content-Length: 2\r\n\r\n{}", 100));
    CHECK(stage.get().status().reason() == "ERROR_PRISM_TOO_LARGE");
    CHECK(stage.meter.requests == 1);
}

TEST_CASE("headers up to 64 KiB are read, also in one line") {
    Stage stage(then_fine(http(200, "{}", {"X-Long: " + std::string(60'000, 'x')}), 1));
    CHECK(stage.get().ok());
}

TEST_CASE("an answer that is compressed though nobody asked is refused, not unpacked") {
    const std::string coding = GENERATE("gzip", "deflate", "br", "identity, gzip");
    Stage stage(then_fine(http(200, "\x1f\x8b...", {"Content-Encoding: " + coding}), 1));
    const Status status = stage.get().status();
    CHECK(status.reason() == "ERROR_PRISM_ANSWER");
    CHECK_THAT(status.message(), Catch::Contains("compressed (" + coding + ")"));
    CHECK(stage.meter.requests == 1);
    Stage plain(then_fine(http(200, "{}", {"Content-Encoding: identity"}), 1));
    CHECK(plain.get().ok());
}

TEST_CASE("a header cut short is tried again, whatever it said so far") {
    Stage stage([](const Seen& seen, Talk& talk) {
        if (seen.number == 1) {
            talk.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n");
            talk.close();
        } else {
            talk.send(http(200, "{}"));
        }
    });
    CHECK(stage.get().ok());
    CHECK(stage.meter.retries == 1);
}

TEST_CASE("a redirect with Prism's token is followed once, without the credential") {
    const TestCa ca;
    std::string location;
    TestingServer server(ca.issue(), [&](const Seen& seen, Talk& talk) {
        if (seen.path == "/there") {
            talk.send(http(200, R"({"data":"there"})", {"Set-Cookie: s=1"}));
        } else {
            talk.send(http(302, "", {"Location: " + location, "X-Redirect-Token: token=t1"}));
        }
    });
    location = GENERATE(as<std::string>(), "/there", "absolute");
    if (location == "absolute") {
        location = "https://127.0.0.1:" + std::to_string(server.port()) + "/there";
    }
    Target target(quick_spec(ca, server.port()), fresh_key());
    Meter meter;
    const auto response = target.send({Method::get, "/here", {}}, Stop(), meter);
    REQUIRE(response.ok());
    CHECK(response->body.text() == R"({"data":"there"})");
    const auto seen = server.seen();
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].has("authorization"));
    CHECK(seen[1].header("cookie") == "token=t1");
    CHECK_FALSE(seen[1].has("authorization"));
    // The way led to a login all the same.
    CHECK(target.send({Method::get, "/there", {}}, Stop(), meter).ok());
    CHECK(server.seen()[2].header("cookie") == "s=1");
}

TEST_CASE("any other redirect is refused, and nothing is sent after it") {
    struct Case {
        const char* location;
        const char* token;
    };
    const auto given = GENERATE(values<Case>({{"https://elsewhere.example:9440/there", "t=1"},
                                              {"http://127.0.0.1/there", "t=1"},
                                              {"//elsewhere.example/there", "t=1"},
                                              {"/here", "t=1"},  // for ever
                                              {"/there", ""}}));
    INFO(given.location);
    Stage stage([given](const Seen& /*seen*/, Talk& talk) {
        talk.send(http(302, "",
                       {std::string("Location: ") + given.location,
                        std::string("X-Redirect-Token: ") + given.token}));
    });
    const Status status = stage.get("/here").status();
    CHECK(status.reason() == "ERROR_PRISM_ANSWER");
    CHECK_THAT(status.message(), Catch::Contains("redirects to") &&
                                     Catch::Contains(given.location) && !Catch::Contains("t=1"));
    CHECK(stage.meter.requests == (std::string(given.location) == "/here" ? 2u : 1u));
}

TEST_CASE("a token that is refused says nothing about the credential") {
    Stage stage([](const Seen& seen, Talk& talk) {
        if (seen.path == "/there") {
            talk.send(http(401, ""));
        } else if (seen.path == "/fine") {
            talk.send(http(200, "{}"));
        } else {
            talk.send(http(302, "", {"Location: /there", "X-Redirect-Token: t=1"}));
        }
    });
    CHECK(stage.get("/here").status().reason() == "ERROR_PRISM_ANSWER");
    CHECK(stage.get("/fine").ok());
}

TEST_CASE("endless headers end in an error") {
    Stage stage([](const Seen& /*seen*/, Talk& talk) {
        talk.send("HTTP/1.1 200 OK\r\n");
        while (!talk.closed()) {
            talk.send("X: y\r\n");
        }
    });
    CHECK(stage.get().status().reason() == "ERROR_PRISM_TOO_LARGE");
    CHECK(stage.meter.requests == 1);
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
    Stage stage([](const Seen& /*seen*/, Talk& talk) {
        talk.send("SSH-2.0-OpenSSH_9.2\r\n\r\n");
        talk.tear();
    });
    CHECK_THAT(stage.get().status().message(), Catch::Contains("not proper HTTP"));
    CHECK(stage.meter.requests == 1);
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
