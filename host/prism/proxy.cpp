#include "host/prism/proxy.hpp"

#include <algorithm>
#include <charconv>

#include "host/prism/address.hpp"

namespace pf::host::prism {
namespace {

constexpr std::string_view usual_form =
    "give it as http://host:port, or http://user:password@host:port";

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
    return out;
}

Status wrong(const std::string& what) {
    return Status(Code::invalid_argument, "ERROR_PROXY",
                  "the proxy " + what + "; " + std::string(usual_form));
}

int hex(char c) noexcept {
    const char low = lower(c);
    return c >= '0' && c <= '9' ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 &&
            hex(text[i + 2]) >= 0) {
            out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

// 0 when it is none.
std::uint16_t port_of(std::string_view digits) noexcept {
    std::uint16_t port = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return parsed.ec == std::errc() && parsed.ptr == digits.data() + digits.size() ? port : 0;
}

// Splits "name:port" and "[v6]:port"; a port of 0 when there is none.
void split_port(std::string_view text, std::string_view& name, std::uint16_t& port) {
    name = text;
    port = 0;
    const auto bracket = text.starts_with('[') ? text.find(']') : std::string_view::npos;
    const auto colon = text.rfind(':');
    const bool is_bare_v6 = bracket == std::string_view::npos && text.find(':') != colon;
    if (colon != std::string_view::npos && !is_bare_v6 &&
        (bracket == std::string_view::npos || colon > bracket)) {
        name = text.substr(0, colon);
        port = port_of(text.substr(colon + 1));
    }
    if (name.size() > 2 && name.front() == '[' && name.back() == ']') {
        name = name.substr(1, name.size() - 2);
    }
}

bool is_loopback(std::string_view host) {
    return host == "localhost" || host.ends_with(".localhost") ||
           is_in_network(host, "127.0.0.0/8") || is_in_network(host, "::1/128");
}

}  // namespace

Result<Proxy> parse_proxy(std::string_view text) {
    Proxy proxy;
    const std::string word = lower(text);
    if (word == "none" || word == "direct") {
        return proxy;
    }
    if (const auto scheme = text.find("://"); scheme != std::string_view::npos) {
        if (lower(text.substr(0, scheme)) != "http") {
            return wrong("is none of the kind http://, and no other kind can be used");
        }
        text.remove_prefix(scheme + 3);
    }
    text = text.substr(0, text.find_first_of("/?#"));
    if (const auto at = text.rfind('@'); at != std::string_view::npos) {
        proxy.user_info = Secret(percent_decoded(text.substr(0, at)));
        text.remove_prefix(at + 1);
    }
    std::string_view name;
    split_port(text, name, proxy.port);
    const bool is_name =
        !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), [](char c) {
            return hex(c) >= 0 || (lower(c) >= 'a' && lower(c) <= 'z') || c == '.' || c == '-' ||
                   c == '_' || c == ':';
        });
    if (!is_name) {
        return wrong("has no usable host name");
    }
    if (proxy.port == 0) {
        return wrong("has no port from 1 to 65535");
    }
    proxy.host = lower(name);
    return proxy;
}

ProxyRules::ProxyRules(Proxy proxy, std::string_view exceptions) : proxy_(std::move(proxy)) {
    while (!exceptions.empty()) {
        const auto end = std::min(exceptions.find_first_of(", \t"), exceptions.size());
        if (end > 0) {
            exceptions_.push_back(lower(exceptions.substr(0, end)));
        }
        exceptions.remove_prefix(std::min(end + 1, exceptions.size()));
    }
}

bool ProxyRules::is_exception(std::string_view host, std::uint16_t port) const {
    return std::any_of(exceptions_.begin(), exceptions_.end(), [&](std::string_view entry) {
        if (entry == "*") {
            return true;
        }
        std::string_view name;
        std::uint16_t only_port = 0;
        split_port(entry, name, only_port);
        if (only_port != 0 && only_port != port) {
            return false;
        }
        if (name.find('/') != std::string_view::npos) {
            return is_in_network(host, name);
        }
        if (name.starts_with("*.")) {
            name.remove_prefix(1);
        }
        const bool is_below = name.starts_with('.');
        const std::string_view bare = is_below ? name.substr(1) : name;
        if (bare.empty()) {
            return false;
        }
        return host == bare || (!is_ip_address(std::string(host)) && host.size() > bare.size() &&
                                host.ends_with(bare) && host[host.size() - bare.size() - 1] == '.');
    });
}

const Proxy& ProxyRules::choose(std::string_view host, std::uint16_t port) const {
    const std::string name = lower(host);
    return proxy_.host.empty() || is_loopback(name) || is_exception(name, port) ? none_ : proxy_;
}

}  // namespace pf::host::prism
