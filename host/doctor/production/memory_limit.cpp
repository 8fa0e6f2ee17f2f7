#include "host/doctor/production/memory_limit.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>

namespace pf::host::doctor {
namespace {

namespace fs = std::filesystem;

// Beyond any machine: how the first generation writes "no limit".
constexpr std::uint64_t no_limit = std::uint64_t{1} << 60;

std::optional<std::uint64_t> number_in(const fs::path& path) {
    std::ifstream file(path);
    std::string text;
    std::uint64_t value = 0;
    if (!(file >> text)) {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value >= no_limit) {
        return std::nullopt;  // "max"
    }
    return value;
}

// A line is "0::/system.slice/x" or "4:memory:/x". In a container the path may be one of the
// machine outside of it, which is not there; its own group is then the topmost.
void look_along(const fs::path& mount, const std::string& group, const char* file,
                std::optional<std::uint64_t>& least) {
    const auto take = [&](const fs::path& directory) {
        if (const auto limit = number_in(directory / file)) {
            least = least ? std::min(*least, *limit) : *limit;
        }
    };
    take(mount);
    fs::path directory = mount;
    for (const fs::path& part : fs::path(group).relative_path()) {
        directory /= part;
        take(directory);
    }
}

}  // namespace

std::optional<std::uint64_t> memory_limit(const fs::path& root) {
    std::optional<std::uint64_t> least;
    std::ifstream groups(root / "proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {
        const std::size_t first = line.find(':');
        const std::size_t second = first == line.npos ? first : line.find(':', first + 1);
        if (second == line.npos) {
            continue;
        }
        const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
        const std::string group = line.substr(second + 1);
        if (controllers == ",,") {
            look_along(root / "sys/fs/cgroup", group, "memory.max", least);
        } else if (controllers.find(",memory,") != controllers.npos) {
            look_along(root / "sys/fs/cgroup/memory", group, "memory.limit_in_bytes", least);
        }
    }
    return least;
}

}  // namespace pf::host::doctor
