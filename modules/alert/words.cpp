#include "words.hpp"

namespace alert {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

bool same_word(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

std::int32_t severity_of(std::string_view word) {
    // API v2 puts a k in front of its words.
    if (word.size() > 1 && word[0] == 'k') word.remove_prefix(1);
    if (same_word(word, "critical")) return PF_SEVERITY_CRITICAL;
    if (same_word(word, "warning")) return PF_SEVERITY_WARNING;
    if (same_word(word, "info")) return PF_SEVERITY_INFO;
    return PF_SEVERITY_NOT_AVAILABLE;
}

std::string uuid_of(std::string_view text) {
    if (text.size() != 36) return {};
    std::string uuid(text);
    for (std::size_t i = 0; i < uuid.size(); ++i) {
        const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        uuid[i] = lower(uuid[i]);
        if (is_dash ? uuid[i] != '-' : !is_hex(uuid[i])) return {};
    }
    return uuid;
}

std::string time_of(pf::Value value) {
    if (const auto number = value.i64()) return *number > 0 ? std::to_string(*number) : "";
    return std::string(value.str());
}

bool truth_of(pf::Value value) { return value.boolean().value_or(same_word(value.str(), "true")); }

}  // namespace alert
