#include "host/observe/status_server.hpp"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>

#include <catch2/catch.hpp>
#include <stdexcept>

namespace observe = pf::host::observe;
namespace net = Poco::Net;
using Catch::Matchers::Contains;
using observe::StatusAnswer;
using observe::StatusServer;

namespace {

std::unique_ptr<StatusServer> serve() {
    auto server = StatusServer::start(
        "127.0.0.1:0", {{"/fine",
                         [] {
                             return StatusAnswer{200, "application/json", "{\"a\":1}"};
                         }},
                        {"/busy",
                         [] {
                             return StatusAnswer{503, "text/plain", "why"};
                         }},
                        {"/broken", []() -> StatusAnswer { throw std::runtime_error("s3cret"); }}});
    INFO(server.status().text());
    REQUIRE(server.ok());
    return std::move(*server);
}

struct Got {
    int status = 0;
    std::string body;
    net::HTTPResponse response;
};

Got ask(const StatusServer& server, const std::string& path, const std::string& method = "GET",
        const std::string& host = "") {
    const std::string& address = server.address();
    const std::size_t colon = address.rfind(':');
    net::HTTPClientSession session(
        address.substr(0, colon), static_cast<Poco::UInt16>(std::stoul(address.substr(colon + 1))));
    net::HTTPRequest request(method, path, "HTTP/1.1");
    if (!host.empty()) {
        request.setHost(host);
    }
    session.sendRequest(request);
    Got got;
    Poco::StreamCopier::copyToString(session.receiveResponse(got.response), got.body);
    got.status = got.response.getStatus();
    return got;
}

}  // namespace

TEST_CASE("a page is answered with its status, type and body, and nothing may keep it") {
    const auto server = serve();
    const Got got = ask(*server, "/fine?x=1");
    CHECK(got.status == 200);
    CHECK(got.body == "{\"a\":1}");
    CHECK(got.response.getContentType() == "application/json");
    CHECK(got.response.get("Cache-Control") == "no-store");
    CHECK(got.response.get("Content-Security-Policy") == "default-src 'none'");
    CHECK(got.response.get("X-Content-Type-Options") == "nosniff");
    CHECK(ask(*server, "/busy").status == 503);
}

TEST_CASE("HEAD has no body; other methods and paths are refused") {
    const auto server = serve();
    const Got head = ask(*server, "/fine", "HEAD");
    CHECK(head.status == 200);
    CHECK(head.body.empty());
    CHECK(head.response.getContentLength() == 7);
    for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS"}) {
        INFO(method);
        CHECK(ask(*server, "/fine", method).status == 405);
    }
    for (const char* path : {"/", "/fine/", "//fine", "/%66ine", "/../fine"}) {
        INFO(path);
        const Got missing = ask(*server, path);
        CHECK(missing.status == 404);
        CHECK_THAT(missing.body, Contains("/fine"));
    }
}

TEST_CASE("a page that fails tells the log and not the asker") {
    const auto server = serve();
    const Got got = ask(*server, "/broken");
    CHECK(got.status == 500);
    CHECK(got.body.find("s3cret") == std::string::npos);
    CHECK(ask(*server, "/fine").status == 200);
}

TEST_CASE("on a loopback address only loopback names are answered") {
    const auto server = serve();
    CHECK(ask(*server, "/fine", "GET", "localhost:8080").status == 200);
    CHECK(ask(*server, "/fine", "GET", "[::1]:8080").status == 200);
    CHECK(ask(*server, "/fine", "GET", "evil.example.com").status == 421);
    CHECK(ask(*server, "/fine", "GET", "127.0.0.1.evil.example.com").status == 421);
}

TEST_CASE("an address that cannot be had is one clear error") {
    const auto none = StatusServer::start("nonsense", {});
    CHECK(none.status().reason() == "ERROR_LISTEN_ADDRESS");
    CHECK_THAT(none.status().message(), Contains("127.0.0.1:8080"));
    const auto server = serve();
    const auto taken = StatusServer::start(server->address(), {});
    CHECK(taken.status().reason() == "ERROR_LISTEN");
    CHECK_THAT(taken.status().message(), Contains(server->address()));
}
