// The HTTP proxy on the way to a Prism Central: how people write it, and whom it is for. What a
// proxy is set for goes through it or fails: there is no way around.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/secret.hpp"
#include "host/base/status.hpp"

namespace pf::host::prism {

struct Proxy {
    std::string host;        // empty: none is used
    std::uint16_t port = 0;  // of the proxy
    Secret user_info;        // "user:password", decoded; empty = the proxy asks for nothing
};

// "http://[user:password@]host:port" or "host:port"; "none" and "direct" mean that none is used.
// INVALID_ARGUMENT says what is wrong without quoting it: it may hold a password.
Result<Proxy> parse_proxy(std::string_view text);

// Which proxy is for which target, where the target itself does not say.
class ProxyRules {
  public:
    ProxyRules() = default;
    // `exceptions` as NO_PROXY: names (with all below them), addresses, networks as 10.0.0.0/8,
    // each with an optional :port, separated by commas or blanks; * is everything. Loopback
    // addresses and localhost are always exceptions.
    ProxyRules(Proxy proxy, std::string_view exceptions);

    // The proxy for `host` (without brackets) and `port`; one with an empty host for none.
    const Proxy& choose(std::string_view host, std::uint16_t port) const;

  private:
    bool is_exception(std::string_view host, std::uint16_t port) const;

    Proxy proxy_;
    Proxy none_;
    std::vector<std::string> exceptions_;
};

}  // namespace pf::host::prism
