// Who calls, and how a service refuses.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace pf::cloudforet_sim {

// Whose token came with a call.
struct Caller {
    std::string owner = "APP";  // or USER
    std::string role = "DOMAIN_ADMIN";
    std::string domain_id = "domain-1";
    std::string workspace_id{};  // empty: a token of the whole domain
    std::string user_id{};
    std::int64_t lifetime_s = 3600;  // negative: expired that long ago
};

// A refusal as it goes over the wire: the number of a gRPC status, and "ERROR_X: text".
struct Refusal : std::runtime_error {
    Refusal(int status, const std::string& details) : std::runtime_error(details), code(status) {}
    int code;
};

// The refusals that all services share, with the texts of CloudForet's core.
Refusal required(std::string_view key);
Refusal invalid(std::string_view key, std::string_view reason);
Refusal not_found(std::string_view key, std::string_view value);
Refusal not_unique(std::string_view key, std::string_view value);
Refusal permission_denied();
Refusal unauthenticated(std::string_view reason);

// Throws required() for the first of `keys` that `params` has no value for.
void check_required(const nlohmann::json& params, std::initializer_list<const char*> keys);
// Throws when the text is longer than the database's field.
void check_length(const nlohmann::json& params, const char* key, std::size_t most);

}  // namespace pf::cloudforet_sim
