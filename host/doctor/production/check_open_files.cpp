// Open files: each call and each connection to Prism takes one.

#include <sys/resource.h>

#include <algorithm>

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/judged.hpp"

namespace pf::host::doctor {
namespace {

// Calls in progress, their connections, modules, and room for what libraries open.
constexpr std::uint64_t enough = 1024;

}  // namespace

Finding check_open_files(const Setup& setup) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return not_tried("open_files", "the system does not tell its limits");
    }
    const std::uint64_t most = limit.rlim_cur;
    const Facts facts = {
        {"limit", static_cast<std::int64_t>(std::min<std::uint64_t>(most, INT64_MAX))},
        {"sessions", std::int64_t{setup.sessions}}};
    const std::string text = std::to_string(most) + " at once";
    if (most < enough) {
        return doubtful("open_files", "only " + text,
                        "raise the limit to 1024 or more: ulimit -n, LimitNOFILE of a unit", facts);
    }
    return fit("open_files", text, facts);
}

}  // namespace pf::host::doctor
