// Base 64 (RFC 4648, section 4), with padding.
#pragma once

#include <string>
#include <string_view>

namespace pf::host {

// `text`, which may hold any bytes.
std::string base64(std::string_view text);

}  // namespace pf::host
