#include "tests/cloudforet_sim/services/caller.hpp"

#include <nlohmann/json.hpp>

namespace pf::cloudforet_sim {
namespace {

// Numbers of gRPC.
constexpr int invalid_argument = 3;
constexpr int not_found_code = 5;
constexpr int already_exists = 6;
constexpr int permission_denied_code = 7;
constexpr int unauthenticated_code = 16;

std::string put(std::string_view text) { return std::string(text); }

}  // namespace

Refusal required(std::string_view key) {
    return {invalid_argument,
            "ERROR_REQUIRED_PARAMETER: Required parameter. (key = " + put(key) + ")"};
}

Refusal invalid(std::string_view key, std::string_view reason) {
    return {invalid_argument, "ERROR_INVALID_PARAMETER: Parameter is invalid. (key = " + put(key) +
                                  ", reason = " + put(reason) + ")"};
}

Refusal not_found(std::string_view key, std::string_view value) {
    return {not_found_code,
            "ERROR_NOT_FOUND: Value not found. (" + put(key) + " = " + put(value) + ")"};
}

Refusal not_unique(std::string_view key, std::string_view value) {
    return {already_exists, "ERROR_NOT_UNIQUE: Value is not unique. (key = " + put(key) +
                                ", value = " + put(value) + ")"};
}

Refusal permission_denied() {
    return {permission_denied_code, "ERROR_PERMISSION_DENIED: Permission denied."};
}

Refusal unauthenticated(std::string_view reason) {
    return {unauthenticated_code,
            "ERROR_AUTHENTICATE_FAILURE: Authentication failure. (message = " + put(reason) + ")"};
}

void check_required(const nlohmann::json& params, std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
        if (!params.contains(key)) throw required(key);
    }
}

void check_length(const nlohmann::json& params, const char* key, std::size_t most) {
    if (params.value(key, "").size() > most) {
        throw invalid(key, "String value is too long");
    }
}

}  // namespace pf::cloudforet_sim
