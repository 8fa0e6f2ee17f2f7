#include "host/capture/text_shape.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace pf::host::capture {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

template <class Allowed>
bool consists_of(std::string_view text, std::size_t most, Allowed allowed) {
    return !text.empty() && text.size() <= most && std::all_of(text.begin(), text.end(), allowed);
}

// `form` has 'd' for a digit, 'a' for a letter; anything else stands for itself.
bool has_form(std::string_view text, std::string_view form) {
    if (text.size() != form.size()) {
        return false;
    }
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool fits = form[i] == 'd'   ? is_digit(text[i])
                          : form[i] == 'a' ? is_letter(text[i])
                                           : text[i] == form[i];
        if (!fits) {
            return false;
        }
    }
    return true;
}

bool is_zone(std::string_view text) {
    return text == "Z" || text == "z" || has_form(text, "+dd:dd") || has_form(text, "-dd:dd");
}

template <int family>
bool is_address(std::string_view text) {
    std::array<unsigned char, 16> bytes{};
    return text.size() < 46 && ::inet_pton(family, std::string(text).c_str(), bytes.data()) == 1;
}

}  // namespace

bool is_uuid(std::string_view text) {
    if (text.size() != 36) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (is_dash ? text[i] != '-' : !is_hex(text[i])) {
            return false;
        }
    }
    return true;
}

bool is_number(std::string_view text) {
    if (!text.empty() && text.front() == '-') {
        text.remove_prefix(1);
    }
    const auto dots = std::count(text.begin(), text.end(), '.');
    return !text.empty() && is_digit(text.front()) && is_digit(text.back()) && dots <= 1 &&
           consists_of(text, 25, [](char c) { return is_digit(c) || c == '.'; });
}

bool is_date(std::string_view text) {
    if (has_form(text, "aaa, dd aaa dddd dd:dd:dd GMT")) {
        return true;
    }
    constexpr std::string_view seconds = "dddd-dd-ddTdd:dd:dd";
    if (text.size() <= seconds.size() || !has_form(text.substr(0, seconds.size()), seconds)) {
        return false;
    }
    std::string_view rest = text.substr(seconds.size());
    if (rest.front() == '.') {
        const std::size_t end = rest.find_first_not_of("0123456789", 1);
        if (end == std::string_view::npos || end < 2 || end > 10) {
            return false;
        }
        rest.remove_prefix(end);
    }
    return is_zone(rest);
}

bool is_api_version(std::string_view text) {
    if (text.size() < 2 || text.size() > 16 || text.front() != 'v' || !is_digit(text[1])) {
        return false;
    }
    return consists_of(text.substr(1), 15, [](char c) {
        return is_digit(c) || c == '.' || c == 'a' || c == 'b' || c == 'r';
    });
}

bool is_word(std::string_view text) {
    return !text.empty() && is_letter(text.front()) &&
           consists_of(text, 64, [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

bool is_type_name(std::string_view text) {
    return consists_of(text, 160, [](char c) {
        return is_letter(c) || is_digit(c) || std::string_view("_.$<>[]").find(c) < 7;
    });
}

bool is_product_text(std::string_view text) {
    return consists_of(text, 120, [](char c) {
        return is_letter(c) || is_digit(c) || std::string_view(" ().@_:/+,-").find(c) < 11;
    });
}

bool is_ipv4(std::string_view text) { return is_address<AF_INET>(text); }

bool is_ipv6(std::string_view text) { return is_address<AF_INET6>(text); }

bool is_mac(std::string_view text) {
    if (text.size() != 17) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_gap = i % 3 == 2;
        if (is_gap ? text[i] != text[2] || (text[i] != ':' && text[i] != '-') : !is_hex(text[i])) {
            return false;
        }
    }
    return true;
}

bool is_host_name(std::string_view text) {
    if (text.size() > 253) {
        return false;
    }
    std::size_t labels = 0;
    std::string_view label;
    for (std::string_view rest = text;; ++labels) {
        const std::size_t dot = rest.find('.');
        label = rest.substr(0, dot);
        const bool is_label = consists_of(
            label, 63, [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; });
        if (!is_label) {
            return false;
        }
        if (dot == std::string_view::npos) {
            break;
        }
        rest.remove_prefix(dot + 1);
    }
    return labels > 0 && label.size() > 1 && std::all_of(label.begin(), label.end(), is_letter);
}

}  // namespace pf::host::capture
