#include "host/encoding/json_text.hpp"

#include <array>
#include <charconv>
#include <cstring>

namespace pf::host::encoding {
namespace {

// True when one of eight bytes is a control character, a quote or a backslash.
bool has_special(std::uint64_t word) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101ull;
    constexpr std::uint64_t highs = 0x8080808080808080ull;
    const std::uint64_t below_space = (word - ones * 0x20) & ~word;
    const std::uint64_t quote = word ^ (ones * '"');
    const std::uint64_t backslash = word ^ (ones * '\\');
    return ((below_space | ((quote - ones) & ~quote) | ((backslash - ones) & ~backslash)) &
            highs) != 0;
}

std::size_t plain_prefix(const char* bytes, std::size_t size) noexcept {
    std::size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + i, 8);
        if (has_special(word)) {
            break;
        }
    }
    while (i < size && static_cast<unsigned char>(bytes[i]) >= 0x20 && bytes[i] != '"' &&
           bytes[i] != '\\') {
        ++i;
    }
    return i;
}

void append_escape(Buffer& out, unsigned char byte) {
    static constexpr std::string_view digits = "0123456789abcdef";
    switch (byte) {
        case '"':
            out.append("\\\"");
            return;
        case '\\':
            out.append("\\\\");
            return;
        case '\n':
            out.append("\\n");
            return;
        case '\r':
            out.append("\\r");
            return;
        case '\t':
            out.append("\\t");
            return;
        default:
            break;
    }
    const std::array<char, 6> text = {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
    out.append({text.data(), text.size()});
}

}  // namespace

void append_json_string(Buffer& out, std::string_view text) {
    char* start = out.room(text.size() + 2);
    *start = '"';
    out.advance(1);
    while (true) {
        const std::size_t plain = plain_prefix(text.data(), text.size());
        out.append(text.substr(0, plain));
        if (plain == text.size()) {
            break;
        }
        append_escape(out, static_cast<unsigned char>(text[plain]));
        text.remove_prefix(plain + 1);
    }
    out.push('"');
}

void JsonText::key(std::string_view text) {
    end_token(begin_token(0), 0);
    append_json_string(out_, text);
    out_.push(':');
}

void JsonText::str(std::string_view text) {
    end_token(begin_token(0), 1);
    append_json_string(out_, text);
}

void JsonText::i64(std::int64_t number) {
    const bool is_text = number > largest_exact || number < -largest_exact;
    char* at = begin_token(24);
    if (is_text) {
        *at++ = '"';
    }
    at = std::to_chars(at, at + 21, number).ptr;
    if (is_text) {
        *at++ = '"';
    }
    end_token(at, 1);
}

void JsonText::f64(double number) {
    char* const at = begin_token(32);
    end_token(std::to_chars(at, at + 32, number).ptr, 1);
}

void JsonText::boolean(bool truth) {
    char* const at = begin_token(8);
    std::memcpy(at, truth ? "true\0\0\0" : "false\0\0", 8);
    end_token(at + (truth ? 4 : 5), 1);
}

void JsonText::null() {
    char* const at = begin_token(4);
    std::memcpy(at, "null", 4);
    end_token(at + 4, 1);
}

}  // namespace pf::host::encoding
