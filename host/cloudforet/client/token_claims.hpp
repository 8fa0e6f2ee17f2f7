// What a token of CloudForet says about itself, for messages: nothing here is verified, and nothing
// is decided by it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pf::host::cloudforet {

// The claims of a token. What it does not say is empty.
struct TokenClaims {
    std::string owner;         // "USER" or "APP"
    std::string role;          // "DOMAIN_ADMIN", "WORKSPACE_OWNER", "WORKSPACE_MEMBER", "USER"
    std::string domain_id;     // whose
    std::string workspace_id;  // empty: of no single workspace
    std::optional<std::int64_t> expires_at;  // seconds since 1970

    // "of a DOMAIN_ADMIN (APP), of no workspace", or "of unknown kind".
    std::string description() const;
};

// The claims of a JSON Web Token; nothing for text that is none.
std::optional<TokenClaims> read_token(std::string_view token);

}  // namespace pf::host::cloudforet
