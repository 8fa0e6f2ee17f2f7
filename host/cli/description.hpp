// Descriptions: everything about single resources, for people.
#pragma once

#include <memory>

#include "host/cli/known_kinds.hpp"
#include "host/cli/row_writer.hpp"

namespace pf::host::cli {

// Writes, for each resource, who it is, what the console's table shows of it, and then all of it as
// it is. `output` outlives the writer.
std::unique_ptr<RowWriter> make_description(KnownKinds kinds, const TableLook& look, bool is_utc,
                                            Output& output);

}  // namespace pf::host::cli
