// Draws pictures as one HTML page that needs nothing else: no script, no image, no other file.
#pragma once

#include <string>
#include <vector>

#include "host/cli/console/picture.hpp"

namespace pf::host::cli {

// The page, UTF-8. `reasons` say what was missing when the pictures were made and stand on top;
// none: nothing was. All texts are escaped.
std::string draw_as_html(const std::vector<Picture>& pictures,
                         const std::vector<std::string>& reasons);

}  // namespace pf::host::cli
