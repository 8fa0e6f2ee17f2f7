// ModuleLibrary: opens the .so of a module for a test, the way a host would.
#pragma once

#include <dlfcn.h>

#include <stdexcept>
#include <string>

#include "prismforet/abi/module.h"

namespace pf::testing {

class ModuleLibrary {
  public:
    // Opens the library at an absolute path. Throws std::runtime_error with the linker's reason.
    // The code stays mapped for ever.
    explicit ModuleLibrary(const std::string& path) {
        void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
        if (library == nullptr) throw std::runtime_error(std::string("dlopen: ") + dlerror());
        const auto entry =
            reinterpret_cast<decltype(&pf_module_entry_v0)>(dlsym(library, PF_MODULE_ENTRY_NAME));
        if (entry == nullptr) {
            throw std::runtime_error(path + " has no " PF_MODULE_ENTRY_NAME
                                            ": it is no module, or one of another major");
        }
        module_ = entry();
    }

    // The module's table.
    const pf_module* module() const noexcept { return module_; }

  private:
    const pf_module* module_;
};

}  // namespace pf::testing
