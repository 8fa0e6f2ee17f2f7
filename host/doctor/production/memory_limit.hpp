// How much memory the system gives this process: the limit of its control group.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace pf::host::doctor {

// Bytes; the smallest limit of the group and those around it, of either generation of control
// groups. Nothing when there is none, or it cannot be read. `root` is where /proc and /sys are.
std::optional<std::uint64_t> memory_limit(const std::filesystem::path& root);

}  // namespace pf::host::doctor
