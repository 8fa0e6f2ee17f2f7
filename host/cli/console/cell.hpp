// Field values as cells of a terminal's table.
#pragma once

#include "host/cli/console/field_value.hpp"
#include "host/cli/table.hpp"

namespace pf::host::cli {

// The terminal's colour that is nearest.
Tint tint_of(Hue hue);
// All on one line, "-" when there is nothing; the colour is that of the first piece that has one.
Cell cell_of(const FieldValue& value);

}  // namespace pf::host::cli
