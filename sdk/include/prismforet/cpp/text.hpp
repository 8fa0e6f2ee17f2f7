// Text at the border of the ABI: std::string_view inside, pf_str outside. Neither copies.
#pragma once

#include <string_view>

#include "prismforet/abi/types.h"

namespace pf {

// The view as the ABI's type; valid as long as the text it looks at.
inline pf_str to_str(std::string_view text) noexcept {
    return {text.data(), static_cast<std::uint64_t>(text.size())};
}

// The ABI's text as a view; valid as long as the pf_str's text.
inline std::string_view to_view(pf_str text) noexcept {
    return text.len == 0 ? std::string_view{}
                         : std::string_view{text.ptr, static_cast<std::size_t>(text.len)};
}

}  // namespace pf
