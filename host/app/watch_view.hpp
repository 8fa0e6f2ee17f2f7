// What part of the world `prismforet watch` looks at, as the options of the collection choose it.
#pragma once

#include <string>

#include "host/base/status.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::app {

// The clusters that are chosen, in one form whatever their order; empty: all of them.
// INVALID_ARGUMENT (ERROR_CONFIG): something else chooses, by which resources come and go that
// nobody made or deleted.
Result<std::string> watch_view(const runtime::Options& options);

}  // namespace pf::host::app
