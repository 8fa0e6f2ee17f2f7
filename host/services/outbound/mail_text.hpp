// The text of a mail as it goes over the wire (RFC 5322). Pure functions.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "host/services/outbound/delivery.hpp"

namespace pf::host::services {

// `key` as it can stand in a header: what is no letter, digit, '-', '.' or '_' becomes '-'.
std::string plain_key(std::string_view key);

// `text` for a header: as it is, or as encoded words (RFC 2047) on folded lines; always free of
// control characters.
std::string header_text(std::string_view text);

// The whole mail, lines ended by CR LF and none beginning with a dot: bodies are in base 64, so
// they arrive byte for byte whatever they hold. `from` and `to` are checked addresses.
std::string mail_text(const std::string& from, const std::vector<std::string>& to,
                      const OutboundMessage& message, std::chrono::system_clock::time_point now);

}  // namespace pf::host::services
