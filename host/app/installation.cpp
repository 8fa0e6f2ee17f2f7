#include "host/app/installation.hpp"

#include <system_error>

namespace pf::host::app {

namespace fs = std::filesystem;

std::string_view version() noexcept { return PRISMFORET_VERSION; }

fs::path default_module_directory() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        const fs::path prefix = program.parent_path().parent_path();
        for (const char* place : {"modules", "lib/prismforet/modules"}) {
            if (fs::is_directory(prefix / place, error)) {
                return prefix / place;
            }
        }
    }
    return "/usr/lib/prismforet/modules";
}

}  // namespace pf::host::app
