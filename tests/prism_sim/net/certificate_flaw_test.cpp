// Certificates with one thing wrong, as a client sees them that trusts the right CA.

#include <catch2/catch.hpp>

#include "tests/prism_sim/net/test_client.hpp"

using namespace pf::sim;
namespace net = Poco::Net;

namespace {

// What OpenSSL says about the server's chain when it may look, but not refuse.
long verdict_on(const Config& config) {
    Simulator sim(config);
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0");
    SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
    BIO* memory = BIO_new_mem_buf(sim.ca_pem().data(), static_cast<int>(sim.ca_pem().size()));
    X509* ca = PEM_read_bio_X509(memory, nullptr, nullptr, nullptr);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), ca);
    X509_free(ca);
    BIO_free(memory);
    net::StreamSocket socket(net::SocketAddress("127.0.0.1", sim.port()));
    SSL* ssl = SSL_new(context);
    SSL_set1_host(ssl, "localhost");
    SSL_set_fd(ssl, static_cast<int>(socket.impl()->sockfd()));
    const int connected = SSL_connect(ssl);
    const long verdict = connected == 1 ? SSL_get_verify_result(ssl) : -1;
    if (config.newest_tls == "1.1" && connected == 1) CHECK(SSL_version(ssl) == TLS1_1_VERSION);
    SSL_free(ssl);
    SSL_CTX_free(context);
    return verdict;
}

}  // namespace

TEST_CASE("each flaw is the one it says") {
    CHECK(verdict_on({}) == X509_V_OK);
    CHECK(verdict_on({.certificate = CertificateFlaw::expired}) == X509_V_ERR_CERT_HAS_EXPIRED);
    CHECK(verdict_on({.certificate = CertificateFlaw::not_yet_valid}) ==
          X509_V_ERR_CERT_NOT_YET_VALID);
    CHECK(verdict_on({.certificate = CertificateFlaw::wrong_host}) == X509_V_ERR_HOSTNAME_MISMATCH);
    CHECK(verdict_on({.certificate = CertificateFlaw::self_signed}) ==
          X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT);
    const long stranger = verdict_on({.certificate = CertificateFlaw::unknown_ca});
    CHECK(stranger != X509_V_OK);
    CHECK(stranger != -1);
    CHECK(verdict_on({.newest_tls = "1.1"}) == X509_V_OK);
}

TEST_CASE("a client with today's rules refuses the weak ones") {
    for (const CertificateFlaw flaw : {CertificateFlaw::weak_key, CertificateFlaw::weak_signature,
                                       CertificateFlaw::unknown_ca}) {
        CHECK(verdict_on({.certificate = flaw}) != -1);
        Simulator sim({.certificate = flaw});
        net::HTTPSClientSession session("127.0.0.1", sim.port(), trusting(sim.ca_pem()));
        net::HTTPRequest request(net::HTTPRequest::HTTP_GET, "/", net::HTTPMessage::HTTP_1_1);
        CHECK_THROWS_AS(session.sendRequest(request), net::SSLException);
    }
}

TEST_CASE("flaws have names") {
    CHECK(certificate_flaw("wrong-host") == CertificateFlaw::wrong_host);
    CHECK_THROWS_WITH(certificate_flaw("odd"), Catch::Contains("not-yet-valid"));
}
