#include "host/prism/pem.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace pf::host::prism {
namespace {

constexpr std::string_view begin_marks[] = {"-----BEGIN CERTIFICATE-----",
                                            "-----BEGIN TRUSTED CERTIFICATE-----",
                                            "-----BEGIN X509 CERTIFICATE-----"};
constexpr std::string_view end_mark = "-----END ";
constexpr std::size_t line_length = 64;

bool is_base64(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '=';
}

// The base64 characters of a block; an escaped line break ("\n", "\r") is not part of them.
std::string base64_of(std::string_view block) {
    std::string digits;
    for (std::size_t i = 0; i < block.size(); ++i) {
        if (block[i] == '\\' && i + 1 < block.size()) {
            ++i;
        } else if (is_base64(block[i])) {
            digits += block[i];
        }
    }
    return digits;
}

}  // namespace

std::string repair_pem(std::string_view text) {
    std::string out;
    while (true) {
        std::size_t begin = std::string_view::npos;
        std::string_view mark;
        for (const std::string_view candidate : begin_marks) {
            const auto at = text.find(candidate);
            if (at < begin) {
                begin = at;
                mark = candidate;
            }
        }
        if (begin == std::string_view::npos) {
            return out;
        }
        text.remove_prefix(begin + mark.size());
        const auto end = text.find(end_mark);
        if (end == std::string_view::npos) {
            return out;
        }
        const std::string digits = base64_of(text.substr(0, end));
        text.remove_prefix(end + end_mark.size());
        const std::string_view label = mark.substr(11);  // behind "-----BEGIN "
        out.append(mark).append("\n");
        for (std::size_t i = 0; i < digits.size(); i += line_length) {
            out.append(digits, i, line_length).append("\n");
        }
        out.append(end_mark).append(label).append("\n");
    }
}

std::optional<std::string> parse_sha256(std::string_view text) {
    if (const auto at = text.find('='); at != std::string_view::npos) {
        text.remove_prefix(at + 1);
    } else if (text.size() > 7 && (text[0] == 's' || text[0] == 'S')) {
        if (const auto colon = text.find(':'); colon != std::string_view::npos) {
            text.remove_prefix(colon + 1);
        }
    }
    std::string digits;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isxdigit(byte) != 0) {
            digits += static_cast<char>(std::tolower(byte));
        } else if (c != ':' && c != '-' && std::isspace(byte) == 0) {
            return std::nullopt;
        }
    }
    if (digits.size() != 64) {
        return std::nullopt;
    }
    return digits;
}

}  // namespace pf::host::prism
