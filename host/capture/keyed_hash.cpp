#include "host/capture/keyed_hash.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <stdexcept>
#include <string>

namespace pf::host::capture {

struct KeyedHash::State {
    std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> keyed{nullptr, &EVP_MAC_CTX_free};

    void set_key(const unsigned char* key, std::size_t size) {
        const std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac(
            EVP_MAC_fetch(nullptr, "HMAC", nullptr), &EVP_MAC_free);
        if (mac) {
            keyed.reset(EVP_MAC_CTX_new(mac.get()));
        }
        char digest[] = "SHA256";
        const OSSL_PARAM params[] = {
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
            OSSL_PARAM_construct_end()};
        if (!keyed || EVP_MAC_init(keyed.get(), key, size, params) != 1) {
            throw std::runtime_error("no HMAC with SHA-256");
        }
    }
};

KeyedHash::KeyedHash() : state_(std::make_unique<State>()) {
    std::array<unsigned char, 32> key{};
    if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) {
        throw std::runtime_error("no random numbers");
    }
    state_->set_key(key.data(), key.size());
    OPENSSL_cleanse(key.data(), key.size());
}

KeyedHash::KeyedHash(std::string_view key) : state_(std::make_unique<State>()) {
    state_->set_key(reinterpret_cast<const unsigned char*>(key.data()), key.size());
}

KeyedHash::~KeyedHash() = default;

Digest KeyedHash::of(char purpose, std::string_view text) const {
    const std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> own(
        EVP_MAC_CTX_dup(state_->keyed.get()), &EVP_MAC_CTX_free);
    Digest digest{};
    std::size_t size = 0;
    const auto* first = reinterpret_cast<const unsigned char*>(&purpose);
    const auto* rest = reinterpret_cast<const unsigned char*>(text.data());
    if (!own || EVP_MAC_update(own.get(), first, 1) != 1 ||
        EVP_MAC_update(own.get(), rest, text.size()) != 1 ||
        EVP_MAC_final(own.get(), digest.data(), &size, digest.size()) != 1) {
        // A digest that is not one would show what it stands for.
        throw std::runtime_error("HMAC failed");
    }
    return digest;
}

}  // namespace pf::host::capture
