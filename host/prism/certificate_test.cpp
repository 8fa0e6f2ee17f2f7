#include "host/prism/certificate.hpp"

#include <catch2/catch.hpp>

#include "host/prism/testing_certificates.hpp"

using namespace pf::host::prism;

TEST_CASE("a certificate is described by subject, issuer, dates, names and digest") {
    const testing::TestCa ca;
    testing::CertificateWish wish;
    wish.name = "pc1\x1b[2J.example";
    const auto server = ca.issue(wish);
    const std::string text = describe(*server.certificate);
    CHECK_THAT(text, Catch::Contains("issuer CN=Test CA"));
    CHECK_THAT(text, Catch::Contains("for DNS:localhost, IP:127.0.0.1"));
    CHECK_THAT(text, Catch::Contains("SHA-256 " + server.sha256()));
    CHECK_THAT(text, Catch::Contains("valid 20"));
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(server.sha256().size() == 64);
}
