// What a configuration refers to: CA files, modules, kinds, addresses. Whether it is there and can
// be used shows only when it is looked at; `validate` does so before a server needs it.
#pragma once

#include <string>
#include <vector>

#include "host/app/config.hpp"
#include "host/base/status.hpp"
#include "host/loader/loader.hpp"

namespace pf::host::app {

// What is wrong, and what is only odd, each with its place and what to do.
struct ReferenceFindings {
    std::vector<Status> wrong;  // INVALID_ARGUMENT (ERROR_CONFIG), or a module's own refusal
    std::vector<std::string> odd;
};

// Looks at everything that `loaded` refers to on this machine. `modules` are what its modules part
// brings, as load_modules() gives them. Asks no Prism Central.
ReferenceFindings check_references(const LoadedConfig& loaded,
                                   const std::vector<loader::LoadedModule>& modules);

// What the configuration says about modules, as the loader wants it.
loader::LoaderConfig loader_config(const ModulesConfig& config);

}  // namespace pf::host::app
