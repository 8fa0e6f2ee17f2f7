#include "host/base/status.hpp"

#include <algorithm>
#include <array>

#include "host/base/utf8.hpp"

namespace pf::host {
namespace {

bool is_plain(const std::string& text) noexcept {
    return text.size() <= Status::longest_message &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

std::string legible(std::string text) {
    if (is_plain(text)) {
        return text;
    }
    constexpr std::string_view mark = "...";
    constexpr std::size_t longest_character = 4;
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode_utf8(text, at);
        at += point.size;
        const bool is_break = point.value == U'\n' || point.value == U'\r' || point.value == U'\t';
        append_utf8(out, is_break ? U' ' : is_control(point.value) ? U'?' : point.value);
        if (at < text.size() &&
            out.size() > Status::longest_message - mark.size() - longest_character) {
            out += mark;
            break;
        }
    }
    return out;
}

}  // namespace

Status::Status(Code code, std::string reason, std::string message)
    : code_(code), reason_(std::move(reason)), message_(legible(std::move(message))) {}

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
