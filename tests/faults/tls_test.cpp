// F26 to F28: certificates nobody should trust, handshakes that fail, and redirects.
#include <catch2/catch.hpp>

#include "tests/fault_proxy/fault_proxy.hpp"
#include "tests/faults/fault_case.hpp"

namespace pf::test {
namespace {

using sim::CertificateFlaw;

FaultCase flawed(const std::string& title, CertificateFlaw flaw, std::vector<std::string> words) {
    words.insert(words.end(), {"subject", "issuer", "valid ", "SHA-256"});
    return {title,
            [flaw](Scene& s) { s.prism.certificate = flaw; },
            fails("ERROR_TLS", std::move(words)),
            [](Scene& scene, const Outcome& outcome) {
                CHECK(scene.stats().requests == 0);
                CHECK_THAT(outcome.reasons(), Catch::Contains(scene.server().certificate_sha256()));
            },
            {},
            false};
}

}  // namespace

TEST_CASE("F26 a certificate that proves nothing is refused, described, with the fix", "[F26]") {
    play("F26", {flawed("expired", CertificateFlaw::expired, {"expired", "renew", "clock", "pin"}),
                 flawed("not yet valid", CertificateFlaw::not_yet_valid,
                        {"not yet valid", "clock", "pin"}),
                 flawed("another host", CertificateFlaw::wrong_host,
                        {"other-prism.example.test", "a name the certificate is for"}),
                 flawed("self-signed", CertificateFlaw::self_signed, {"self", "ca_cert", "pin"}),
                 flawed("an unknown CA", CertificateFlaw::unknown_ca, {"ca_cert", "pin"}),
                 flawed("a key of 1,024 bits", CertificateFlaw::weak_key, {"too weak", "2048"})});
}

TEST_CASE("F27 a handshake that stalls, or speaks only old TLS", "[F27]") {
    play("F27", {{"the handshake stalls",
                  [](Scene& s) { s.limits.connect = std::chrono::milliseconds(200); },
                  fails("ERROR_PRISM_UNREACHABLE", {"200 ms"}),
                  {},
                  [](Scene& s) {
                      auto& proxy = s.keep<FaultProxy>(s.server().port(),
                                                       Mischief{.kind = Mischief::Kind::mute});
                      s.secret["port"] = std::to_string(proxy.port());
                  },
                  false},
                 {"TLS 1.1 at most",
                  [](Scene& s) { s.prism.newest_tls = "1.1"; },
                  fails("ERROR_TLS", {"1.2"}),
                  {},
                  {},
                  false},
                 {"TLS 1.2 at most",
                  [](Scene& s) { s.prism.newest_tls = "1.2"; },
                  complete(),
                  {},
                  {},
                  false}});
}

TEST_CASE("F28 no credential follows a redirect", "[F28]") {
    const auto redirected = [](const std::string& title, const std::string& keys) {
        return FaultCase{title, [keys](Scene& s) { s.fault("redirect", keys); },
                         stops_at_page("ERROR_PRISM_ANSWER", {"redirect"}),
                         [](Scene& s, const Outcome&) { CHECK(s.stats().faults == 1); }};
    };
    play("F28", {redirected("to a login page of the same host", ""),
                 redirected("307 to the same host", "status=307"),
                 redirected("308 to a path", "status=308:location=/elsewhere"),
                 redirected("to a place that is none", "location=\\\\evil\\share")});

    // Another host, over TLS and in the clear: both listen, and nobody comes.
    for (const bool is_clear : {false, true}) {
        for (const Situation& at : all_situations({Generation::v4}, true)) {
            INFO((is_clear ? "http, " : "https, ") << at.place_name() << " seed " << at.seed);
            sim::Simulator other{sim::Config{}};
            Acceptor clear([](Socket client, int stop) { wait_for(client, Socket(), stop); });
            const std::string place =
                is_clear ? "http://127.0.0.1:" + std::to_string(clear.port()) + "/api/"
                         : "https://127.0.0.1:" + std::to_string(other.port()) + "/api/";
            const FaultCase elsewhere =
                redirected(is_clear ? "to another host, in the clear" : "to another host",
                           "status=302:location=" + place);
            play_one("F28", elsewhere, at);
            CHECK(other.stats().requests == 0);
            CHECK(other.stats().connections == 0);
            CHECK(clear.connections() == 0);
        }
    }
}

}  // namespace pf::test
