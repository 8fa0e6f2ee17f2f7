// Which certificates are accepted, and that nothing is sent to a server that shows another one.
#include "host/prism/tls.hpp"

#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>

#include "host/prism/testing_target.hpp"
#include "host/prism/testing_tcp.hpp"

using namespace pf::host;
using namespace pf::host::prism;
using namespace pf::host::prism::testing;

namespace {

struct Show {
    explicit Show(const CertificateWish& wish = {}, int newest = 0)
        : identity(ca.issue(wish)),
          server(
              identity, [](const Seen& /*seen*/, Talk& talk) { talk.send(http(200, "{}")); },
              newest) {}

    Status visit(const TlsSettings& tls, const std::string& host = "127.0.0.1") {
        TargetSpec spec = quick_spec(ca, server.port());
        spec.host = host;
        spec.tls = tls;
        Target target(spec, fresh_key());
        return target.send({Method::get, "/x", {}}, Stop(), meter).status();
    }
    // A certificate was refused, in words, and the server heard nothing. The last words are the
    // advice, and switching the check off is none.
    void refused(const Status& status, const std::string& why,
                 const std::string& issuer = "Test CA",
                 const std::string& advice = "fingerprint_sha256") const {
        CHECK(status.code() == Code::unavailable);
        CHECK(status.reason() == "ERROR_TLS");
        CHECK_THAT(status.message(),
                   Catch::Contains(why) && Catch::Contains("subject CN=") &&
                       Catch::Contains("issuer CN=" + issuer) && Catch::Contains("valid 20") &&
                       Catch::Contains(identity.sha256()) && !Catch::Contains("verify_ssl"));
        CHECK_THAT(status.message().substr(status.message().rfind("; ")), Catch::Contains(advice));
        CHECK(server.seen().empty());
        CHECK(meter.requests == 1);
    }

    TestCa ca;
    ServerIdentity identity;
    TestingServer server;
    Meter meter;
};

TlsSettings with_ca(const TestCa& ca) {
    TlsSettings tls;
    tls.ca_pem = ca.pem();
    return tls;
}

TlsSettings with_pin(const std::string& pin) {
    TlsSettings tls;
    tls.pin_sha256 = pin;
    return tls;
}

}  // namespace

TEST_CASE("a certificate of the given CA is accepted by address and by name") {
    Show show;
    CHECK(show.visit(with_ca(show.ca)).ok());
    CHECK(show.visit(with_ca(show.ca), "localhost").ok());
}

TEST_CASE("the CA may come as one line or as the server's own certificate") {
    Show show;
    TlsSettings line = with_ca(show.ca);
    for (char& c : line.ca_pem) {
        c = c == '\n' ? ' ' : c;
    }
    CHECK(show.visit(line).ok());
    TlsSettings own;
    own.ca_pem = show.identity.pem();
    CHECK(show.visit(own).ok());
}

TEST_CASE("the CA may come from a file") {
    Show show;
    char name[] = "/tmp/pf-ca-XXXXXX";
    const int fd = ::mkstemp(name);
    REQUIRE(fd >= 0);
    ::close(fd);
    std::ofstream(name) << show.ca.pem();
    TlsSettings tls;
    tls.ca_file = name;
    CHECK(show.visit(tls).ok());
    std::remove(name);
    const Status missing = show.visit(tls);
    CHECK(missing.code() == Code::invalid_argument);
    CHECK_THAT(missing.message(), Catch::Contains(name));
}

TEST_CASE("another CA, or none, is refused with what was presented") {
    Show show;
    SECTION("another") { show.refused(show.visit(with_ca(TestCa())), "issuer"); }
    SECTION("none") { show.refused(show.visit(TlsSettings()), "issuer"); }
}

TEST_CASE("a certificate for another name is refused") {
    CertificateWish wish;
    wish.alternatives = "DNS:pc1.example,IP:192.0.2.1";
    Show show(wish);
    SECTION("by address") { show.refused(show.visit(with_ca(show.ca)), "IP address mismatch"); }
    SECTION("by name") {
        show.refused(show.visit(with_ca(show.ca), "localhost"), "DNS:pc1.example");
    }
}

TEST_CASE("a certificate out of its time is refused") {
    CertificateWish wish;
    SECTION("expired") {
        wish.valid_from = -7200;
        wish.valid_to = -3600;
        Show show(wish);
        show.refused(show.visit(with_ca(show.ca)), "expired");
    }
    SECTION("not yet valid") {
        wish.valid_from = 3600;
        wish.valid_to = 7200;
        Show show(wish);
        show.refused(show.visit(with_ca(show.ca)), "not yet valid");
    }
}

TEST_CASE("a self-signed certificate is refused unless it was given") {
    CertificateWish wish;
    wish.self_signed = true;
    Show show(wish);
    show.refused(show.visit(with_ca(show.ca)), "self", "prism.example",
                 "this certificate itself as ca_cert");
    TlsSettings own;
    own.ca_pem = show.identity.pem();
    CHECK(show.visit(own).ok());
}

TEST_CASE("a weak key or signature is refused, also from a trusted CA") {
    CertificateWish wish;
    SECTION("key") {
        wish.rsa_bits = 1024;
        Show show(wish);
        show.refused(show.visit(with_ca(show.ca)), "key too weak", "Test CA", "2048 bits");
    }
    SECTION("signature") {
        wish.with_sha1 = true;
        Show show(wish);
        show.refused(show.visit(with_ca(show.ca)), "digest algorithm too weak", "Test CA",
                     "SHA-256");
    }
}

TEST_CASE("a server that speaks nothing newer than TLS 1.1 is refused at once") {
    Show show({}, TLS1_1_VERSION);
    const Status status = show.visit(with_ca(show.ca));
    CHECK(status.reason() == "ERROR_TLS");
    CHECK_THAT(status.message(), Catch::Contains("1.2 or newer"));
    CHECK(show.meter.requests == 1);
    CHECK(show.server.seen().empty());
}

TEST_CASE("a port that speaks plain HTTP is told apart from a broken connection") {
    const TcpServer server([](Wire& wire) {
        wire.receive();
        wire.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    });
    const TestCa ca;
    Target target(quick_spec(ca, server.port()), fresh_key());
    Meter meter;
    const Status status = target.send({Method::get, "/x", {}}, Stop(), meter).status();
    CHECK(status.reason() == "ERROR_TLS");
    CHECK_THAT(status.message(), Catch::Contains("does not speak TLS"));
    CHECK(meter.requests == 1);
}

TEST_CASE("a server that wants to renegotiate gets no second handshake and nobody hangs") {
    const TestCa ca;
    TestingServer server(
        ca.issue(),
        [](const Seen& /*seen*/, Talk& talk) {
            talk.renegotiate();
            talk.send(http(200, "{}"));
        },
        TLS1_2_VERSION);
    Target target(quick_spec(ca, server.port()), fresh_key());
    Meter meter;
    // The server meets our refusal when it reads the second request, and may take it ill.
    CHECK(target.send({Method::get, "/x", {}}, Stop(), meter).ok());
    CHECK(target.send({Method::get, "/x", {}}, Stop(), meter).ok());
    CHECK(server.hellos() == server.connections());
}

TEST_CASE("a pin accepts exactly one certificate, whatever its chain, name and time") {
    CertificateWish wish;
    wish.alternatives = "DNS:elsewhere.example";
    wish.valid_to = -60;
    Show show(wish);
    std::string shouted = show.identity.sha256();
    for (char& c : shouted) {
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    CHECK(show.visit(with_pin(show.identity.sha256())).ok());
    CHECK(show.visit(with_pin(shouted)).ok());
}

TEST_CASE("a pin refuses another certificate, also with verification off and a good chain") {
    Show show;
    TlsSettings tls = with_pin(std::string(64, 'a'));
    SECTION("pin only") { show.refused(show.visit(tls), "not the pinned one"); }
    SECTION("with the CA") {
        tls.ca_pem = show.ca.pem();
        show.refused(show.visit(tls), "not the pinned one");
    }
    SECTION("verification off") {
        tls.verify = false;
        show.refused(show.visit(tls), "not the pinned one");
    }
}

TEST_CASE("verification can be switched off") {
    CertificateWish wish;
    wish.alternatives = "DNS:elsewhere.example";
    Show show(wish);
    TlsSettings tls;
    tls.verify = false;
    CHECK(show.visit(tls).ok());
}

TEST_CASE("settings that cannot work are told before anything is sent") {
    Show show;
    TlsSettings no_ca;
    no_ca.ca_pem = "hello";
    CHECK_THAT(show.visit(no_ca).text(),
               Catch::Contains("ERROR_TLS") && Catch::Contains("ca_cert"));
    CHECK_THAT(show.visit(with_pin("abc")).text(), Catch::Contains("fingerprint_sha256"));
    CHECK(show.server.connections() == 0);
}
