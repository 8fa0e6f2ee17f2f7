// The registry of targets: one per host, port, TLS and credential, told apart by a salted digest.

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <cstring>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "host/prism/address.hpp"
#include "host/prism/target_state.hpp"

namespace pf::host::prism {
namespace {

using Digest = std::array<unsigned char, 32>;

constexpr std::chrono::minutes idle_limit(10);

const std::array<unsigned char, 32>& salt_of_process() {
    static const std::array<unsigned char, 32> salt = [] {
        std::array<unsigned char, 32> bytes{};
        if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
            throw std::runtime_error("no random numbers");
        }
        return bytes;
    }();
    return salt;
}

class Hash {
  public:
    Hash() : context_(EVP_MD_CTX_new()) {
        if (context_ == nullptr || EVP_DigestInit_ex(context_, EVP_sha256(), nullptr) != 1) {
            throw std::runtime_error("no SHA-256");
        }
        const auto& salt = salt_of_process();
        EVP_DigestUpdate(context_, salt.data(), salt.size());
    }
    ~Hash() { EVP_MD_CTX_free(context_); }
    Hash(const Hash&) = delete;
    Hash& operator=(const Hash&) = delete;

    // The length goes first, so that two fields cannot trade characters.
    void add(std::string_view text) {
        const std::uint64_t size = text.size();
        EVP_DigestUpdate(context_, &size, sizeof size);
        EVP_DigestUpdate(context_, text.data(), text.size());
    }
    Digest finish() {
        Digest digest{};
        unsigned int length = 0;
        EVP_DigestFinal_ex(context_, digest.data(), &length);
        return digest;
    }

  private:
    EVP_MD_CTX* context_;
};

Digest digest_of(const TargetSpec& spec) {
    Hash hash;
    hash.add(spec.host);
    hash.add(std::to_string(spec.port));
    hash.add(spec.tls.verify ? "verify" : "trust");
    hash.add(spec.tls.ca_pem);
    hash.add(spec.tls.ca_file);
    hash.add(spec.tls.pin_sha256);
    hash.add(spec.credential.username);
    hash.add(spec.credential.password.reveal());
    hash.add(spec.credential.api_key.reveal());
    if (spec.proxy) {
        hash.add(spec.proxy->host);
        hash.add(std::to_string(spec.proxy->port));
        hash.add(spec.proxy->user_info.reveal());
    }
    return hash.finish();
}

}  // namespace

struct Targets::State {
    struct Entry {
        std::shared_ptr<Target::State> shared;
        Clock::time_point last_used;
    };
    explicit State(ProxyRules rules) : proxies(std::move(rules)) {}
    std::shared_ptr<Budget> budget_of(const std::string& name);

    const ProxyRules proxies;
    std::mutex mutex;
    std::map<Digest, Entry> entries;
    std::map<std::string, std::weak_ptr<Budget>> budgets;  // by host and port
};

std::shared_ptr<Budget> Targets::State::budget_of(const std::string& name) {
    std::erase_if(budgets, [](const auto& item) { return item.second.expired(); });
    auto& known = budgets[name];
    std::shared_ptr<Budget> budget = known.lock();
    if (!budget) {
        budget = std::make_shared<Budget>();
        known = budget;
    }
    return budget;
}

Targets::Targets(ProxyRules proxies) : state_(std::make_unique<State>(std::move(proxies))) {}

Targets::~Targets() = default;

std::shared_ptr<Target> Targets::acquire(const TargetSpec& wish) {
    TargetSpec spec = wish;
    if (!spec.proxy) {
        spec.proxy = state_->proxies.choose(spec.host, spec.port);
    }
    const Digest digest = digest_of(spec);
    const auto now = Clock::now();
    std::vector<std::shared_ptr<Target::State>> dropped;  // dies outside the lock
    std::lock_guard lock(state_->mutex);
    auto& wanted = state_->entries[digest];
    if (!wanted.shared) {
        std::uint64_t key = 0;
        std::memcpy(&key, digest.data(), sizeof key);
        wanted.shared = std::make_shared<Target::State>(
            spec, key, state_->budget_of(host_and_port(spec.host, spec.port)));
    }
    wanted.last_used = now;
    std::shared_ptr<Target> result(new Target(spec, wanted.shared));
    for (auto item = state_->entries.begin(); item != state_->entries.end();) {
        State::Entry& entry = item->second;
        if (entry.shared.use_count() > 1) {
            entry.last_used = now;
        }
        if (now - entry.last_used < idle_limit) {
            ++item;
            continue;
        }
        dropped.push_back(std::move(entry.shared));
        item = state_->entries.erase(item);
    }
    return result;
}

}  // namespace pf::host::prism
