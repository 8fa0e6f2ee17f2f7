// The units of a configuration (host/document/units.hpp) under the names that this folder uses.
#pragma once

#include "host/document/units.hpp"

namespace pf::host::app {

using document::parse_duration;
using document::parse_size;

}  // namespace pf::host::app
