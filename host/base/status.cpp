#include "host/base/status.hpp"

#include <array>

namespace pf::host {

std::string_view code_name(Code code) noexcept {
    static constexpr std::array<std::string_view, 17> names = {
        "OK",
        "CANCELLED",
        "UNKNOWN",
        "INVALID_ARGUMENT",
        "DEADLINE_EXCEEDED",
        "NOT_FOUND",
        "ALREADY_EXISTS",
        "PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION",
        "ABORTED",
        "OUT_OF_RANGE",
        "UNIMPLEMENTED",
        "INTERNAL",
        "UNAVAILABLE",
        "DATA_LOSS",
        "UNAUTHENTICATED",
    };
    const auto index = static_cast<std::size_t>(code);
    return index < names.size() ? names[index] : "UNKNOWN";
}

std::string Status::text() const {
    if (ok()) {
        return "OK";
    }
    return reason_ + ": " + message_;
}

Status Status::within(std::string_view context) const {
    if (ok()) {
        return *this;
    }
    return Status(code_, reason_, std::string(context) + ": " + message_);
}

}  // namespace pf::host
