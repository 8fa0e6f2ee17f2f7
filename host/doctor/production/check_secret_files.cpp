// Secret files: who else may read them knows the credential.

#include <system_error>

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/judged.hpp"

namespace pf::host::doctor {
namespace {

namespace fs = std::filesystem;

constexpr fs::perms too_much = fs::perms::others_all | fs::perms::group_write;

}  // namespace

Finding check_secret_files(const Setup& setup) {
    constexpr const char* name = "secret_files";
    std::vector<Facts> files;
    std::vector<std::string> open;
    for (const fs::path& file : setup.secret_files) {
        std::error_code error;
        const fs::file_status status = fs::status(file, error);
        if (error || !fs::is_regular_file(status)) {
            continue;  // that it cannot be read was told before
        }
        const bool is_private = (status.permissions() & too_much) == fs::perms::none;
        files.push_back({{"path", file.string()}, {"private", is_private}});
        if (!is_private) {
            open.push_back(file.string());
        }
    }
    const bool has_none = files.empty();
    const Facts facts = {{"files", std::move(files)}};
    if (open.empty()) {
        return fit(name,
                   has_none ? "there are none" : "files with credentials are not open to others",
                   facts);
    }
    Finding finding = unfit(name, "others on this machine may use files with credentials",
                            "chmod 600; in Kubernetes defaultMode: 0440 with fsGroup", facts);
    finding.details = std::move(open);
    return finding;
}

}  // namespace pf::host::doctor
