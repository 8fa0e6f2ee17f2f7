#include "host/prism/version.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace pf::host::prism {
namespace {

struct Known {
    std::string_view name;
    unsigned newest_minor;  // 0: not limited
    std::string_view list;
};

constexpr std::array<Known, 9> known = {{
    {"vmm", 3, "/ahv/config/vms"},
    {"clustermgmt", 3, "/config/clusters"},
    {"volumes", 3, "/config/volume-groups"},
    {"monitoring", 3, "/serviceability/alerts"},
    {"networking", 4, "/config/subnets"},
    {"prism", 4, "/config/categories"},
    {"dataprotection", 4, "/config/recovery-points"},
    {"iam", 0, "/authn/users"},
    {"aiops", 0, ""},
}};
constexpr unsigned family = 4;

const Known* find_known(std::string_view api_namespace) {
    const auto* found = std::find_if(known.begin(), known.end(),
                                     [&](const Known& item) { return item.name == api_namespace; });
    return found == known.end() ? nullptr : found;
}

}  // namespace

std::optional<std::string> usable_version(std::string_view api_namespace, std::string_view served) {
    if (served.size() < 4 || served.size() > 32 || served.front() != 'v') {
        return std::nullopt;
    }
    unsigned major = 0;
    unsigned minor = 0;
    const char* end = served.data() + served.size();
    auto parsed = std::from_chars(served.data() + 1, end, major);
    if (parsed.ec != std::errc() || parsed.ptr == end || *parsed.ptr != '.') {
        return std::nullopt;
    }
    parsed = std::from_chars(parsed.ptr + 1, end, minor);
    const bool clean = std::all_of(served.begin(), served.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
    });
    if (parsed.ec != std::errc() || !clean || major < family ||
        (parsed.ptr != end && *parsed.ptr != '.')) {
        return std::nullopt;
    }
    const Known* item = find_known(api_namespace);
    if (item == nullptr || item->newest_minor == 0 || !is_general_release(served)) {
        return std::string(served);
    }
    if (major > family || minor > item->newest_minor) {
        return "v4." + std::to_string(item->newest_minor);
    }
    return std::string(served);
}

bool is_general_release(std::string_view version) {
    return std::count(version.begin(), version.end(), '.') == 1;
}

bool is_beta(std::string_view version) {
    const auto dot = version.rfind('.');
    return !is_general_release(version) && version.substr(dot + 1, 1) == "b";
}

std::string_view known_list(std::string_view api_namespace) {
    const Known* item = find_known(api_namespace);
    return item == nullptr ? std::string_view() : item->list;
}

bool proper_namespace(std::string_view api_namespace) {
    return !api_namespace.empty() && api_namespace.size() <= 64 &&
           std::all_of(api_namespace.begin(), api_namespace.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-';
           });
}

}  // namespace pf::host::prism
