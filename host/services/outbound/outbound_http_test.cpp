#include <catch2/catch.hpp>

#include "host/prism/testing_certificates.hpp"
#include "host/prism/testing_server.hpp"
#include "host/services/outbound/delivery.hpp"
#include "host/services/outbound/testing_file.hpp"
#include "host/services/outbound/testing_receiver.hpp"

namespace pf::host::services {
namespace {

using prism::testing::Seen;
using prism::testing::Talk;
using prism::testing::TestCa;
using prism::testing::TestingServer;
using testing::answer;
using testing::Posted;
using testing::Receiver;

Patience quick() {
    Patience patience;
    patience.total = std::chrono::seconds(30);
    patience.first_pause = std::chrono::milliseconds(1);
    return patience;
}

Channel hook(const std::string& url) {
    Channel channel;
    channel.name = "ops";
    channel.url = Secret(url);
    return channel;
}

OutboundMessage news(const std::string& body = "{}") {
    OutboundMessage message;
    message.key = "parcel-7";
    message.body = body;
    return message;
}

Status send(const Channel& channel, const Patience& patience = quick(),
            const AddressRules& rules = {}) {
    return deliver(channel, news(), rules, patience, Stop());
}

TEST_CASE("a message arrives once, byte for byte", "[outbound]") {
    const Receiver receiver([](unsigned, const Posted&) { return answer(200); });
    Channel channel = hook(receiver.url("/services/T0%2F1?sig=a%2Fb"));
    channel.headers["Authorization"] = Secret("Bearer token");
    const std::string body = "{\"text\":\"\xc3\xbc \\\"quoted\\\"\",\"x\":\"\r\n.\r\n..\\u0000\"}";
    OutboundMessage message = news(body);
    message.key = "a key\r\nX-Evil: 1";
    REQUIRE(deliver(channel, message, {}, quick(), Stop()).ok());
    REQUIRE(receiver.posted().size() == 1);
    const Posted posted = receiver.posted().front();
    CHECK(posted.body == body);
    CHECK(posted.head.starts_with("POST /services/T0%2F1?sig=a%2Fb HTTP/1.1\r\n"));
    CHECK(posted.head.find("\r\nHost: 127.0.0.1:" + std::to_string(receiver.port()) + "\r\n") !=
          std::string::npos);
    CHECK(posted.head.find("\r\nContent-Type: application/json\r\n") != std::string::npos);
    CHECK(posted.head.find("\r\nAuthorization: Bearer token\r\n") != std::string::npos);
    CHECK(posted.head.find("\r\nUser-Agent: prismforet/") != std::string::npos);
    CHECK(posted.head.find("\r\nIdempotency-Key: a-key--X-Evil--1\r\n") != std::string::npos);
    CHECK(posted.head.find("\r\nX-Evil") == std::string::npos);
}

TEST_CASE("what passes is tried again, with the same key", "[outbound]") {
    const int status = GENERATE(500, 502, 503, 504, 408, 425, 429);
    const Receiver receiver([status](unsigned number, const Posted&) {
        return answer(number < 3 ? status : 204, "Retry-After: 0\r\n", number < 3 ? "x" : "");
    });
    CHECK(send(hook(receiver.url("/"))).ok());
    REQUIRE(receiver.posted().size() == 3);
    CHECK(receiver.posted().front().head == receiver.posted().back().head);
}

TEST_CASE("what never works is tried once", "[outbound]") {
    const int status =
        GENERATE(300, 301, 302, 307, 308, 304, 400, 401, 403, 404, 405, 410, 413, 415, 418, 422);
    const Receiver receiver([status](unsigned, const Posted&) {
        return answer(status, "Location: http://169.254.169.254/latest\r\nRetry-After: 0\r\n");
    });
    const Status sent = send(hook(receiver.url("/")));
    CHECK(sent.code() == Code::invalid_argument);
    CHECK(sent.reason() == "ERROR_OUTBOUND_REFUSED");
    CHECK(sent.message().find("HTTP " + std::to_string(status)) != std::string::npos);
    CHECK(sent.message().find("127.0.0.1:" + std::to_string(receiver.port())) != std::string::npos);
    CHECK(receiver.posted().size() == 1);
}

TEST_CASE("tries end, and their number is told", "[outbound]") {
    const Receiver receiver([](unsigned, const Posted&) { return answer(503); });
    const Status sent = send(hook(receiver.url("/")));
    CHECK(sent.code() == Code::unavailable);
    CHECK(sent.reason() == "ERROR_OUTBOUND_BUSY");
    CHECK(sent.message().find("in 4 attempts: HTTP 503") != std::string::npos);
    CHECK(receiver.posted().size() == 4);
}

TEST_CASE("an ordered wait that is longer than the patience ends it", "[outbound]") {
    const std::string wait = GENERATE(std::string("45"), std::string("99999999999999999999"),
                                      std::string("Fri, 31 Dec 2100 23:59:59 GMT"));
    const Receiver receiver(
        [wait](unsigned, const Posted&) { return answer(429, "Retry-After: " + wait + "\r\n"); });
    const Status sent = send(hook(receiver.url("/")));
    CHECK(sent.reason() == "ERROR_OUTBOUND_BUSY");
    CHECK(receiver.posted().size() == 1);
}

TEST_CASE("an ordered wait that is over or unreadable is none", "[outbound]") {
    const std::string wait = GENERATE(std::string("Sun, 06 Nov 1994 08:49:37 GMT"),
                                      std::string("0"), std::string("soon"), std::string("-5"));
    const Receiver receiver([wait](unsigned number, const Posted&) {
        return answer(number == 1 ? 429 : 200, "Retry-After: " + wait + "\r\n");
    });
    CHECK(send(hook(receiver.url("/"))).ok());
    CHECK(receiver.posted().size() == 2);
}

TEST_CASE("a receiver that says nothing exhausts the patience", "[outbound]") {
    const Receiver receiver([](unsigned, const Posted&) { return std::string(); });
    Patience patience = quick();
    patience.attempt = std::chrono::milliseconds(100);
    patience.tries = 2;
    const Status sent = send(hook(receiver.url("/")), patience);
    CHECK(sent.code() == Code::unavailable);
    CHECK(sent.reason() == "ERROR_OUTBOUND_UNREACHABLE");
    CHECK(sent.message().find("in 2 attempts: no answer in time") != std::string::npos);

    patience.attempt = std::chrono::hours(1);
    patience.total = std::chrono::milliseconds(100);
    patience.tries = 1000;
    CHECK(send(hook(receiver.url("/")), patience).reason() == "ERROR_OUTBOUND_UNREACHABLE");
}

TEST_CASE("an answer without end does not hold up what was sent", "[outbound]") {
    const Receiver receiver([](unsigned, const Posted&) {
        return "HTTP/1.1 200 OK\r\n\r\n" + std::string(1 << 20, 'x');
    });
    CHECK(send(hook(receiver.url("/"))).ok());
    CHECK(receiver.posted().size() == 1);
}

TEST_CASE("what is no HTTP is no receiver", "[outbound]") {
    const std::string bytes = GENERATE(
        std::string("220 mail\r\n"), std::string("\r\n\r\n"), std::string("HTTP/1.1 xyz\r\n\r\n"),
        "HTTP/1.1 200 OK\r\nX: " + std::string(100000, 'x'), std::string("HTTP/1.1 20"));
    const Receiver receiver([bytes](unsigned, const Posted&) { return bytes; });
    const Status sent = send(hook(receiver.url("/")));
    CHECK(sent.reason() == "ERROR_OUTBOUND_UNREACHABLE");
}

TEST_CASE("nobody there is unreachable", "[outbound]") {
    std::uint16_t port = 0;
    {
        const Receiver gone([](unsigned, const Posted&) { return answer(200); });
        port = gone.port();
    }
    const Status sent = send(hook("http://127.0.0.1:" + std::to_string(port) + "/x"));
    CHECK(sent.code() == Code::unavailable);
    CHECK(sent.reason() == "ERROR_OUTBOUND_UNREACHABLE");
    CHECK(sent.message().find("refused") != std::string::npos);
}

TEST_CASE("addresses that are not permitted are not connected to", "[outbound]") {
    AddressRules strict;
    strict.allows_private = false;
    const Receiver receiver([](unsigned, const Posted&) { return answer(200); });
    const Status sent = send(hook(receiver.url("/")), quick(), strict);
    CHECK(sent.code() == Code::invalid_argument);
    CHECK(sent.reason() == "ERROR_OUTBOUND_ADDRESS");
    CHECK(receiver.posted().empty());
    strict.allowed = {"127.0.0.1"};
    CHECK(send(hook(receiver.url("/")), quick(), strict).ok());

    for (const char* url :
         {"http://169.254.169.254/", "http://2852039166/", "http://[::ffff:169.254.169.254]/",
          "http://metadata.google.internal/", "http://0.0.0.0/", "http://[::]/"}) {
        CAPTURE(url);
        CHECK(send(hook(url)).reason() == "ERROR_OUTBOUND_ADDRESS");
    }
}

TEST_CASE("over TLS the server must be who it should be", "[outbound]") {
    const TestCa ca;
    const testing::File ca_file(ca.pem());
    const auto say = [](const Seen&, Talk& talk) { talk.send(prism::testing::http(200, "ok")); };
    const auto url = [](const TestingServer& server) {
        return "https://localhost:" + std::to_string(server.port()) + "/x";
    };
    prism::testing::CertificateWish other;
    other.alternatives = "DNS:other.example";
    const TestingServer server(ca.issue(), say);
    const TestingServer wrong_name(ca.issue(other), say);

    Channel channel = hook(url(server));
    channel.ca_file = ca_file.path();
    CHECK(send(channel).ok());
    CHECK(server.seen().size() == 1);

    channel.url = Secret(url(wrong_name));
    const Status mismatch = send(channel);
    CHECK(mismatch.code() == Code::unavailable);
    CHECK(mismatch.reason() == "ERROR_OUTBOUND_UNREACHABLE");
    CHECK(mismatch.message().find("certificate was refused") != std::string::npos);
    CHECK(mismatch.message().find("--pin-sha256") == std::string::npos);
    CHECK(wrong_name.seen().empty());
    CHECK(wrong_name.hellos() == 1);  // no other attempt

    channel.url = Secret(url(server));
    channel.ca_file.clear();
    CHECK(send(channel).reason() == "ERROR_OUTBOUND_UNREACHABLE");
    CHECK(server.seen().size() == 1);

    channel.ca_file = "/nowhere/ca.pem";
    CHECK(send(channel).reason() == "ERROR_OUTBOUND_CHANNEL");
}

}  // namespace
}  // namespace pf::host::services
