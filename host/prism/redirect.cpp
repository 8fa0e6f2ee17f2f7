#include "host/prism/redirect.hpp"

#include <algorithm>
#include <charconv>

namespace pf::host::prism {
namespace {

constexpr std::size_t longest_token = 8192;
constexpr std::uint16_t https_port = 443;

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_same(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

// "host", "host:port", "[v6]:port"
bool is_place(std::string_view authority, std::string_view host, std::uint16_t port) noexcept {
    std::string_view name = authority;
    std::string_view digits;
    const auto end = authority.starts_with('[') ? authority.find(']') : std::string_view::npos;
    const auto colon = authority.find(':', end == std::string_view::npos ? 0 : end);
    if (colon != std::string_view::npos) {
        name = authority.substr(0, colon);
        digits = authority.substr(colon + 1);
    }
    if (end != std::string_view::npos && name.size() == end + 1) {
        name = name.substr(1, name.size() - 2);
    }
    std::uint16_t given = https_port;
    if (!digits.empty()) {
        const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), given);
        if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size()) {
            return false;
        }
    }
    return is_same(name, host) && given == port;
}

}  // namespace

std::optional<std::string> path_at_same_place(std::string_view location, std::string_view host,
                                              std::uint16_t port) {
    constexpr std::string_view scheme = "https://";
    if (is_same(location.substr(0, scheme.size()), scheme)) {
        location.remove_prefix(scheme.size());
        const auto slash = location.find_first_of("/?#\\");
        if (slash == std::string_view::npos || location[slash] != '/' ||
            !is_place(location.substr(0, slash), host, port)) {
            return std::nullopt;
        }
        location.remove_prefix(slash);
    } else if (!location.starts_with('/') || location.substr(1).starts_with('/') ||
               location.substr(1).starts_with('\\')) {
        return std::nullopt;  // "//elsewhere/" means another host
    }
    location = location.substr(0, location.find('#'));
    const bool is_proper =
        std::all_of(location.begin(), location.end(), [](char c) { return c > 0x20 && c < 0x7F; });
    return is_proper ? std::optional(std::string(location)) : std::nullopt;
}

bool is_sendable_token(std::string_view token) noexcept {
    return !token.empty() && token.size() <= longest_token &&
           std::all_of(token.begin(), token.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

}  // namespace pf::host::prism
