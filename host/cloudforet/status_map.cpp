#include "host/cloudforet/status_map.hpp"

#include <grpcpp/support/status.h>

#include <algorithm>

namespace pf::host::cloudforet {

namespace {

constexpr std::string_view reason_prefix = "ERROR_";
constexpr std::size_t max_encoded_details = 2000;

Code outgoing_code(Code code) {
    switch (code) {
        case Code::permission_denied:
        case Code::unavailable:
        case Code::deadline_exceeded:
            return Code::failed_precondition;
        default:
            return code;
    }
}

// For a Status that names no reason of its own; the names are those of CloudForet's own services.
std::string_view usual_reason(Code code) {
    switch (code) {
        case Code::unauthenticated:
            return "ERROR_INVALID_CREDENTIALS";
        case Code::invalid_argument:
            return "ERROR_INVALID_ARGUMENT";
        case Code::not_found:
            return "ERROR_NOT_FOUND";
        case Code::unimplemented:
            return "ERROR_NOT_IMPLEMENTED";
        case Code::aborted:
        case Code::cancelled:
            return "ERROR_INTERRUPTED";
        case Code::permission_denied:
            return "ERROR_PRISM_PERMISSION";
        case Code::unavailable:
            return "ERROR_PRISM_UNAVAILABLE";
        case Code::deadline_exceeded:
            return "ERROR_REQUEST_TIMEOUT";
        default:
            return "ERROR_INTERNAL";
    }
}

bool is_reason(std::string_view text) {
    return text.size() > reason_prefix.size() && text.starts_with(reason_prefix) &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
           });
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

// One line; cut at a character's beginning. gRPC percent-encodes what is not printable ASCII.
std::string bounded_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    std::size_t encoded = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        encoded += (text[i] >= 0x20 && text[i] < 0x7F && text[i] != '%') ? 1 : 3;
        if (encoded > max_encoded_details) {
            while (i > 0 && is_continuation(text[i])) {
                --i;
            }
            text.resize(i);
            return text + "...";
        }
    }
    return text;
}

}  // namespace

WireStatus to_wire(const Status& status) {
    if (status.ok()) {
        return {};
    }
    const std::string_view reason = is_reason(status.reason()) ? std::string_view(status.reason())
                                                               : usual_reason(status.code());
    return {outgoing_code(status.code()),
            bounded_line(std::string(reason) + ": " + status.message())};
}

grpc::Status to_grpc(const Status& status) {
    const WireStatus wire = to_wire(status);
    return {static_cast<grpc::StatusCode>(wire.code), wire.details};
}

Status from_wire(Code code, std::string_view details) {
    if (code == Code::ok) {
        return {};
    }
    const std::size_t colon = details.find(':');
    if (colon != std::string_view::npos && is_reason(details.substr(0, colon))) {
        std::string_view text = details.substr(colon + 1);
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        return {code, std::string(details.substr(0, colon)), std::string(text)};
    }
    return {code, "ERROR_INTERNAL_API", std::string(details)};
}

}  // namespace pf::host::cloudforet
