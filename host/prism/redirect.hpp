// Redirects: which ones may be followed without a credential or a token leaving for elsewhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pf::host::prism {

// The path and query a Location header means, when it stays on `host` and `port` with https: a
// path, or a URL of exactly that place. Nothing for any other.
std::optional<std::string> path_at_same_place(std::string_view location, std::string_view host,
                                              std::uint16_t port);

// True for a redirect token that may be sent as the Cookie header.
bool is_sendable_token(std::string_view token) noexcept;

}  // namespace pf::host::prism
