#include "texts.hpp"

#include <charconv>

namespace notification {
namespace {

constexpr std::size_t most_depth = 4;
constexpr std::size_t most_address = 2000;
constexpr std::string_view ellipsis = "…";

// Bytes of a value that are looked at: more than any text of a message keeps.
constexpr std::size_t most_raw = 64 * 1024;

// The beginning of valid UTF-8, without half a character.
std::string_view beginning(std::string_view text) {
    if (text.size() <= most_raw) return text;
    std::size_t end = most_raw;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

std::string_view number_text(double number, char (&buffer)[40]) {
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    return {buffer, static_cast<std::size_t>(end - buffer)};
}

void append(std::string& out, pf::Value value, std::size_t depth) {
    char buffer[40];
    switch (value.kind()) {
        case pf::Kind::text:
            out += beginning(value.str());
            return;
        case pf::Kind::integer:
            out += std::to_string(value.i64(0));
            return;
        case pf::Kind::number:
            out += number_text(value.f64(0), buffer);
            return;
        case pf::Kind::boolean:
            out += value.boolean(false) ? "true" : "false";
            return;
        case pf::Kind::array:
        case pf::Kind::object:
            break;
        default:
            return;
    }
    if (depth == most_depth) {
        out += ellipsis;
        return;
    }
    const bool is_object = value.kind() == pf::Kind::object;
    const std::size_t begin = out.size();
    for (auto at = value.begin(); at != value.end() && out.size() < most_raw; ++at) {
        if (out.size() != begin) out += ", ";
        if (is_object) out.append(beginning(at.key())).append(": ");
        append(out, *at, depth + 1);
    }
}

// A line's end in any of the forms that text has; 0 when `text` begins with none, else its bytes.
std::size_t line_end(std::string_view text) {
    if (text.starts_with("\r\n")) return 2;
    if (text[0] == '\n' || text[0] == '\r') return 1;
    if (text.starts_with("\u2028") || text.starts_with("\u2029")) return 3;
    return text.starts_with("\u0085") ? 2 : 0;
}

bool is_control(std::string_view character) {
    const auto lead = static_cast<unsigned char>(character[0]);
    if (lead < 0x20 || lead == 0x7F) return true;
    // U+0080 to U+009F.
    return lead == 0xC2 &&
           (character.size() < 2 || static_cast<unsigned char>(character[1]) < 0xA0);
}

std::string clean(std::string_view text, const char* between_lines) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t end = line_end(text);
        const std::string_view character = end != 0 ? text.substr(0, end) : first_character(text);
        if (end != 0) {
            out += between_lines;
        } else if (is_control(character)) {
            out += ' ';
        } else {
            out += character;
        }
        text.remove_prefix(character.size());
    }
    out.erase(out.find_last_not_of(" \n") + 1);
    out.erase(0, out.find_first_not_of(" \n"));
    return out;
}

std::string raw_text(pf::Value value) {
    std::string out;
    append(out, value, 0);
    return out;
}

bool starts_with_word(std::string_view text, std::string_view word) {
    if (text.size() < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = text[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != word[i]) return false;
    }
    return true;
}

}  // namespace

std::string_view first_character(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && size < 4 &&
           (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80)
        ++size;
    return text.substr(0, static_cast<unsigned char>(text[0]) < 0xC0 ? 1 : size);
}

std::size_t length_of(std::string_view text) {
    std::size_t length = 0;
    while (!text.empty()) {
        const std::string_view character = first_character(text);
        length += character.size() == 4 ? 2 : 1;
        text.remove_prefix(character.size());
    }
    return length;
}

std::string fit(std::string_view text, std::size_t most, Escape escape) {
    std::string out;
    std::size_t length = 0;
    std::size_t cut_at = 0;  // where in `out` the ellipsis goes, should it be needed
    std::string piece;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view character = first_character(text.substr(at));
        piece.clear();
        if (escape == nullptr) {
            piece = character;
        } else {
            escape(piece, character, text.substr(0, at));
        }
        length += length_of(piece);
        if (length > most) {
            out.resize(cut_at);
            return most == 0 ? out : out += ellipsis;
        }
        out += piece;
        if (length < most) cut_at = out.size();
        at += character.size();
    }
    return out;
}

std::string text_of(pf::Value value, std::size_t most) {
    return fit(clean(raw_text(value), "\n"), most);
}

std::string line_of(pf::Value value, std::size_t most) { return line_of(raw_text(value), most); }

std::string line_of(std::string_view text, std::size_t most) {
    return fit(clean(beginning(text), " "), most);
}

std::string address_of(pf::Value value) {
    constexpr char digits[] = "0123456789ABCDEF";
    if (value.kind() != pf::Kind::text || value.str().size() > most_address) return {};
    const std::string text = clean(value.str(), "\n");
    const std::size_t scheme = starts_with_word(text, "https://")  ? 8
                               : starts_with_word(text, "http://") ? 7
                                                                   : 0;
    if (scheme == 0 || text.find_first_of("/?#\\ \n", scheme) == scheme || text.size() == scheme)
        return {};
    std::string out;
    for (const char c : text) {
        if (c == '\n') return {};
        if (std::string_view(" \"'<>\\^`{|}").find(c) == std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out.append(1, '%').append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
        }
    }
    return out.size() > most_address ? std::string() : out;
}

void escape_html(std::string& out, std::string_view character, std::string_view) {
    switch (character[0]) {
        case '&':
            out += "&amp;";
            return;
        case '<':
            out += "&lt;";
            return;
        case '>':
            out += "&gt;";
            return;
        case '"':
            out += "&quot;";
            return;
        case '\'':
            out += "&#39;";
            return;
        default:
            out += character;
    }
}

}  // namespace notification
