#include "host/prism/testing_certificates.hpp"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <stdexcept>

#include "host/prism/certificate.hpp"

namespace pf::host::prism::testing {
namespace {

void need(bool done) {
    if (!done) {
        throw std::runtime_error("OpenSSL failed to make a certificate for a test");
    }
}

void add_extension(X509* certificate, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    need(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

// `issuer` null: self-signed.
ServerIdentity make(const CertificateWish& wish, const ServerIdentity* issuer, bool ca) {
    ServerIdentity made;
    made.key =
        Key(wish.rsa_bits > 0 ? EVP_RSA_gen(wish.rsa_bits) : EVP_EC_gen("P-256"), EVP_PKEY_free);
    made.certificate = Certificate(X509_new(), X509_free);
    X509* certificate = made.certificate.get();
    need(made.key && certificate != nullptr);
    std::int32_t serial = 0;
    need(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), (serial & 0x7FFFFFFF) + 1L);
    X509_gmtime_adj(X509_getm_notBefore(certificate), wish.valid_from);
    X509_gmtime_adj(X509_getm_notAfter(certificate), wish.valid_to);
    X509_set_pubkey(certificate, made.key.get());
    X509_NAME* subject = X509_get_subject_name(certificate);
    need(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(wish.name.c_str()), -1,
                                    -1, 0) == 1);
    const ServerIdentity& signer = issuer != nullptr ? *issuer : made;
    X509_set_issuer_name(certificate, X509_get_subject_name(signer.certificate.get()));
    add_extension(certificate, NID_basic_constraints, ca ? "critical,CA:TRUE" : "CA:FALSE");
    if (!wish.alternatives.empty()) {
        add_extension(certificate, NID_subject_alt_name, wish.alternatives);
    }
    need(X509_sign(certificate, signer.key.get(), wish.with_sha1 ? EVP_sha1() : EVP_sha256()) > 0);
    return made;
}

}  // namespace

std::string ServerIdentity::sha256() const { return sha256_of(*certificate); }

std::string ServerIdentity::pem() const {
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
    need(PEM_write_bio_X509(out.get(), certificate.get()) == 1);
    char* text = nullptr;
    const long length = BIO_get_mem_data(out.get(), &text);
    return std::string(text, static_cast<std::size_t>(length));
}

TestCa::TestCa() {
    CertificateWish wish;
    wish.name = "Test CA";
    wish.alternatives.clear();
    self_ = make(wish, nullptr, true);
}

ServerIdentity TestCa::issue(const CertificateWish& wish) const {
    return make(wish, wish.self_signed ? nullptr : &self_, false);
}

std::string TestCa::pem() const { return self_.pem(); }

}  // namespace pf::host::prism::testing
