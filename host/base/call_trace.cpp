#include "host/base/call_trace.hpp"

#include <algorithm>
#include <random>

namespace pf::host {
namespace {

// "00-" trace id "-" span id "-" flags
constexpr std::size_t trace_at = 3;
constexpr std::size_t trace_digits = 32;
constexpr std::size_t span_at = trace_at + trace_digits + 1;
constexpr std::size_t span_digits = 16;
constexpr std::size_t flags_at = span_at + span_digits + 1;
constexpr std::size_t whole = flags_at + 2;

bool is_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_id(std::string_view text) {
    return is_hex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

}  // namespace

std::optional<TraceParent> parse_traceparent(std::string_view text) {
    if (text.size() < whole || text[trace_at - 1] != '-' || text[span_at - 1] != '-' ||
        text[flags_at - 1] != '-') {
        return std::nullopt;
    }
    const std::string_view version = text.substr(0, 2);
    const bool has_more = text.size() > whole;
    if (!is_hex(version) || version == "ff" ||
        (has_more && (version == "00" || text[whole] != '-'))) {
        return std::nullopt;
    }
    const std::string_view trace = text.substr(trace_at, trace_digits);
    const std::string_view flags = text.substr(flags_at, 2);
    if (!is_id(trace) || !is_id(text.substr(span_at, span_digits)) || !is_hex(flags)) {
        return std::nullopt;
    }
    // Only the lowest bit means something in version 00, and it is odd with every such digit.
    const bool is_sampled = std::string_view("13579bdf").find(flags[1]) != std::string_view::npos;
    return TraceParent{std::string(trace), is_sampled};
}

std::string random_hex(std::size_t bytes) {
    thread_local std::mt19937_64 engine{(static_cast<std::uint64_t>(std::random_device{}()) << 32) |
                                        std::random_device{}()};
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes);
    while (text.size() < 2 * bytes) {
        std::uint64_t word = engine();
        for (int i = 0; i < 16 && text.size() < 2 * bytes; ++i, word >>= 4) {
            text += digits[word & 15];
        }
    }
    if (!text.empty() && text.find_first_not_of('0') == std::string::npos) {
        text.back() = '1';
    }
    return text;
}

std::string CallTrace::child() const {
    if (!parent) {
        return {};
    }
    return "00-" + parent->trace_id + "-" + random_hex(span_digits / 2) +
           (parent->is_sampled ? "-01" : "-00");
}

std::shared_ptr<const CallTrace> CallTrace::here() {
    return Scope::innermost == nullptr ? nullptr : Scope::innermost->trace_;
}

}  // namespace pf::host
