#pragma once
// $select: what is left of a written object when only some of its fields were asked for.

#include <cstddef>
#include <string>
#include <vector>

#include "tests/prism_sim/json/text_buffer.hpp"

namespace pf::sim {

/// Rewrites the object that begins at byte `begin` and ends the buffer (a leading comma is kept):
/// only the named fields, their discriminators, $objectType and $reserved stay.
void keep_fields(TextBuffer& buffer, std::size_t begin, const std::vector<std::string>& names);

}  // namespace pf::sim
