// Module files: a module is code that runs with our credentials, so who can write one has them.

#include <sys/stat.h>
#include <unistd.h>

#include <system_error>

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/judged.hpp"

namespace pf::host::doctor {
namespace {

namespace fs = std::filesystem;

// Who besides an administrator can write it; empty: nobody.
std::string writer_of(const fs::path& path) {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0) {
        return {};
    }
    if ((facts.st_mode & S_IWOTH) != 0) {
        return "everybody";
    }
    if ((facts.st_mode & S_IWGRP) != 0 && facts.st_gid != 0) {
        return "its group";
    }
    if (facts.st_uid != 0 && (facts.st_uid != ::geteuid() || (facts.st_mode & S_IWUSR) != 0)) {
        return facts.st_uid == ::geteuid() ? "this program itself" : "its owner, who is not root";
    }
    return {};
}

}  // namespace

Finding check_module_files(const Setup& setup) {
    constexpr const char* name = "module_files";
    std::vector<Facts> found;
    std::vector<std::string> lines;
    bool is_open_to_all = false;
    const auto look_at = [&](const fs::path& path) {
        const std::string who = writer_of(path);
        if (!who.empty()) {
            is_open_to_all = is_open_to_all || who == "everybody";
            found.push_back({{"path", path.string()}, {"writer", who}});
            lines.push_back(path.string() + ": " + who);
        }
    };
    for (const fs::path& directory : setup.module_directories) {
        look_at(directory);
        std::error_code error;
        for (fs::directory_iterator at(directory, error), end; !error && at != end;
             at.increment(error)) {
            look_at(at->path());
        }
    }
    const Facts facts = {{"open", std::move(found)}};
    if (lines.empty()) {
        return fit(name, "only root can replace a module", facts);
    }
    const std::string text = "modules can be replaced by others than root";
    const std::string advice =
        "chown -R root:root and chmod -R go-w the modules' directory, or run the image";
    Finding finding =
        is_open_to_all ? unfit(name, text, advice, facts) : doubtful(name, text, advice, facts);
    finding.details = std::move(lines);
    return finding;
}

}  // namespace pf::host::doctor
