#include "host/cloudforet/call_identity.hpp"

#include <grpcpp/server_context.h>

#include <algorithm>
#include <string_view>

namespace pf::host::cloudforet {
namespace {

constexpr std::size_t longest_request_id = 128;
constexpr std::size_t longest_state = 512;

std::string_view view(const grpc::string_ref& text) { return {text.data(), text.size()}; }

// The only value of a key; empty when there is none or several, which nobody can choose between.
std::string_view only(const CallMetadata& metadata, const char* key) {
    const auto [first, end] = metadata.equal_range(key);
    return first != end && std::next(first) == end ? view(first->second) : std::string_view();
}

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= longest_request_id &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      std::string_view(".:_-").find(c) != std::string_view::npos;
           });
}

std::string request_id_in(const CallMetadata& metadata) {
    for (const char* key : {"x-request-id", "x_request_id"}) {
        if (const std::string_view given = only(metadata, key); is_word(given)) {
            return std::string(given);
        }
    }
    return random_hex(16);
}

// Several fields are one list. What is too long, or could not stand in a header, is left behind as
// a whole: a part of it may mean something else.
std::string state_in(const CallMetadata& metadata) {
    std::string all;
    const auto [first, end] = metadata.equal_range("tracestate");
    for (auto at = first; at != end; ++at) {
        const std::string_view part = view(at->second);
        if (all.size() + part.size() + 1 > longest_state ||
            !std::all_of(part.begin(), part.end(), [](char c) { return c >= 0x20 && c < 0x7F; })) {
            return {};
        }
        all += (all.empty() ? "" : ",") + std::string(part);
    }
    return all;
}

}  // namespace

CallTrace identify(const CallMetadata& metadata) {
    CallTrace trace;
    trace.request_id = request_id_in(metadata);
    trace.parent = parse_traceparent(only(metadata, "traceparent"));
    if (trace.parent) {
        trace.state = state_in(metadata);
    }
    return trace;
}

std::shared_ptr<const CallTrace> trace_of(const grpc::ServerContext& context) noexcept {
    try {
        return std::make_shared<const CallTrace>(identify(context.client_metadata()));
    } catch (...) {
        return nullptr;
    }
}

}  // namespace pf::host::cloudforet
