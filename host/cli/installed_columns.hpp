// The columns of the kinds this installation knows, without loading any module.
#pragma once

#include <filesystem>

#include "host/cli/columns.hpp"

namespace pf::host::cli {

// Learns from the descriptors in `directory`; what cannot be read is left out.
void learn_installed(ColumnCatalogue& catalogue, const std::filesystem::path& directory);

}  // namespace pf::host::cli
