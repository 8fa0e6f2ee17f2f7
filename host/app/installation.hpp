// Where the files of this installation are.
#pragma once

#include <filesystem>
#include <string_view>

namespace pf::host::app {

// The version of this program, e.g. "0.9.0".
std::string_view version() noexcept;

// The directory of modules when the configuration names none: modules/ beside the directory of the
// program, lib/prismforet/modules of its prefix, or /usr/lib/prismforet/modules; the first that
// exists, else the last.
std::filesystem::path default_module_directory();

}  // namespace pf::host::app
