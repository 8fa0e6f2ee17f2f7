// What a certificate says about itself, for messages.
#pragma once

#include <openssl/x509.h>

#include <string>

#include "host/prism/probe.hpp"

namespace pf::host::prism {

// SHA-256 of the DER form, 64 lower-case hex digits; empty when it cannot be computed.
std::string sha256_of(const X509& certificate);

// "subject CN=..., issuer CN=..., valid 2025-01-01 to 2030-01-01, for DNS:..., SHA-256 ...".
// Bounded and printable whatever the certificate holds.
std::string describe(const X509& certificate);

// The same in parts; days are counted from now.
CertificateFacts facts_of(const X509& certificate);

}  // namespace pf::host::prism
