#include "host/prism/tls.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/NetSSL.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <charconv>
#include <csignal>
#include <mutex>
#include <string_view>

#include "host/prism/address.hpp"
#include "host/prism/certificate.hpp"
#include "host/prism/failure.hpp"
#include "host/prism/pem.hpp"
#include "host/prism/printable.hpp"

namespace pf::host::prism {
namespace {

using Poco::Net::Context;
using Poco::Net::SecureStreamSocket;

// How the certificate of the handshake running on this thread was judged. OpenSSL calls back on the
// thread that called SSL_connect, and Poco does not hand out the SSL object to hang this on.
struct Verdict {
    int error = X509_V_OK;
    bool wrong_pin = false;
    std::string presented;
};
thread_local Verdict* current_verdict = nullptr;

Status settings_error(const std::string& what) {
    return Status(Code::invalid_argument, "ERROR_TLS", what);
}

// `pin` is empty when the chain decides.
int judge(X509_STORE_CTX* store, void* pin) {
    X509* leaf = X509_STORE_CTX_get0_cert(store);
    const std::string& expected = *static_cast<const std::string*>(pin);
    bool accepted = false;
    int error = X509_V_ERR_UNSPECIFIED;
    if (!expected.empty()) {
        accepted = leaf != nullptr && sha256_of(*leaf) == expected;
        error = accepted ? X509_V_OK : X509_V_ERR_CERT_REJECTED;
    } else {
        accepted = X509_verify_cert(store) == 1;
        error = X509_STORE_CTX_get_error(store);
    }
    if (!accepted && current_verdict != nullptr) {
        current_verdict->error = error == X509_V_OK ? X509_V_ERR_UNSPECIFIED : error;
        current_verdict->wrong_pin = !expected.empty();
        current_verdict->presented = leaf != nullptr ? describe(*leaf) : "no certificate";
    }
    X509_STORE_CTX_set_error(store, error);
    return accepted ? 1 : 0;
}

void initialize_once() {
    static std::once_flag once;
    std::call_once(once, [] {
        Poco::Net::initializeSSL();
        // OpenSSL writes to sockets without MSG_NOSIGNAL: a peer that went away must not end us.
        struct sigaction current {};
        if (::sigaction(SIGPIPE, nullptr, &current) == 0 && current.sa_handler == SIG_DFL) {
            std::signal(SIGPIPE, SIG_IGN);
        }
    });
}

std::string advice(const Verdict& verdict) {
    if (verdict.wrong_pin) {
        return "if Prism's certificate was renewed on purpose, set fingerprint_sha256 "
               "(--pin-sha256) to the new digest";
    }
    switch (verdict.error) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return "renew the certificate in Prism, check the clock of this machine, or pin it "
                   "with fingerprint_sha256 (--pin-sha256)";
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            return "use a name the certificate is for, or pin it with fingerprint_sha256 "
                   "(--pin-sha256)";
        case X509_V_ERR_EE_KEY_TOO_SMALL:
        case X509_V_ERR_CA_KEY_TOO_SMALL:
        case X509_V_ERR_CA_MD_TOO_WEAK:
            return "replace it in Prism by one with an RSA key of at least 2048 bits and a "
                   "signature with SHA-256";
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
            return "give this certificate itself as ca_cert (--ca-file), or pin it with "
                   "fingerprint_sha256 (--pin-sha256)";
        default:
            return "give the CA that issued it as ca_cert (--ca-file), or pin it with "
                   "fingerprint_sha256 (--pin-sha256)";
    }
}

// Why a handshake can never succeed between these two, or null when it may be an accident. Poco
// keeps of OpenSSL's error only its text, "error:0A000102:SSL routines::...".
const char* hopeless(const std::string& text) {
    constexpr std::string_view mark = "error:";
    const auto at = text.find(mark);
    unsigned long code = 0;
    if (at == std::string::npos ||
        std::from_chars(text.data() + at + mark.size(), text.data() + text.size(), code, 16).ec !=
            std::errc() ||
        ERR_GET_LIB(code) != ERR_LIB_SSL) {
        return nullptr;
    }
    switch (ERR_GET_REASON(code)) {
        case SSL_R_UNSUPPORTED_PROTOCOL:
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
            return "the server speaks no TLS of version 1.2 or newer; upgrade it, or what stands "
                   "before it";
        case SSL_R_WRONG_VERSION_NUMBER:
        case SSL_R_HTTP_REQUEST:
            return "the port does not speak TLS; give the port of the Prism console, usually 9440";
        case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
        case SSL_R_TLSV1_ALERT_INSUFFICIENT_SECURITY:
        case SSL_R_DH_KEY_TOO_SMALL:
            return "the server offers no cipher or key strong enough; look at the TLS settings of "
                   "Prism, or of what stands before it";
        case SSL_R_TLSV1_UNRECOGNIZED_NAME:
            return "the server is not responsible for this host name; check the address";
        default:
            return nullptr;
    }
}

// While it lives, what judge() finds on this thread goes into `verdict`.
class Judging {
  public:
    explicit Judging(Verdict& verdict) {
        current_verdict = &verdict;
        ERR_clear_error();
    }
    ~Judging() { current_verdict = nullptr; }
    Judging(const Judging&) = delete;
    Judging& operator=(const Judging&) = delete;
};

Failed refusal(const Verdict& verdict) {
    const std::string why = verdict.wrong_pin ? "it is not the pinned one"
                                              : X509_verify_cert_error_string(verdict.error);
    return Failed(Trouble::tls,
                  Status(Code::unavailable, "ERROR_TLS",
                         "the server's certificate was refused: " + why +
                             "; presented: " + verdict.presented + "; " + advice(verdict)));
}

Status add_pem(SSL_CTX* context, const std::string& text) {
    const std::string pem = repair_pem(text);
    const std::unique_ptr<BIO, decltype(&BIO_free)> in(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
    X509_STORE* store = SSL_CTX_get_cert_store(context);
    int count = 0;
    while (X509* certificate = PEM_read_bio_X509_AUX(in.get(), nullptr, nullptr, nullptr)) {
        count += X509_STORE_add_cert(store, certificate);
        X509_free(certificate);
    }
    const unsigned long error = ERR_peek_last_error();
    const bool at_end = ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    if (count == 0 || !at_end) {
        return settings_error(
            "ca_cert holds no readable certificate; give PEM text from -----BEGIN CERTIFICATE----- "
            "to -----END CERTIFICATE-----");
    }
    return Status();
}

}  // namespace

Result<std::shared_ptr<TlsContext>> TlsContext::make(const std::string& host,
                                                     const TlsSettings& settings) {
    initialize_once();
    std::shared_ptr<TlsContext> made(
        new TlsContext(host, !settings.pin_sha256.empty(), settings.verify));
    try {
        if (const Status status = made->set_up(settings); !status.ok()) {
            return status;
        }
    } catch (const Poco::Exception& error) {
        return Status(Code::internal, "ERROR_TLS",
                      "TLS cannot be set up: " + printable(error.displayText(), 200));
    }
    return made;
}

Status TlsContext::set_up(const TlsSettings& settings) {
    // Poco's own verification stays off: it asks a process-wide manager and cannot do pins.
    context_ = new Context(Context::TLS_CLIENT_USE, "", Context::VERIFY_NONE, 9, false,
                           "HIGH:!aNULL:!MD5:!3DES");
    context_->enableSessionCache(true);
    SSL_CTX* raw = context_->sslContext();
    // The pool keeps the one session worth keeping; OpenSSL's own store would only grow.
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    // A page is many records: reading header and content at once saves a system call for each.
    SSL_CTX_set_read_ahead(raw, 1);
    SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
    // Keys below 112 bits of security (RSA 2048) and SHA-1 signatures are refused, whatever the
    // OpenSSL configuration of this machine says.
    SSL_CTX_set_security_level(raw, 2);
    SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    if (!pinned_ && !verify_) {
        return Status();
    }
    if (pinned_) {
        const auto pin = parse_sha256(settings.pin_sha256);
        if (!pin) {
            return settings_error(
                "fingerprint_sha256 is not a SHA-256 digest; give 64 hex digits, colons are "
                "allowed");
        }
        pin_ = *pin;
    } else if (const Status status = trust(settings); !status.ok()) {
        return status;
    }
    SSL_CTX_set_cert_verify_callback(raw, &judge, &pin_);
    SSL_CTX_set_verify(raw, SSL_VERIFY_PEER, nullptr);
    return Status();
}

Status TlsContext::trust(const TlsSettings& settings) {
    SSL_CTX* raw = context_->sslContext();
    X509_VERIFY_PARAM* param = SSL_CTX_get0_param(raw);
    if (!settings.ca_pem.empty()) {
        if (Status status = add_pem(raw, settings.ca_pem); !status.ok()) {
            return status;
        }
    } else if (!settings.ca_file.empty()) {
        if (SSL_CTX_load_verify_file(raw, settings.ca_file.c_str()) != 1) {
            ERR_clear_error();
            return settings_error("the CA file " + printable(settings.ca_file, 200) +
                                  " cannot be read or holds no certificate in PEM form");
        }
    } else {
        SSL_CTX_set_default_verify_paths(raw);
        ERR_clear_error();
    }
    if (!settings.ca_pem.empty() || !settings.ca_file.empty()) {
        // What an operator gave is trusted as it is, be it a root, an intermediate or the server's.
        X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
    }
    X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    const int set = is_ip_address(host_) ? X509_VERIFY_PARAM_set1_ip_asc(param, host_.c_str())
                                         : X509_VERIFY_PARAM_set1_host(param, host_.c_str(), 0);
    return set == 1 ? Status()
                    : settings_error("the host name cannot be checked against a certificate");
}

SecureStreamSocket TlsContext::handshake(const Poco::Net::StreamSocket& socket,
                                         const Poco::Net::Session::Ptr& resume) const {
    Verdict verdict;
    const Judging judging(verdict);
    // Server name indication is for names only.
    const std::string name = is_ip_address(host_) ? std::string() : host_;
    try {
        return SecureStreamSocket::attach(socket, name, context_, resume);
    } catch (const Poco::Exception& error) {
        if (verdict.error != X509_V_OK) {
            throw refusal(verdict);
        }
        if (const char* why = hopeless(error.message())) {
            throw Failed(Trouble::tls, Status(Code::unavailable, "ERROR_TLS", why));
        }
        throw;
    }
}

Status TlsContext::inspect(int fd, const std::function<void(ssl_st&)>& look) const {
    Verdict verdict;
    const Judging judging(verdict);
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context_->sslContext()), &SSL_free);
    if (!ssl || SSL_set_fd(ssl.get(), fd) != 1 ||
        (!is_ip_address(host_) && SSL_set_tlsext_host_name(ssl.get(), host_.c_str()) != 1)) {
        throw Failed(Trouble::tls, Status(Code::internal, "ERROR_TLS", "TLS cannot be set up"));
    }
    // The judge is still asked; its answer only ends nothing.
    SSL_set_verify(ssl.get(), SSL_VERIFY_NONE, nullptr);
    if (SSL_connect(ssl.get()) != 1) {
        char text[160] = "";
        if (const unsigned long error = ERR_peek_error(); error != 0) {
            ERR_error_string_n(error, text, sizeof text);
        }
        ERR_clear_error();
        const char* why = hopeless(text);
        throw why != nullptr
            ? Failed(Trouble::tls, Status(Code::unavailable, "ERROR_TLS", why))
            : Failed(Trouble::network,
                     Status(Code::unavailable, "ERROR_PRISM_UNREACHABLE",
                            text[0] == '\0' ? "the server ended the connection in the handshake"
                                            : printable(text, 160)));
    }
    ERR_clear_error();
    look(*ssl);
    return verdict.error == X509_V_OK ? Status() : refusal(verdict).status();
}

}  // namespace pf::host::prism
