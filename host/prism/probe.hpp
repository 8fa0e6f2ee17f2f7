// Probe: what the network and a server show before anything is sent to it: addresses, TCP, TLS.
// Where the target has a proxy, addresses and TCP are the proxy's, and TLS goes through it.
// For diagnosis; collecting does not need it. Nothing here sends a credential, or any request.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"

namespace pf::host::prism {

struct TargetSpec;

// One try to connect to one address.
struct TcpTrial {
    std::string address;
    std::chrono::microseconds took{0};
    Status failure;  // OK when it connected
};

// What a certificate says about itself; every text is bounded and printable.
struct CertificateFacts {
    std::string subject;
    std::string issuer;
    std::string not_before;  // RFC 3339, UTC
    std::string not_after;
    std::int64_t days_left = 0;  // negative when it has expired
    std::vector<std::string> names;
    std::string key;        // "RSA 2048"
    std::string signature;  // "RSA-SHA256"
    std::string sha256;     // of the DER form, 64 lower-case hex digits
};

// A handshake that was completed whatever the certificate is.
struct TlsFacts {
    std::string version;                  // "TLSv1.3"
    std::string cipher;                   // "TLS_AES_256_GCM_SHA384"
    std::vector<CertificateFacts> chain;  // as the server sent it, its own first
    Status refusal;                       // OK, or why nothing would be sent to this server
};

// The addresses of the target's host, within its limit for connecting. UNAVAILABLE
// (ERROR_PRISM_UNREACHABLE) when there are none.
Result<std::vector<std::string>> find_addresses(const TargetSpec& spec, const Stop& stop);

// Connects to each address once and hangs up, within the limit for connecting each. Empty when the
// host has no address.
std::vector<TcpTrial> try_addresses(const TargetSpec& spec, const Stop& stop);

// OK when the CA and the pin of the target can be used; INVALID_ARGUMENT (ERROR_TLS) when not.
Status check_tls_settings(const TargetSpec& spec);

// Shakes hands with the first address that answers. UNAVAILABLE (ERROR_PRISM_UNREACHABLE,
// ERROR_TLS) when there is no handshake, INVALID_ARGUMENT (ERROR_TLS) for unusable settings.
Result<TlsFacts> look_at_tls(const TargetSpec& spec, const Stop& stop);

}  // namespace pf::host::prism
