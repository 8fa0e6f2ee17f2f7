#pragma once
// A certificate authority made for one run, and the server certificate it signs.

#include <memory>
#include <string>
#include <vector>

#include "tests/prism_sim/config.hpp"

struct x509_st;
struct evp_pkey_st;

namespace pf::sim {

struct FreeCertificate {
    void operator()(x509_st* certificate) const;
};
struct FreeKey {
    void operator()(evp_pkey_st* key) const;
};

struct Certificates {
    std::string ca_pem;         ///< What a client is told to trust.
    std::string server_sha256;  ///< Of the DER form, lower-case hex.
    std::unique_ptr<x509_st, FreeCertificate> server;
    std::unique_ptr<x509_st, FreeCertificate> issuer;  ///< Sent beside it; null if self-signed.
    std::unique_ptr<evp_pkey_st, FreeKey> server_key;
};

/// Keys are P-256, validity begins an hour ago and lasts a year, the server's names are localhost,
/// 127.0.0.1, ::1 and `more_names` (addresses are recognised), as far as `flaw` does not say
/// otherwise. Throws std::runtime_error.
Certificates make_certificates(const std::vector<std::string>& more_names,
                               CertificateFlaw flaw = CertificateFlaw::none);

}  // namespace pf::sim
