// The look of the HTML page.
#pragma once

#include <string_view>

namespace pf::host::cli {

// A style sheet for light and dark and for paper; refers to nothing outside the page.
std::string_view html_style() noexcept;

}  // namespace pf::host::cli
