#include <charconv>

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"

namespace pf::sim {
namespace {

constexpr std::array<const char*, 12> kApps = {"web", "db",    "app",   "cache", "mail", "erp",
                                               "k8s", "build", "proxy", "vdi",   "nas",  "log"};
constexpr std::array<const char*, 5> kStages = {"prod", "test", "dev", "stage", "dr"};

// Legal in Prism, and each breaks something careless: encodings, quoting, markup, formulas,
// formats.
constexpr std::array<const char*, 12> kOddNames = {
    "데이터베이스 서버",
    "Bücher-Büro (Köln) №1",
    "生产环境-数据库",
    "🚀 rocket 🛰",
    "مخدم البريد",
    "quote\" back\\slash 'single'",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "%s%n%x {0} ${HOME}",
    "  spaces  around  ",
    "a-name-as-long-as-prism-allows-it-eighty-characters-0123456789-0123456789-abcdef",
    "e\u0301 combining \u200b zero width",
};

}  // namespace

std::string vm_name(const World& world, std::uint64_t serial) {
    Draws draws(world.seed(), Kind::vm_name, serial);
    std::string name;
    if (draws.rarely(15)) {
        name = draws.pick(kOddNames);
        return name;
    }
    name = draws.pick(kApps);
    name += '-';
    name += draws.pick(kStages);
    name += '-';
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, serial).ptr;
    const auto length = static_cast<std::size_t>(end - digits);
    if (length < 6) name.append(6 - length, '0');
    name.append(digits, length);
    return name;
}

}  // namespace pf::sim
