#include "host/capture/redactor.hpp"

#include "host/capture/kept_fields.hpp"
#include "host/capture/text_shape.hpp"

namespace pf::host::capture {
namespace {

constexpr std::string_view digits = "0123456789ABCDEF";

int hex_value(char c) {
    const auto at = digits.find(c >= 'a' && c <= 'f' ? static_cast<char>(c - 0x20) : c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_code = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                             hex_value(text[i + 2]) >= 0;
        out += is_code ? static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]))
                       : text[i];
        i += is_code ? 2 : 0;
    }
    return out;
}

std::string encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') ||
                              std::string_view("-_.~").find(c) != std::string_view::npos;
        if (is_plain) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'%', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return out;
}

// Calls `put` for every part of `text` between separators.
template <class Put>
void split(std::string_view text, char separator, const Put& put) {
    while (true) {
        const std::size_t end = text.find(separator);
        put(text.substr(0, end));
        if (end == std::string_view::npos) {
            return;
        }
        text.remove_prefix(end + 1);
    }
}

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.';
}

}  // namespace

// Literals stand in quotes, and a quote is written twice within one. A literal behind a name is a
// word of an enumeration: Clustermgmt.Config.ClusterFunctionRef'PRISM_CENTRAL'.
std::string Redactor::odata(std::string_view expression) const {
    std::string out;
    std::size_t at = 0;
    while (at < expression.size()) {
        if (expression[at] != '\'') {
            out += expression[at++];
            continue;
        }
        const bool is_enumeration = at > 0 && is_name_character(expression[at - 1]);
        std::string literal;
        std::size_t end = at + 1;
        for (; end < expression.size(); ++end) {
            if (expression[end] == '\'' &&
                (end + 1 == expression.size() || expression[end + 1] != '\'')) {
                break;
            }
            end += expression[end] == '\'' ? 1 : 0;
            literal += expression[end];
        }
        const bool is_kept = (is_enumeration && is_word(literal)) || is_kept_text({}, literal);
        out += "'" + (is_kept ? literal : names_.of(literal)) + "'";
        at = end + 1;
    }
    return out;
}

std::string Redactor::parameter(std::string_view name, std::string_view value) const {
    if (is_number(value) || is_kept_text({}, value)) {
        return std::string(value);
    }
    if (name == "$filter") {
        return odata(value);
    }
    if (is_kept_parameter(name) && value.find('\'') == std::string_view::npos) {
        return std::string(value);
    }
    return names_.of(value);
}

std::string Redactor::target(std::string_view path_and_query) const {
    const std::size_t mark = path_and_query.find('?');
    std::string out;
    const char* before = "";
    split(path_and_query.substr(0, mark), '/', [&](std::string_view part) {
        const std::string segment = decoded(part);
        out += before;
        const bool is_kept =
            segment.empty() || is_kept_segment(segment) || path_words_.contains(segment);
        out += is_kept ? std::string(part) : encoded(names_.of(segment));
        before = "/";
    });
    if (mark == std::string_view::npos) {
        return out;
    }
    before = "?";
    split(path_and_query.substr(mark + 1), '&', [&](std::string_view part) {
        const std::size_t equals = std::min(part.find('='), part.size());
        const std::string name = decoded(part.substr(0, equals));
        out += before;
        out += is_kept_key(name) ? std::string(part.substr(0, equals)) : encoded(names_.of(name));
        if (equals < part.size()) {
            const std::string value = decoded(part.substr(equals + 1));
            const std::string shown = parameter(name, value);
            out += "=" + (shown == value ? std::string(part.substr(equals + 1)) : encoded(shown));
        }
        before = "&";
    });
    return out;
}

// "https://pc:9440/api/..." keeps what its path says; links within Prism's answers are such.
std::string Redactor::url(std::string_view text) const {
    const std::size_t scheme = text.find("://");
    const std::size_t slash =
        scheme == std::string_view::npos ? scheme : text.find('/', scheme + 3);
    if (slash == std::string_view::npos) {
        return names_.of(text);
    }
    return std::string(text.substr(0, scheme + 3)) +
           names_.of_host(text.substr(scheme + 3, slash - scheme - 3)) + target(text.substr(slash));
}

std::string Redactor::header(std::string_view name, std::string_view value) const {
    if (is_number(value) || is_kept_text({}, value)) {
        return std::string(value);
    }
    if (name == "Content-Type" || name == "Server" || name == "X-Ntnx-Env" ||
        name == "X-Ntnx-Product") {
        const bool is_plain = is_product_text(value) || value.find(';') != std::string_view::npos;
        return is_plain && value.size() < 80 ? std::string(value) : names_.of_words(value);
    }
    if (name == "WWW-Authenticate") {
        return std::string(value.substr(0, value.find(' ')));  // the scheme
    }
    return name == "Location" ? url(value) : names_.of(value);
}

}  // namespace pf::host::capture
