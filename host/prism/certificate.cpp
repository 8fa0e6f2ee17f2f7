#include "host/prism/certificate.hpp"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstddef>
#include <ctime>
#include <memory>

#include "host/prism/printable.hpp"

namespace pf::host::prism {
namespace {

constexpr std::size_t name_limit = 160;
constexpr std::size_t most_names = 5;

std::string text_of(const X509_NAME* name) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
    constexpr unsigned long flags =
        XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
    if (!out || name == nullptr || X509_NAME_print_ex(out.get(), name, 0, flags) < 0) {
        return "?";
    }
    char* text = nullptr;
    const long length = BIO_get_mem_data(out.get(), &text);
    if (length <= 0) {
        return "(empty)";
    }
    return printable({text, static_cast<std::size_t>(length)}, name_limit);
}

std::string date_of(const ASN1_TIME* time) {
    std::tm parts{};
    std::array<char, 32> text{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1 ||
        std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) {
        return "?";
    }
    return text.data();
}

std::string address_of(const ASN1_OCTET_STRING& bytes) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const int family = bytes.length == 4 ? AF_INET : AF_INET6;
    if ((bytes.length != 4 && bytes.length != 16) ||
        inet_ntop(family, bytes.data, text.data(), text.size()) == nullptr) {
        return "?";
    }
    return text.data();
}

std::vector<std::string> names_of(const X509& certificate) {
    const auto release = [](GENERAL_NAMES* names) { GENERAL_NAMES_free(names); };
    const std::unique_ptr<GENERAL_NAMES, decltype(release)> names(
        static_cast<GENERAL_NAMES*>(
            X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)),
        release);
    std::vector<std::string> out;
    const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
    for (int i = 0; i < count; ++i) {
        if (out.size() == most_names) {
            out.emplace_back("...");
            break;
        }
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS) {
            const auto* bytes = ASN1_STRING_get0_data(name->d.dNSName);
            const auto length = static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName));
            out.push_back("DNS:" +
                          printable({reinterpret_cast<const char*>(bytes), length}, name_limit));
        } else if (name->type == GEN_IPADD) {
            out.push_back("IP:" + address_of(*name->d.iPAddress));
        }
    }
    return out;
}

std::string key_of(const X509& certificate) {
    const EVP_PKEY* key = X509_get0_pubkey(&certificate);
    const char* type = key == nullptr ? nullptr : OBJ_nid2sn(EVP_PKEY_get_base_id(key));
    if (type == nullptr) {
        return "?";
    }
    const bool is_rsa = EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
    const bool is_ec = EVP_PKEY_get_base_id(key) == EVP_PKEY_EC;
    return (is_rsa  ? "RSA"
            : is_ec ? "EC"
                    : std::string(type)) +
           " " + std::to_string(EVP_PKEY_get_bits(key));
}

// Days from now, rounded down: -1 for what ended an hour ago.
std::int64_t days_until(const ASN1_TIME* time) {
    int days = 0;
    int seconds = 0;
    if (time == nullptr || ASN1_TIME_diff(&days, &seconds, nullptr, time) != 1) {
        return 0;
    }
    return seconds < 0 ? days - 1 : days;
}

}  // namespace

std::string sha256_of(const X509& certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (X509_digest(&certificate, EVP_sha256(), digest.data(), &length) != 1) {
        return {};
    }
    static constexpr char digits[] = "0123456789abcdef";
    std::string hex;
    for (unsigned int i = 0; i < length; ++i) {
        hex += digits[digest[i] >> 4];
        hex += digits[digest[i] & 15];
    }
    return hex;
}

std::string describe(const X509& certificate) {
    std::string out = "subject " + text_of(X509_get_subject_name(&certificate)) + ", issuer " +
                      text_of(X509_get_issuer_name(&certificate)) + ", valid " +
                      date_of(X509_get0_notBefore(&certificate)) + " to " +
                      date_of(X509_get0_notAfter(&certificate));
    const char* before = ", for ";
    for (const std::string& name : names_of(certificate)) {
        out += before + name;
        before = ", ";
    }
    return out + ", SHA-256 " + sha256_of(certificate);
}

CertificateFacts facts_of(const X509& certificate) {
    CertificateFacts facts;
    facts.subject = text_of(X509_get_subject_name(&certificate));
    facts.issuer = text_of(X509_get_issuer_name(&certificate));
    facts.not_before = date_of(X509_get0_notBefore(&certificate));
    facts.not_after = date_of(X509_get0_notAfter(&certificate));
    facts.days_left = days_until(X509_get0_notAfter(&certificate));
    facts.names = names_of(certificate);
    facts.key = key_of(certificate);
    const char* signature = OBJ_nid2sn(X509_get_signature_nid(&certificate));
    facts.signature = signature == nullptr ? "?" : signature;
    facts.sha256 = sha256_of(certificate);
    return facts;
}

}  // namespace pf::host::prism
