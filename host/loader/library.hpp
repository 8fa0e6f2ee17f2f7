// Library: brings a module's shared library into the process, after looking at it.
//
// A loaded library stays for the life of the process: C++ libraries cannot be unloaded safely.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/status.hpp"
#include "prismforet/abi.h"

namespace pf::host::loader {

// Not noexcept on purpose: the compiler must not drop the handlers around calls into a module.
using EntryFunction = const pf_module* (*)();

struct Library {
    EntryFunction entry = nullptr;
    std::filesystem::path loaded_from;
    std::vector<std::string> notes;
};

// OK when `bytes`, the whole file, may be loaded at all: a shared library for this machine that
// exports the entry symbol only and needs no foreign library. Runs no code of it.
Status look_at(std::string_view bytes);

// Loads a private copy of `bytes`, or `original` itself when no place for a copy can be written or
// executed from (then with a note). All its symbols are bound before this returns, and none of them
// is visible to others. Fails with ERROR_MODULE_UNRESOLVED or ERROR_MODULE_LOAD. [main]
Result<Library> load_library(const std::filesystem::path& original, const std::string& name,
                             std::string_view bytes, const std::string& sha256,
                             const std::filesystem::path& state_dir);

}  // namespace pf::host::loader
