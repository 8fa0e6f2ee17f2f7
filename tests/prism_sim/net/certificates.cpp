#include "tests/prism_sim/net/certificates.hpp"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace pf::sim {
namespace {

using CertificatePtr = std::unique_ptr<X509, FreeCertificate>;
using KeyPtr = std::unique_ptr<EVP_PKEY, FreeKey>;

constexpr long kHour = 3600;
constexpr long kDay = 24 * kHour;
constexpr long kYear = 365 * kDay;

template <class T>
T* required(T* made, const char* what) {
    if (made == nullptr) throw std::runtime_error(std::string("OpenSSL cannot make ") + what);
    return made;
}
void require(int result, const char* what) {
    if (result <= 0) throw std::runtime_error(std::string("OpenSSL cannot make ") + what);
}

KeyPtr make_key() { return KeyPtr(required(EVP_EC_gen("P-256"), "a key")); }
KeyPtr make_weak_key() { return KeyPtr(required(EVP_RSA_gen(1024), "a key")); }

// Seconds from now.
struct Validity {
    long from = -kHour, to = kYear;
};

Validity validity_of(CertificateFlaw flaw) {
    if (flaw == CertificateFlaw::expired) return {-kYear, -kDay};
    if (flaw == CertificateFlaw::not_yet_valid) return {kDay, kYear};
    return {};
}

CertificatePtr make_blank(const char* common_name, EVP_PKEY* key, const Validity& validity = {}) {
    CertificatePtr certificate(required(X509_new(), "a certificate"));
    X509* x = certificate.get();
    require(X509_set_version(x, X509_VERSION_3), "a certificate");
    std::uint64_t serial = 0;
    require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial),
            "a serial number");
    require(ASN1_INTEGER_set_uint64(X509_get_serialNumber(x), serial >> 1 | 1), "a serial number");
    required(X509_gmtime_adj(X509_getm_notBefore(x), validity.from), "a validity");
    required(X509_gmtime_adj(X509_getm_notAfter(x), validity.to), "a validity");
    require(X509_set_pubkey(x, key), "a certificate");
    X509_NAME* name = X509_get_subject_name(x);
    const auto* text = reinterpret_cast<const unsigned char*>(common_name);
    require(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, text, -1, -1, 0), "a name");
    return certificate;
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509V3_set_ctx_nodb(&context);
    X509_EXTENSION* extension =
        required(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()), value.c_str());
    const int result = X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    require(result, "an extension");
}

std::string alternative_names(const std::vector<std::string>& more) {
    std::string text = "DNS:localhost,IP:127.0.0.1,IP:::1";
    for (const std::string& name : more) {
        unsigned char address[16];
        const bool is_address = inet_pton(AF_INET, name.c_str(), address) == 1 ||
                                inet_pton(AF_INET6, name.c_str(), address) == 1;
        text += (is_address ? ",IP:" : ",DNS:") + name;
    }
    return text;
}

std::string to_pem(X509* certificate) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(required(BIO_new(BIO_s_mem()), "PEM"),
                                                           BIO_free);
    require(PEM_write_bio_X509(memory.get(), certificate), "PEM");
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string fingerprint(X509* certificate) {
    static constexpr char kDigits[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    require(X509_digest(certificate, EVP_sha256(), digest, &size), "a fingerprint");
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        text += kDigits[digest[i] >> 4];
        text += kDigits[digest[i] & 15];
    }
    return text;
}

// A certificate authority of its own.
struct Authority {
    Authority() : key(make_key()), certificate(make_blank("prism-sim CA", key.get())) {
        X509* ca = certificate.get();
        X509_set_issuer_name(ca, X509_get_subject_name(ca));
        add_extension(ca, ca, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
        add_extension(ca, ca, NID_key_usage, "critical,keyCertSign,cRLSign");
        add_extension(ca, ca, NID_subject_key_identifier, "hash");
        require(X509_sign(ca, key.get(), EVP_sha256()), "a signature");
    }
    KeyPtr key;
    CertificatePtr certificate;
};

constexpr char kElsewhere[] = "other-prism.example.test";

}  // namespace

void FreeCertificate::operator()(x509_st* certificate) const { X509_free(certificate); }
void FreeKey::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

Certificates make_certificates(const std::vector<std::string>& more_names, CertificateFlaw flaw) {
    const Authority trusted;
    // A stranger has the same name: only its key tells it from the one that is trusted.
    const Authority stranger;
    const bool is_self_signed = flaw == CertificateFlaw::self_signed;
    const Authority& issuer = flaw == CertificateFlaw::unknown_ca ? stranger : trusted;

    Certificates made;
    made.server_key = flaw == CertificateFlaw::weak_key ? make_weak_key() : make_key();
    const bool is_elsewhere = flaw == CertificateFlaw::wrong_host;
    made.server = make_blank(is_elsewhere ? kElsewhere : "localhost", made.server_key.get(),
                             validity_of(flaw));
    X509* server = made.server.get();
    X509* signer = is_self_signed ? server : issuer.certificate.get();
    EVP_PKEY* signing_key = is_self_signed ? made.server_key.get() : issuer.key.get();
    X509_set_issuer_name(server, X509_get_subject_name(signer));
    add_extension(server, signer, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(server, signer, NID_key_usage, "critical,digitalSignature,keyEncipherment");
    add_extension(server, signer, NID_ext_key_usage, "serverAuth");
    add_extension(server, signer, NID_subject_key_identifier, "hash");
    if (!is_self_signed) add_extension(server, signer, NID_authority_key_identifier, "keyid");
    add_extension(server, signer, NID_subject_alt_name,
                  is_elsewhere ? std::string("DNS:") + kElsewhere : alternative_names(more_names));
    const EVP_MD* digest = flaw == CertificateFlaw::weak_signature ? EVP_sha1() : EVP_sha256();
    require(X509_sign(server, signing_key, digest), "a signature");

    made.ca_pem = to_pem(trusted.certificate.get());
    made.server_sha256 = fingerprint(server);
    if (!is_self_signed && X509_up_ref(signer) == 1) made.issuer.reset(signer);
    return made;
}

}  // namespace pf::sim
