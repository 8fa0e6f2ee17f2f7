// The host of a Prism Central as people paste it: a name, an address, or the URL of its console.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/base/status.hpp"

namespace pf::host::runtime {

struct HostText {
    std::string host;  // lower case, without brackets
    std::optional<std::uint16_t> port;
    // "host:port" with brackets around an IPv6 address.
    static std::string name(const std::string& host, std::uint16_t port);
};

// Accepts a scheme (http means https: nothing is ever sent in the clear), a port, a path, IPv6 with
// or without brackets, a trailing dot or slash. `key` is the name in messages, which do not quote
// `text`: a pasted URL may hold a password.
Result<HostText> parse_host(std::string_view text, std::string_view key);

}  // namespace pf::host::runtime
