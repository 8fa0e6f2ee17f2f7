#define BOOST_DLL_USE_STD_FS
#include "host/loader/library.hpp"

#include <algorithm>
#include <boost/dll/shared_library.hpp>
#include <exception>
#include <mutex>
#include <system_error>
#include <utility>

#include "host/base/running_module.hpp"
#include "host/loader/elf_image.hpp"
#include "host/loader/module_file.hpp"
#include "host/loader/refusal.hpp"

namespace pf::host::loader {
namespace {

namespace fs = std::filesystem;

// Never destroyed: unloading a C++ library, even at exit, runs destructors of code that is gone.
void keep_for_ever(boost::dll::shared_library library) {
    static auto& mutex = *new std::mutex;
    static auto& kept = *new std::vector<boost::dll::shared_library>;
    const std::lock_guard lock(mutex);
    kept.push_back(std::move(library));
}

// What the dynamic linker said, without what Boost puts around it:
// "... failed (dlerror system message: <file>: <said>): Bad file descriptor".
std::string linker_text(std::string text, const fs::path& file) {
    if (const std::size_t at = text.rfind(file.string() + ": "); at != text.npos) {
        text.erase(0, at + file.string().size() + 2);
        text.erase(std::min(text.rfind("): "), text.size()));
    }
    return text;
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

Status load_failure(const std::string& said) {
    if (contains(said, "version `")) {
        return refuse(reason::unresolved, "was built against newer system libraries: " + said,
                      "build the module on the oldest system it shall run on");
    }
    if (contains(said, "undefined symbol")) {
        return refuse(reason::unresolved, "uses a symbol that nobody here has: " + said,
                      "link it with -z defs, which finds this when it is built");
    }
    return refuse(reason::load, "the dynamic linker refused it: " + said,
                  "see what ldd says about the file");
}

// An exception out of a static constructor is not caught on purpose: it would leave the dynamic
// linker's lock taken, and every thread that needs the linker later would wait for ever. dlopen is
// declared noexcept, so it ends the process, and the crash report names the module.
Result<Library> open_library(const fs::path& file, const std::string& name) {
    namespace mode = boost::dll::load_mode;
    const RunningModule running(name, "loading");
    try {
        boost::dll::shared_library library(file, mode::rtld_now | mode::rtld_local);
        // The reference is into the mapped library, which stays.
        Library opened;
        opened.entry = &library.get<const pf_module*()>(PF_MODULE_ENTRY_NAME);
        opened.loaded_from = file;
        keep_for_ever(std::move(library));
        return opened;
    } catch (const std::exception& e) {
        return load_failure(linker_text(e.what(), file));
    }
}

// Mounted without permission to execute: another place may do.
bool is_place_to_blame(const Status& failure) {
    return contains(failure.message(), "failed to map segment");
}

}  // namespace

Status look_at(std::string_view bytes) {
    const auto image = read_elf_image(bytes);
    if (!image) {
        return image.status();
    }
    if (Status status = check_exports(*image); !status.ok()) {
        return status;
    }
    return check_needed(*image);
}

Result<Library> load_library(const fs::path& original, const std::string& name,
                             std::string_view bytes, const std::string& sha256,
                             const fs::path& state_dir) {
    std::vector<std::string> notes;
    for (const fs::path& place : copy_places(state_dir)) {
        const auto copy = place_copy(place, sha256, name, bytes);
        if (!copy) {
            notes.push_back("no private copy: " + copy.status().message());
            continue;
        }
        auto library = open_library(*copy, name);
        if (library || !is_place_to_blame(library.status())) {
            return library;
        }
        notes.push_back("no private copy: " + place.string() + " does not permit to execute");
    }
    std::error_code error;
    auto library = open_library(fs::absolute(original, error), name);
    if (library) {
        notes.push_back(
            "loaded in place: overwriting the file now crashes this process; give the host a "
            "state directory it can write to");
        library->notes = std::move(notes);
    }
    return library;
}

}  // namespace pf::host::loader
