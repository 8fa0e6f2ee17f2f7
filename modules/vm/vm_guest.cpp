#include "vm_guest.hpp"

#include <algorithm>

namespace vm {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Whether `text` holds `word`, which is in lower case.
bool holds(std::string_view text, std::string_view word) noexcept {
    return std::search(text.begin(), text.end(), word.begin(), word.end(),
                       [](char a, char b) { return lower(a) == b; }) != text.end();
}

struct Distro {
    std::string_view part;
    std::string_view name;
};
// The first match counts: Oracle Linux calls itself Red Hat compatible, not the other way round.
constexpr Distro distros[] = {
    {"ubuntu", "ubuntu"}, {"debian", "debian"}, {"rocky", "rocky"},     {"alma", "almalinux"},
    {"oracle", "oracle"}, {"centos", "centos"}, {"red hat", "redhat"},  {"redhat", "redhat"},
    {"rhel", "redhat"},   {"fedora", "fedora"}, {"suse", "suse"},       {"sles", "suse"},
    {"amazon", "amazon"}, {"photon", "photon"}, {"freebsd", "freebsd"}, {"windows", "windows"}};

}  // namespace

std::string_view os_distro(std::string_view name) noexcept {
    for (const Distro& distro : distros) {
        if (holds(name, distro.part)) return distro.name;
    }
    return {};
}

std::string_view os_type(std::string_view version, std::string_view full_name) noexcept {
    const std::string_view family = version.substr(0, version.find(':'));
    if (holds(family, "windows") || holds(full_name, "windows")) return "WINDOWS";
    const std::string_view distro = os_distro(full_name);
    const bool is_linux = holds(family, "linux") || holds(full_name, "linux") ||
                          (!distro.empty() && distro != "freebsd");
    return is_linux ? std::string_view("LINUX") : std::string_view();
}

void write_os(pf::Object& data, const GuestTools& tools) {
    pf::Object os = data.object("os");
    // Older tools tell only "linux:64:Ubuntu Linux-22.04".
    const std::string_view version = tools.os_version;
    const std::string_view details =
        tools.os_full_name.empty() ? version.substr(version.rfind(':') + 1) : tools.os_full_name;
    if (!details.empty()) {
        os.text("os_type", os_type(version, details));
        os.text("os_distro", os_distro(details));
        os.put("details", details);
    }
    os.text("hostname", tools.hostname);
    os.text("last_boot_at", tools.last_boot);
}

}  // namespace vm
