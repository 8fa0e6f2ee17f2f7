// Privileges: it needs none but to open a port above 1024.

#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/judged.hpp"

namespace pf::host::doctor {
namespace {

// The value of a line of /proc/self/status; empty when it is not there.
std::string line_of(const Setup& setup, const std::string& key) {
    std::ifstream file(setup.machine_root / "proc/self/status");
    for (std::string line; std::getline(file, line);) {
        if (line.rfind(key + ":", 0) == 0) {
            const std::size_t at = line.find_first_not_of(" \t", key.size() + 1);
            return at == std::string::npos ? std::string() : line.substr(at);
        }
    }
    return {};
}

}  // namespace

Finding check_privileges(const Setup& setup) {
    const std::string users = line_of(setup, "Uid");
    const std::string capabilities = line_of(setup, "CapEff");
    const bool is_root = users.rfind("0\t", 0) == 0 || users == "0";
    const bool has_capabilities = capabilities.find_first_not_of('0') != std::string::npos;
    const bool may_gain = line_of(setup, "NoNewPrivs") != "1";
    const Facts facts = {
        {"root", is_root}, {"capabilities", has_capabilities}, {"may_gain_privileges", may_gain}};
    if (users.empty()) {
        return not_tried("privileges", "the system does not tell them");
    }
    if (is_root || has_capabilities) {
        return doubtful("privileges",
                        is_root ? "it runs as root" : "it has capabilities that it does not need",
                        "run it as a user of its own without capabilities, as the image and the "
                        "chart do",
                        facts);
    }
    if (may_gain) {
        return doubtful("privileges", "a user of its own, but it could gain privileges",
                        "set allowPrivilegeEscalation: false, or NoNewPrivileges of a unit", facts);
    }
    return fit("privileges", "a user of its own without capabilities", facts);
}

}  // namespace pf::host::doctor
