// Connections: reuse, the idle-close race, login and cookies on the wire.
#include <catch2/catch.hpp>

#include "host/base/call_trace.hpp"
#include "host/prism/testing_target.hpp"

using namespace pf::host;
using namespace pf::host::prism;
using namespace pf::host::prism::testing;

namespace {

void always_fine(const Seen& /*seen*/, Talk& talk) { talk.send(http(200, "{}")); }

// Gives a cookie to a good credential; accepts that cookie until request `expires_at`.
Script with_cookies(unsigned expires_at) {
    return [expires_at](const Seen& seen, Talk& talk) {
        const std::string wanted = seen.number < expires_at ? "s=1" : "s=2";
        if (seen.header("authorization") == "Basic cmVhZGVyOnMzY3JldCE=") {
            talk.send(http(200, "{}", {"Set-Cookie: " + wanted + "; Path=/;Secure;HttpOnly"}));
        } else if (seen.header("cookie") == wanted && !seen.has("authorization")) {
            talk.send(http(200, "{}"));
        } else {
            talk.send(http(401, ""));
        }
    };
}

}  // namespace

TEST_CASE("one connection serves requests in a row, with the headers Prism wants") {
    Stage stage(always_fine);
    for (int i = 0; i < 5; ++i) {
        CHECK(stage.get("/api/vmm/v4.0/x?$page=1").ok());
    }
    CHECK(stage.server.connections() == 1);
    const auto seen = stage.server.seen();
    REQUIRE(seen.size() == 5);
    CHECK(seen[0].path == "/api/vmm/v4.0/x?$page=1");
    CHECK(seen[0].method == "GET");
    CHECK(seen[0].header("host") == stage.target->name());
    CHECK(seen[0].header("connection") == "keep-alive");
    CHECK(seen[0].header("accept") == "application/json");
    CHECK(seen[0].header("accept-encoding") == "identity");
    CHECK(stage.meter.requests == 5);
    CHECK(stage.meter.retries == 0);
    CHECK(stage.meter.bytes == 10);
    CHECK(stage.meter.wait_us > 0);
}

TEST_CASE("a v3 list is posted with its body") {
    Stage stage(always_fine);
    const auto response = stage.target->send(
        {Method::post, "/api/nutanix/v3/vms/list", R"({"kind":"vm"})"}, Stop(), stage.meter);
    REQUIRE(response.ok());
    CHECK(response->status == 200);
    CHECK(response->body.text() == "{}");
    const auto seen = stage.server.seen();
    CHECK(seen[0].method == "POST");
    CHECK(seen[0].body == R"({"kind":"vm"})");
    CHECK(seen[0].header("content-type") == "application/json");
}

TEST_CASE("a connection the server closed while idle is replaced without counting a try") {
    // The second request of the first connection is not answered at all.
    Stage stage(
        [](const Seen& seen, Talk& talk) {
            if (seen.connection == 1 && seen.number == 2) {
                talk.tear();
            } else {
                always_fine(seen, talk);
            }
        },
        [](TargetSpec& spec) { spec.limits.tries = 1; });
    CHECK(stage.get().ok());
    CHECK(stage.get().ok());
    CHECK(stage.server.connections() == 2);
    CHECK(stage.meter.requests == 2);
    CHECK(stage.meter.retries == 0);
}

TEST_CASE("a new connection that dies without an answer is a failed try") {
    Stage stage([](const Seen& seen, Talk& talk) {
        if (seen.number < 3) {
            talk.close();
        } else {
            always_fine(seen, talk);
        }
    });
    CHECK(stage.get().ok());
    CHECK(stage.meter.requests == 3);
    CHECK(stage.meter.retries == 2);
}

TEST_CASE("a server that says close is not sent another request over that connection") {
    Stage stage([](const Seen& /*seen*/, Talk& talk) {
        talk.send(http(200, "{}", {"Connection: close"}));
        talk.close();
    });
    CHECK(stage.get().ok());
    CHECK(stage.get().ok());
    CHECK(stage.server.connections() == 2);
    CHECK(stage.server.resumed() == 0);  // such a connection leaves no session behind
    CHECK(stage.meter.retries == 0);
}

TEST_CASE("a second connection resumes the TLS session") {
    Stage stage([](const Seen& seen, Talk& talk) {
        always_fine(seen, talk);
        if (seen.number == 2) {
            talk.close();
        }
    });
    for (int i = 0; i < 3; ++i) {
        CHECK(stage.get().ok());
    }
    CHECK(stage.server.connections() == 2);
    CHECK(stage.server.resumed() == 1);
}

TEST_CASE("the credential travels once, cookies after that") {
    Stage stage(with_cookies(1000));
    for (int i = 0; i < 4; ++i) {
        CHECK(stage.get().ok());
    }
    CHECK(stage.meter.logins == 1);
    CHECK(stage.server.seen()[3].header("cookie") == "s=1");
}

TEST_CASE("an expired session is renewed once and the request repeated") {
    Stage stage(with_cookies(3));
    for (int i = 0; i < 4; ++i) {
        CHECK(stage.get().ok());
    }
    CHECK(stage.meter.logins == 2);
    CHECK(stage.meter.requests == 5);
}

TEST_CASE("an answer that anybody gets does not count as a login") {
    const std::string gateway = GENERATE(
        http(503, "", {"Set-Cookie: g=1"}), http(302, "", {"Set-Cookie: g=1"}),
        http(200, "<html>", {"Content-Type: text/html", "Set-Cookie: g=1"}), http(404, ""));
    Stage stage([gateway](const Seen& seen,
                          Talk& talk) { talk.send(seen.number == 1 ? gateway : http(401, "")); },
                [](TargetSpec& spec) { spec.limits.tries = 1; });
    CHECK_FALSE(stage.get().ok());
    // Never accepted before: one refusal is enough.
    CHECK(stage.get().status().reason() == "ERROR_INVALID_CREDENTIALS");
    CHECK(stage.meter.requests == 2);
    CHECK(stage.meter.logins == 2);
}

TEST_CASE("a server without cookies gets the credential each time") {
    Stage stage(always_fine);
    for (int i = 0; i < 3; ++i) {
        CHECK(stage.get().ok());
    }
    CHECK(stage.meter.logins == 3);
}

TEST_CASE("a wrong password is tried once, and not again for the same credential") {
    const TestCa ca;
    TestingServer server(ca.issue(), [](const Seen& /*seen*/, Talk& talk) {
        talk.send(http(401, "<html>no</html>", {"Content-Type: text/html"}));
    });
    Targets targets;
    Meter meter;
    for (int i = 0; i < 3; ++i) {
        const auto target = targets.acquire(quick_spec(ca, server.port()));
        const Status status = target->send({Method::get, "/x", {}}, Stop(), meter).status();
        CHECK(status.code() == Code::unauthenticated);
        CHECK(status.reason() == "ERROR_INVALID_CREDENTIALS");
        CHECK(status.message().find("s3cret") == std::string::npos);
    }
    CHECK(server.seen().size() == 1);
    TargetSpec corrected = quick_spec(ca, server.port());
    corrected.credential.password = Secret("other");
    CHECK_FALSE(targets.acquire(corrected)->send({Method::get, "/x", {}}, Stop(), meter).ok());
    CHECK(server.seen().size() == 2);
}

TEST_CASE("an API key goes with each request and nothing else does") {
    Stage stage(
        [](const Seen& /*seen*/, Talk& talk) { talk.send(http(200, "{}", {"Set-Cookie: s=1"})); },
        [](TargetSpec& spec) {
            spec.credential.username = "X-ntnx-api-key";
            spec.credential.password = Secret("key-1");
        });
    CHECK(stage.get().ok());
    CHECK(stage.get().ok());
    for (const Seen& seen : stage.server.seen()) {
        CHECK(seen.header("x-ntnx-api-key") == "key-1");
        CHECK_FALSE(seen.has("authorization"));
        CHECK_FALSE(seen.has("cookie"));
    }
}

TEST_CASE("each request of a traced call is a child in the caller's trace") {
    Stage stage(
        [](const Seen& seen, Talk& talk) { talk.send(http(seen.number == 1 ? 503 : 200, "{}")); });
    const std::string trace_id = "0af7651916cd43dd8448eb211c80319c";
    auto call = std::make_shared<CallTrace>();
    call->request_id = "req-1";
    call->parent = TraceParent{trace_id, true};
    call->state = "vendor=1";
    {
        const CallTrace::Scope scope(call);
        CHECK(stage.get("/api/a").ok());
    }
    CHECK(stage.get("/api/b").ok());
    const auto seen = stage.server.seen();
    REQUIRE(seen.size() == 3);
    for (const std::size_t at : {0, 1}) {  // the repeated one too
        CHECK(seen[at].path == "/api/a");
        CHECK(seen[at].header("traceparent").substr(0, 36) == "00-" + trace_id + "-");
        CHECK(parse_traceparent(seen[at].header("traceparent")));
        CHECK(seen[at].header("tracestate") == "vendor=1");
    }
    CHECK(seen[0].header("traceparent") != seen[1].header("traceparent"));
    CHECK_FALSE(seen[2].has("traceparent"));
    CHECK_FALSE(seen[2].has("tracestate"));
}

TEST_CASE("a failure names Prism's own id of the request") {
    for (const std::string header : {"NTNX-Request-Id: 7d2f", "X-Request-Id: 7d2f"}) {
        INFO(header);
        Stage stage(
            [&header](const Seen& /*seen*/, Talk& talk) { talk.send(http(403, "{}", {header})); });
        const auto refused = stage.get("/api/a");
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.status().message().find("(Prism's request id 7d2f)") != std::string::npos);
    }
    Stage without([](const Seen& /*seen*/, Talk& talk) { talk.send(http(403, "{}")); });
    CHECK(without.get("/api/a").status().message().find("request id") == std::string::npos);
}
