// What a server shows before anything is sent to it, also when it will never be sent anything.
#include "host/prism/probe.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "host/prism/testing_target.hpp"
#include "host/prism/testing_tcp.hpp"

using namespace pf::host;
using namespace pf::host::prism;
using namespace pf::host::prism::testing;

namespace {

struct Show {
    explicit Show(const CertificateWish& wish = {})
        : identity(ca.issue(wish)), server(identity, [](const Seen&, Talk&) {}) {}

    TargetSpec spec() const { return quick_spec(ca, server.port()); }

    TestCa ca;
    ServerIdentity identity;
    TestingServer server;
};

// Nobody listens there: the port was free a moment ago.
std::uint16_t closed_port() {
    return TcpServer([](Wire&) {}).port();
}

}  // namespace

TEST_CASE("addresses are found and tried one by one") {
    Show show;
    const auto addresses = find_addresses(show.spec(), Stop());
    REQUIRE(addresses.ok());
    CHECK(*addresses == std::vector<std::string>{"127.0.0.1"});
    const auto trials = try_addresses(show.spec(), Stop());
    REQUIRE(trials.size() == 1);
    CHECK(trials[0].address == "127.0.0.1");
    CHECK(trials[0].failure.ok());

    TargetSpec closed = show.spec();
    closed.port = closed_port();
    const auto refused = try_addresses(closed, Stop());
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].failure.reason() == "ERROR_PRISM_UNREACHABLE");

    TargetSpec unknown = show.spec();
    unknown.host = "no-such-host.invalid";
    CHECK(find_addresses(unknown, Stop()).status().reason() == "ERROR_PRISM_UNREACHABLE");
    CHECK(try_addresses(unknown, Stop()).empty());
}

TEST_CASE("a good certificate is shown with version, cipher and dates") {
    Show show;
    const auto facts = look_at_tls(show.spec(), Stop());
    REQUIRE(facts.ok());
    CHECK(facts->refusal.ok());
    CHECK(facts->version == "TLSv1.3");
    CHECK(facts->cipher != "");
    REQUIRE(!facts->chain.empty());
    const CertificateFacts& own = facts->chain.front();
    CHECK_THAT(own.subject, Catch::Contains("CN=prism.example"));
    CHECK_THAT(own.issuer, Catch::Contains("CN=Test CA"));
    CHECK(own.sha256 == show.identity.sha256());
    CHECK(own.names == std::vector<std::string>{"DNS:localhost", "IP:127.0.0.1"});
    CHECK(own.days_left == 0);
    CHECK_THAT(own.key, Catch::StartsWith("EC "));
    CHECK_THAT(own.not_after, Catch::StartsWith("20") && Catch::EndsWith("Z"));
    CHECK(show.server.seen().empty());
}

TEST_CASE("a refused certificate is shown all the same, and is judged as a connection would") {
    struct Case {
        const char* why;
        CertificateWish wish;
        std::function<void(TargetSpec&)> change;
    };
    const auto keep = [](TargetSpec&) {};
    CertificateWish expired;
    expired.valid_from = -7 * 86400;
    expired.valid_to = -2 * 86400 - 3600;
    CertificateWish elsewhere;
    elsewhere.alternatives = "DNS:other.example";
    CertificateWish own;
    own.self_signed = true;
    const std::vector<Case> cases = {
        {"expired", expired, keep},
        {"mismatch", elsewhere, keep},
        {"self", own, keep},
        {"pinned", {}, [](TargetSpec& spec) { spec.tls.pin_sha256 = std::string(64, 'a'); }},
        {"issuer", {}, [](TargetSpec& spec) { spec.tls.ca_pem = TestCa().pem(); }},
    };
    for (const Case& one : cases) {
        INFO(one.why);
        Show show(one.wish);
        TargetSpec spec = show.spec();
        one.change(spec);
        const auto facts = look_at_tls(spec, Stop());
        REQUIRE(facts.ok());
        REQUIRE(!facts->chain.empty());
        CHECK(facts->chain.front().sha256 == show.identity.sha256());
        CHECK(facts->refusal.reason() == "ERROR_TLS");
        Meter meter;
        Target target(spec, fresh_key());
        const Status collected = target.send({Method::get, "/x", {}}, Stop(), meter).status();
        CHECK_THAT(collected.message(), Catch::Contains(facts->refusal.message()));
        CHECK(show.server.seen().empty());
    }
    Show late(expired);
    const auto facts = look_at_tls(late.spec(), Stop());
    REQUIRE(facts.ok());
    CHECK(facts->chain.front().days_left == -3);
}

TEST_CASE("with the check off nothing is refused") {
    Show show;
    TargetSpec spec = show.spec();
    spec.tls = {};
    spec.tls.verify = false;
    const auto facts = look_at_tls(spec, Stop());
    REQUIRE(facts.ok());
    CHECK(facts->refusal.ok());
    CHECK(facts->chain.size() == 1);
}

TEST_CASE("without a handshake the reason is told in time") {
    Show show;
    TargetSpec closed = show.spec();
    closed.port = closed_port();
    CHECK(look_at_tls(closed, Stop()).status().reason() == "ERROR_PRISM_UNREACHABLE");

    // Takes everything and says nothing, until the client is gone.
    TcpServer silent([](Wire& wire) {
        while (!wire.receive().empty()) {
        }
    });
    TargetSpec spec = show.spec();
    spec.port = silent.port();
    spec.limits.connect = std::chrono::milliseconds(50);
    const Status late = look_at_tls(spec, Stop()).status();
    CHECK(late.reason() == "ERROR_PRISM_UNREACHABLE");
    CHECK_THAT(late.message(), Catch::Contains("50 ms"));

    StopSource stop;
    stop.request(Status(Code::cancelled, "ERROR_INTERRUPTED", "interrupted"));
    CHECK(look_at_tls(show.spec(), stop.stop()).status().reason() == "ERROR_INTERRUPTED");

    spec.tls.ca_pem = "no certificate";
    CHECK(look_at_tls(spec, Stop()).status().code() == Code::invalid_argument);
    CHECK(check_tls_settings(spec).code() == Code::invalid_argument);
    CHECK(check_tls_settings(show.spec()).ok());
}
