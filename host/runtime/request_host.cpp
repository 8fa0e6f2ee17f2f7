#include "host/runtime/request_host.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>

#include "host/runtime/request_values.hpp"

namespace pf::host::runtime {

namespace {

constexpr std::size_t longest_name = 253;
constexpr std::size_t longest_label = 63;
constexpr std::size_t longest_zone = 15;  // of a network interface's name

// The name of a network interface behind the '%' of an address. The host goes into a header:
// nothing else may hide there.
bool is_zone(std::string_view zone) {
    return !zone.empty() && zone.size() <= longest_zone && zone.back() != '.' &&
           std::all_of(zone.begin(), zone.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                      c == '.';
           });
}

bool is_ipv6(const std::string& text) {
    in6_addr address{};
    const std::size_t zone = text.find('%');
    const std::string digits = text.substr(0, zone);
    // inet_pton ends at a NUL, behind which anything may stand.
    return digits.find('\0') == std::string::npos &&
           ::inet_pton(AF_INET6, digits.c_str(), &address) == 1 &&
           (zone == std::string::npos || is_zone(std::string_view(text).substr(zone + 1)));
}

// Letters, digits, hyphen, and the underscore that some internal names have.
bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= longest_label && label.front() != '-' &&
           label.back() != '-' && std::all_of(label.begin(), label.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
           });
}

bool is_host_name(std::string_view name) {
    if (name.size() > longest_name) {
        return false;
    }
    while (true) {
        const std::size_t dot = name.find('.');
        if (!is_label(name.substr(0, dot))) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        name.remove_prefix(dot + 1);
    }
}

std::optional<std::uint16_t> port_of(std::string_view digits) {
    const bool is_number =
        !digits.empty() && digits.size() <= 5 &&
        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    const unsigned long number = is_number ? std::stoul(std::string(digits)) : 0;
    if (number == 0 || number > 65535) {
        return std::nullopt;
    }
    return static_cast<std::uint16_t>(number);
}

// What stands between the scheme and the path.
std::string authority_of(std::string_view text) {
    std::string_view rest = trimmed(text);
    if (const std::size_t scheme = rest.find("://"); scheme != std::string_view::npos) {
        rest.remove_prefix(scheme + 3);
    }
    return lower(rest.substr(0, rest.find_first_of("/?#\\")));
}

bool has_usable_scheme(std::string_view text) {
    const std::string all = lower(trimmed(text));
    const std::size_t scheme = all.find("://");
    return scheme == std::string::npos || all.starts_with("https://") || all.starts_with("http://");
}

// Splits "host:port", "[v6]:port" and bare IPv6; false when the port is none.
bool split(const std::string& authority, HostText& result) {
    const std::size_t colon = authority.rfind(':');
    if (authority.starts_with('[')) {
        const std::size_t end = authority.find(']');
        if (end == std::string::npos) {
            return false;
        }
        result.host = authority.substr(1, end - 1);
        if (end + 1 == authority.size()) {
            return true;
        }
        result.port = authority[end + 1] == ':' ? port_of(authority.substr(end + 2)) : std::nullopt;
        return result.port.has_value();
    }
    if (colon == std::string::npos || is_ipv6(authority)) {
        result.host = authority;
        return true;
    }
    result.host = authority.substr(0, colon);
    if (colon + 1 == authority.size()) {
        return true;
    }
    result.port = port_of(authority.substr(colon + 1));
    return result.port.has_value();
}

}  // namespace

std::string HostText::name(const std::string& host, std::uint16_t port) {
    const bool is_bracketed = host.find(':') != std::string::npos;
    return (is_bracketed ? std::string("[").append(host) + "]" : host) + ":" + std::to_string(port);
}

Result<HostText> parse_host(std::string_view text, std::string_view key) {
    if (!has_usable_scheme(text)) {
        return bad_value(key, "must name a Prism Central by host name or https URL");
    }
    const std::string authority = authority_of(text);
    if (authority.find('@') != std::string::npos) {
        return bad_value(key, "must not hold a user name; use username and password");
    }
    HostText result;
    if (!split(authority, result)) {
        return bad_value(key, "has a port that is not a number from 1 to 65535");
    }
    if (result.host.ends_with('.')) {
        result.host.pop_back();
    }
    const bool is_bracketed = authority.starts_with('[');
    if (is_bracketed ? !is_ipv6(result.host)
                     : !is_ipv6(result.host) && !is_host_name(result.host)) {
        return bad_value(key, "is no host name or IP address");
    }
    return result;
}

}  // namespace pf::host::runtime
