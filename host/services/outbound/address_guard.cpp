#include "host/services/outbound/address_guard.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "host/prism/failure.hpp"
#include "host/services/outbound/attempt.hpp"

namespace pf::host::services {
namespace {

struct Network {
    const char* network;
    const char* what;
};

constexpr Network never[] = {
    {"169.254.0.0/16", "a link-local address"},
    {"fe80::/10", "a link-local address"},
    {"0.0.0.0/8", "an unspecified address"},
    {"::/128", "an unspecified address"},
    {"224.0.0.0/4", "a multicast address"},
    {"ff00::/8", "a multicast address"},
    {"255.255.255.255/32", "the broadcast address"},
    {"100.100.100.200/32", "the metadata service of a cloud"},
    {"168.63.129.16/32", "the metadata service of a cloud"},
    {"192.0.0.192/32", "the metadata service of a cloud"},
    {"fd00:ec2::254/128", "the metadata service of a cloud"},
    // Which IPv4 address is meant, only the translator knows.
    {"64:ff9b:1::/48", "an address of a translator to IPv4"},
    {"2001::/32", "an address of a translator to IPv4"},
};

constexpr Network at_home[] = {
    {"10.0.0.0/8", "a private address"},     {"172.16.0.0/12", "a private address"},
    {"192.168.0.0/16", "a private address"}, {"127.0.0.0/8", "a loopback address"},
    {"::1/128", "a loopback address"},       {"fc00::/7", "a unique local address"},
    {"fec0::/10", "a site-local address"},   {"100.64.0.0/10", "an address of a carrier's NAT"},
    {"240.0.0.0/4", "a reserved address"},
};

// Where IPv6 addresses carry an IPv4 address: RFC 4291, 2765, 6052, 3056.
struct Carrier {
    const char* network;
    std::size_t at;  // byte
};
constexpr Carrier carriers[] = {
    {"::ffff:0:0/96", 12}, {"::ffff:0:0:0/96", 12}, {"::/96", 12},
    {"64:ff9b::/96", 12},  {"2002::/16", 2},
};

constexpr std::string_view metadata_names[] = {
    "instance-data", "instance-data.ec2.internal", "metadata",
    "metadata.goog", "metadata.google.internal",
};

std::optional<std::string> carried(const std::string& address) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    if (address == "::" || address == "::1" ||
        ::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) {
        return std::nullopt;
    }
    for (const Carrier& carrier : carriers) {
        if (prism::is_in_network(address, carrier.network)) {
            std::array<char, INET_ADDRSTRLEN> text{};
            ::inet_ntop(AF_INET, bytes.data() + carrier.at, text.data(), text.size());
            return std::string(text.data());
        }
    }
    return std::nullopt;
}

template <std::size_t N>
std::string found_in(const Network (&networks)[N], const std::string& address) {
    for (const Network& entry : networks) {
        if (prism::is_in_network(address, entry.network)) {
            return entry.what;
        }
    }
    return {};
}

bool is_allowed_address(const std::string& address, const AddressRules& rules) {
    return std::any_of(rules.allowed.begin(), rules.allowed.end(), [&](const std::string& entry) {
        const bool v6 = entry.find(':') != std::string::npos;
        return prism::is_in_network(address, entry + (v6 ? "/128" : "/32"));
    });
}

std::string lower(std::string_view text) {
    std::string made(text);
    std::transform(made.begin(), made.end(), made.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    if (made.ends_with('.')) {
        made.pop_back();
    }
    return made;
}

bool is_allowed_name(const std::string& host, const AddressRules& rules) {
    return std::any_of(rules.allowed.begin(), rules.allowed.end(),
                       [&](const std::string& entry) { return lower(entry) == lower(host); });
}

Ended forbidden(const std::string& what) {
    return Ended({End::forbidden, "the host is " + what,
                  "nothing is sent there unless the configuration allows this host by its exact "
                  "name; check the address of the channel"});
}

}  // namespace

std::string forbids_address(const std::string& address, const AddressRules& rules) {
    if (!prism::is_ip_address(address)) {
        return "no address";
    }
    if (is_allowed_address(address, rules)) {
        return {};
    }
    std::string what = found_in(never, address);
    if (what.empty() && !rules.allows_private) {
        what = found_in(at_home, address);
    }
    if (what.empty()) {
        if (const auto inner = carried(address)) {
            what = found_in(never, *inner);
            if (what.empty() && !rules.allows_private) {
                what = found_in(at_home, *inner);
            }
        }
    }
    return what;
}

std::string forbids_name(const std::string& host, const AddressRules& rules) {
    const std::string name = lower(host);
    const bool is_metadata = std::find(std::begin(metadata_names), std::end(metadata_names),
                                       name) != std::end(metadata_names);
    return is_metadata && !is_allowed_name(host, rules) ? "the metadata service of a cloud" : "";
}

std::vector<prism::Address> addresses_of(const std::string& host, std::uint16_t port,
                                         const AddressRules& rules, Clock::time_point deadline,
                                         const Stop& stop) {
    if (const std::string what = forbids_name(host, rules); !what.empty()) {
        throw forbidden(what);
    }
    std::vector<prism::Address> found;
    try {
        found = prism::resolve(host, port, deadline, stop);
    } catch (const prism::Failed& failed) {
        const bool is_stop = failed.trouble() == prism::Trouble::stopped;
        throw Ended({is_stop ? End::stopped : End::unreachable, failed.status().message(), ""});
    }
    if (is_allowed_name(host, rules)) {
        return found;
    }
    std::string what;
    std::erase_if(found, [&](const prism::Address& address) {
        const std::string text = address.text();
        const std::string fault = forbids_address(text, rules);
        if (!fault.empty()) {
            what = text == host ? fault : "at " + text + ", " + fault;
        }
        return !fault.empty();
    });
    if (found.empty()) {
        throw forbidden(what);
    }
    return found;
}

}  // namespace pf::host::services
