// The tables of pf.shapes/1 and pf.charges/1, backed by the call's CostDesk.
#pragma once

#include "prismforet/abi/charges.h"
#include "prismforet/abi/shapes.h"

namespace pf::host::services {

// Static. A call that is not about costs is refused, and its module blamed.
const pf_shapes& shapes_table() noexcept;
const pf_charges& charges_table() noexcept;

}  // namespace pf::host::services
