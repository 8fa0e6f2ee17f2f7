#include "host/cloudforet/client/token_claims.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace pf::host::cloudforet {
namespace {

using nlohmann::json;

constexpr std::size_t longest_token = 16384;

int sextet(char c) {
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

// Base 64 for URLs, without padding.
std::optional<std::string> decode(std::string_view text) {
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int value = sextet(c);
        if (value < 0) {
            return std::nullopt;
        }
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>((bits >> count) & 0xFFu);
        }
    }
    return out;
}

std::string text_of(const json& claims, const char* key) {
    const auto found = claims.find(key);
    return found != claims.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::string TokenClaims::description() const {
    if (role.empty() && owner.empty()) {
        return "of unknown kind";
    }
    std::string text = "of a " + (role.empty() ? owner : role);
    if (!owner.empty() && !role.empty()) {
        text += " (" + owner + ")";
    }
    return text + (workspace_id.empty() ? ", of no workspace" : ", of workspace " + workspace_id);
}

std::optional<TokenClaims> read_token(std::string_view token) {
    const std::size_t first = token.find('.');
    const std::size_t second = first == token.npos ? first : token.find('.', first + 1);
    if (second == token.npos || token.size() > longest_token) {
        return std::nullopt;
    }
    const auto payload = decode(token.substr(first + 1, second - first - 1));
    const json claims =
        payload ? json::parse(*payload, nullptr, false) : json(json::value_t::discarded);
    if (!claims.is_object()) {
        return std::nullopt;
    }
    TokenClaims read;
    read.owner = text_of(claims, "own");
    read.role = text_of(claims, "rol");
    read.domain_id = text_of(claims, "did");
    read.workspace_id = text_of(claims, "wid");
    if (const auto end = claims.find("exp"); end != claims.end() && end->is_number()) {
        const double seconds = end->get<double>();
        if (std::isfinite(seconds) && seconds > 0 && seconds < 1e12) {
            read.expires_at = static_cast<std::int64_t>(seconds);
        }
    }
    return read;
}

}  // namespace pf::host::cloudforet
