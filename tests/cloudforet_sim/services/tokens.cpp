#include "tests/cloudforet_sim/services/tokens.hpp"

#include <chrono>
#include <nlohmann/json.hpp>

namespace pf::cloudforet_sim {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string encoded(const std::string& text) {
    std::string out;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        bits = (bits << 8) | static_cast<unsigned char>(c);
        count += 8;
        while (count >= 6) {
            count -= 6;
            out += alphabet[(bits >> count) & 63u];
        }
        bits &= (1u << count) - 1u;
    }
    if (count > 0) out += alphabet[(bits << (6 - count)) & 63u];
    return out;
}

std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace

std::string Tokens::issue(const Caller& caller) {
    const std::scoped_lock lock(mutex_);
    const std::int64_t end = now() + caller.lifetime_s;
    nlohmann::json claims = {{"typ", caller.owner == "APP" ? "CLIENT_SECRET" : "ACCESS_TOKEN"},
                             {"own", caller.owner},
                             {"rol", caller.role},
                             {"did", caller.domain_id},
                             {"aud", caller.user_id.empty() ? "app-1" : caller.user_id},
                             {"jti", "jti-" + std::to_string(issued_.size())},
                             {"exp", end},
                             {"ver", "2.0"}};
    if (!caller.workspace_id.empty()) claims["wid"] = caller.workspace_id;
    const std::string token = encoded(R"({"alg":"RS256","typ":"JWT"})") + "." +
                              encoded(claims.dump()) + ".c2lnbmF0dXJl" +
                              std::to_string(issued_.size());
    issued_[token] = {caller, end};
    return token;
}

void Tokens::revoke(const std::string& token) {
    const std::scoped_lock lock(mutex_);
    issued_.erase(token);
}

Caller Tokens::check(const std::string& token) const {
    const std::scoped_lock lock(mutex_);
    if (token.empty()) throw unauthenticated("Empty token provided.");
    const auto found = issued_.find(token);
    if (found == issued_.end()) throw unauthenticated("Token is invalid or expired.");
    if (found->second.expires_at <= now()) throw unauthenticated("Token is invalid or expired.");
    return found->second.caller;
}

}  // namespace pf::cloudforet_sim
