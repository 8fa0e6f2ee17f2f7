#include "host/cli/yaml_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "host/base/utf8.hpp"
#include "host/cli/text.hpp"

namespace pf::host::cli {
namespace {

using Json = nlohmann::ordered_json;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// Readers of YAML 1.1 take these for something else than a text.
bool is_word_with_meaning(std::string_view text) {
    static constexpr std::array<std::string_view, 10> words = {"true", "false", "yes", "no", "on",
                                                               "off",  "null",  "y",   "n",  "nan"};
    return std::find(words.begin(), words.end(), lower_ascii(text)) != words.end();
}

// Only what needs no second thought: letters first, then letters, digits and - _ / . and blanks.
bool is_bare(std::string_view text) {
    if (text.empty() || !is_letter(text.front()) || text.back() == ' ' ||
        is_word_with_meaning(text)) {
        return false;
    }
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '/' || c == '.' ||
               c == ' ';
    });
}

std::string escaped(char32_t value) {
    char text[16];
    std::snprintf(text, sizeof text, value > 0xFFFF ? "\\U%08X" : "\\u%04X",
                  static_cast<unsigned>(value));
    return text;
}

void put_key(std::string& out, const std::string& key) { out += yaml_scalar(key) + ":"; }

bool is_block(const Json& value) { return value.is_structured() && !value.empty(); }

std::string flat(const Json& value) {
    return value.is_string() ? yaml_scalar(value.get_ref<const std::string&>())
                             : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void put_block(std::string& out, const Json& value, std::size_t indent, bool is_begun);

void put_member(std::string& out, const Json& value, std::size_t indent) {
    if (!is_block(value)) {
        out += " " + flat(value) + "\n";
        return;
    }
    out += "\n";
    put_block(out, value, indent + 2, false);
}

// `is_begun`: the blanks before the first line are there already.
void put_block(std::string& out, const Json& value, std::size_t indent, bool is_begun) {
    const auto begin_line = [&] {
        out.append(is_begun ? 0 : indent, ' ');
        is_begun = false;
    };
    if (!is_block(value)) {
        begin_line();
        out += flat(value) + "\n";
    } else if (value.is_object()) {
        for (const auto& [key, member] : value.items()) {
            begin_line();
            put_key(out, key);
            put_member(out, member, indent);
        }
    } else {
        for (const Json& element : value) {
            begin_line();
            out += "- ";
            put_block(out, element, indent + 2, true);
        }
    }
}

}  // namespace

std::string yaml_scalar(std::string_view text) {
    if (is_bare(text)) {
        return std::string(text);
    }
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = decode_utf8(text, at);
        const char32_t value = point.value;
        if (value == U'"' || value == U'\\') {
            out += '\\';
            out += static_cast<char>(value);
        } else if (value == U'\n') {
            out += "\\n";
        } else if (value == U'\t') {
            out += "\\t";
        } else if (is_control(value) || value == 0xFEFF || (value & 0xFFFE) == 0xFFFE) {
            out += escaped(value);
        } else {
            append_utf8(out, value);
        }
        at += point.size;
    }
    return out + "\"";
}

std::string yaml_text(const Json& value, std::size_t indent) {
    std::string out;
    put_block(out, value, indent, false);
    return out;
}

std::string yaml_element(const Json& value, std::size_t indent) {
    std::string out(indent, ' ');
    out += "- ";
    put_block(out, value, indent + 2, true);
    return out;
}

}  // namespace pf::host::cli
