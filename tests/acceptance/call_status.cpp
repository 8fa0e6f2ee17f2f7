#include <array>

#include "tests/acceptance/reflection_client.hpp"

namespace pf::test {
namespace {

constexpr std::array<std::string_view, 17> names{
    "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED"};

}  // namespace

std::string CallStatus::code_name() const {
    const auto index = static_cast<std::size_t>(code);
    return index < names.size() ? std::string(names[index]) : std::to_string(code);
}

// The order of the cases is that of CloudForet's client: the status outranks the text.
std::string CallStatus::error_code() const {
    const std::string name = code_name();
    const bool has_code = details.starts_with("ERROR_");
    if (ok()) return {};
    if (name == "PERMISSION_DENIED") return "ERROR_PERMISSION_DENIED";
    if (name == "UNAUTHENTICATED" && has_code) return "ERROR_AUTHENTICATE_FAILURE";
    if (name == "UNAVAILABLE" && !has_code) return "ERROR_GRPC_CONNECTION";
    if (has_code) return details.substr(0, details.find(':'));
    return "ERROR_INTERNAL_API";
}

std::string CallStatus::describe() const {
    return details.empty() ? code_name() : code_name() + ": " + details;
}

}  // namespace pf::test
