// Certificates made on the spot for tests: a CA, and servers it vouches for.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace pf::host::prism::testing {

using Key = std::shared_ptr<EVP_PKEY>;
using Certificate = std::shared_ptr<X509>;

// What a server shows, and the key that goes with it.
struct ServerIdentity {
    Certificate certificate;
    Key key;
    std::string sha256() const;  // lower-case hex
    std::string pem() const;
};

struct CertificateWish {
    std::string name = "prism.example";
    std::string alternatives = "DNS:localhost,IP:127.0.0.1";  // subjectAltName; may be empty
    long valid_from = -3600;                                  // seconds from now
    long valid_to = 3600;
    unsigned rsa_bits = 0;  // 0: an elliptic key
    bool with_sha1 = false;
    bool self_signed = false;
};

class TestCa {
  public:
    TestCa();
    ServerIdentity issue(const CertificateWish& wish = {}) const;
    std::string pem() const;

  private:
    ServerIdentity self_;
};

}  // namespace pf::host::prism::testing
