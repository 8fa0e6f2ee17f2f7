#include "host/cli/exit_code.hpp"

namespace pf::host::cli {
namespace {

struct Entry {
    std::string_view reason;
    ExitCode code;
};

// Some reasons cross from a server under a gRPC code that hides their nature, so reasons come
// first.
constexpr Entry entries[] = {
    {"ERROR_CONFIG", exit_configuration},
    {"ERROR_CONFIG_FILE", exit_configuration},
    {"ERROR_COST_MODEL", exit_configuration},
    {"ERROR_COST_MODEL_MISSING", exit_configuration},
    {"ERROR_COST_TIME_ZONE", exit_configuration},
    {"ERROR_COST_PERIOD", exit_usage},
    {"ERROR_USAGE", exit_usage},
    {"ERROR_TARGET", exit_usage},
    {"ERROR_ADDRESS", exit_usage},
    {"ERROR_REQUEST_JSON", exit_usage},
    {"ERROR_COLLECTION_FILE", exit_usage},
    {"ERROR_LISTEN_ADDRESS", exit_usage},
    {"ERROR_UNKNOWN_SERVICE", exit_usage},
    {"ERROR_UNKNOWN_METHOD", exit_usage},
    {"ERROR_METHOD_NAME", exit_usage},
    {"ERROR_CLIENT_STREAM", exit_usage},
    {"ERROR_INVALID_PARAMETER", exit_usage},
    {"ERROR_REQUIRED_PARAMETER", exit_usage},
    {"ERROR_OUTBOX_FILE", exit_failed},
    {"ERROR_OUTBOX_LOCKED", exit_failed},
    {"ERROR_INVALID_CREDENTIALS", exit_credential},
    {"ERROR_PRISM_PERMISSION", exit_credential},
    {"ERROR_PRISM_UNREACHABLE", exit_network},
    {"ERROR_PRISM_UNAVAILABLE", exit_network},
    {"ERROR_PRISM_RATE_LIMIT", exit_network},
    {"ERROR_TLS", exit_network},
    {"ERROR_PROXY", exit_network},
    {"ERROR_CONNECT", exit_network},
    {"ERROR_DEADLINE", exit_network},
};

}  // namespace

ExitCode exit_code(std::string_view reason, Code code) noexcept {
    for (const Entry& entry : entries) {
        if (entry.reason == reason) {
            return entry.code;
        }
    }
    if (reason.substr(0, 13) == "ERROR_MODULE_") {
        return exit_module;
    }
    switch (code) {
        case Code::ok:
            return reason.empty() ? exit_ok : exit_failed;
        case Code::unauthenticated:
        case Code::permission_denied:
            return exit_credential;
        case Code::unavailable:
        case Code::deadline_exceeded:
            return exit_network;
        default:
            return exit_failed;
    }
}

ExitCode exit_code(const Status& status) noexcept {
    return status.ok() ? exit_ok : exit_code(status.reason(), status.code());
}

ExitCode exit_code(const runtime::RunReport& report) noexcept {
    if (report.is_complete()) {
        return exit_ok;
    }
    for (const runtime::ListReport& list : report.lists) {
        if (list.emitted > 0 || list.is_complete) {
            return exit_partial;
        }
    }
    if (!report.missing.empty()) {
        return exit_code(report.missing.front().code, Code::ok);
    }
    return exit_code(report.end);
}

int exit_code_of_signal(int signal) noexcept { return 128 + signal; }

}  // namespace pf::host::cli
