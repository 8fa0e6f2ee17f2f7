#include "host/services/text.hpp"

#include <simdjson.h>

#include <algorithm>

#include "host/encoding/plain_text.hpp"

namespace pf::host::services {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

}  // namespace

std::size_t character_length(std::string_view text, std::size_t& bad) noexcept {
    const auto first = static_cast<unsigned char>(text[0]);
    bad = 1;
    if (first < 0x80) {
        return 1;
    }
    std::size_t length = 0;
    unsigned low = 0x80;
    unsigned high = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
    } else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        low = first == 0xE0 ? 0xA0 : 0x80;   // no overlong forms
        high = first == 0xED ? 0x9F : 0xBF;  // no surrogates
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        low = first == 0xF0 ? 0x90 : 0x80;
        high = first == 0xF4 ? 0x8F : 0xBF;  // nothing above U+10FFFF
    } else {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        const unsigned byte = i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
        if (byte < low || byte > high) {
            bad = i;
            return 0;
        }
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

bool is_valid_utf8(std::string_view text) noexcept {
    // Most texts are a few plain bytes: cheaper to look at here than to dispatch.
    if (text.size() <= 64 && encoding::is_plain(text)) {
        return true;
    }
    return simdjson::validate_utf8(text.data(), text.size());
}

std::string replace_invalid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 8);
    while (!text.empty()) {
        std::size_t bad = 0;
        const std::size_t good = character_length(text, bad);
        out += good > 0 ? text.substr(0, good) : replacement;
        text.remove_prefix(good > 0 ? good : bad);
    }
    return out;
}

std::string_view cut_characters(std::string_view text, std::size_t characters) noexcept {
    if (text.size() <= characters) {
        return text;
    }
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_start = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
        if (is_start && count++ == characters) {
            return text.substr(0, i);
        }
    }
    return text;
}

std::string one_line(std::string_view text, std::size_t characters) {
    // Cut first: what nobody will see need not be copied. A character has at most 4 bytes.
    std::string out =
        replace_invalid_utf8(cut_characters(text.substr(0, 4 * characters), characters));
    std::replace_if(
        out.begin(), out.end(),
        [](char byte) { return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F; }, ' ');
    return out;
}

std::string printable(std::string_view text) { return one_line(text, 64); }

std::string stable_word(std::string_view text) {
    constexpr std::size_t longest = 64;
    std::string word(text.substr(0, longest));
    for (char& byte : word) {
        const bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                              (byte >= '0' && byte <= '9') || byte == '_' || byte == '.' ||
                              byte == '-';
        byte = is_plain ? byte : '_';
    }
    return word.empty() ? "module.no_code" : word;
}

}  // namespace pf::host::services
