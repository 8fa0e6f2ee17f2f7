#include "host/base/utf8.hpp"

namespace pf::host {
namespace {

constexpr CodePoint invalid{0xFFFD, 1, false};

// The length a first byte announces; 0 when it cannot be one.
std::size_t length_of(unsigned char first) noexcept {
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first < 0xE0) {
        return 2;
    }
    if (first >= 0xE0 && first < 0xF0) {
        return 3;
    }
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

}  // namespace

CodePoint decode_utf8(std::string_view text, std::size_t position) noexcept {
    const auto first = static_cast<unsigned char>(text[position]);
    const std::size_t length = length_of(first);
    if (length == 1) {
        return {first, 1, true};
    }
    if (length == 0 || position + length > text.size()) {
        return invalid;
    }
    char32_t value = first & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(text[position + i]);
        if ((next & 0xC0u) != 0x80u) {
            return invalid;
        }
        value = (value << 6) | (next & 0x3Fu);
    }
    const bool is_overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (is_overlong || is_surrogate || value > 0x10FFFF) {
        return invalid;
    }
    return {value, length, true};
}

bool is_utf8(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode_utf8(text, at);
        if (!point.is_valid) {
            return false;
        }
        at += point.size;
    }
    return true;
}

void append_utf8(std::string& text, char32_t value) {
    const auto byte = [&text](char32_t bits) { text += static_cast<char>(bits); };
    if (value < 0x80) {
        byte(value);
    } else if (value < 0x800) {
        byte(0xC0 | (value >> 6));
        byte(0x80 | (value & 0x3F));
    } else if (value < 0x10000) {
        byte(0xE0 | (value >> 12));
        byte(0x80 | ((value >> 6) & 0x3F));
        byte(0x80 | (value & 0x3F));
    } else {
        byte(0xF0 | (value >> 18));
        byte(0x80 | ((value >> 12) & 0x3F));
        byte(0x80 | ((value >> 6) & 0x3F));
        byte(0x80 | (value & 0x3F));
    }
}

bool is_control(char32_t value) noexcept {
    return value < 0x20 || (value >= 0x7F && value < 0xA0) || value == 0x2028 || value == 0x2029 ||
           value == 0x200E || value == 0x200F || value == 0x061C ||
           (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

}  // namespace pf::host
