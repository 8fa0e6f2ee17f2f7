// Memory: without a limit a fault here takes others down; with a small one it is killed in its
// work, which CloudForet sees as a failed job.

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/judged.hpp"
#include "host/doctor/production/memory_limit.hpp"

namespace pf::host::doctor {
namespace {

constexpr std::uint64_t mebibyte = 1u << 20;
constexpr std::uint64_t enough = 256 * mebibyte;

}  // namespace

Finding check_memory(const Setup& setup) {
    const auto limit = memory_limit(setup.machine_root);
    if (!limit) {
        return doubtful("memory", "there is no limit, so a fault here takes other programs down",
                        "give the container or the unit a limit of 512 MiB",
                        {{"limit_bytes", nullptr}});
    }
    const Facts facts = {{"limit_bytes", static_cast<std::int64_t>(*limit)}};
    const std::string text = "limited to " + std::to_string(*limit / mebibyte) + " MiB";
    if (*limit < enough) {
        return doubtful("memory", text + ", with which large collections may be killed",
                        "give it 512 MiB", facts);
    }
    return fit("memory", text, facts);
}

}  // namespace pf::host::doctor
