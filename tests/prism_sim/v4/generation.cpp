#include "tests/prism_sim/v4/generation.hpp"

#include <charconv>
#include <stdexcept>

namespace pf::sim {
namespace {

constexpr std::array<Generation, 5> kGenerations = {{
    {"2022.6",
     {{{"vmm", -1, ""},
       {"clustermgmt", -1, ""},
       {"networking", -1, ""},
       {"prism", -1, ""},
       {"multidomain", -1, ""}}}},
    {"2024.3",
     {{{"vmm", 0, ""},
       {"clustermgmt", 0, ""},
       {"networking", 0, ""},
       {"prism", 0, ""},
       {"multidomain", -1, ""}}}},
    {"7.3",
     {{{"vmm", 1, ""},
       {"clustermgmt", 1, ""},
       {"networking", 1, ""},
       {"prism", 1, ""},
       {"multidomain", -1, ""}}}},
    {"7.5",
     {{{"vmm", 2, ""},
       {"clustermgmt", 2, ""},
       {"networking", 2, ""},
       {"prism", 2, ""},
       {"multidomain", 2, ".b1"}}}},
    {"7.6",
     {{{"vmm", 3, ""},
       {"clustermgmt", 3, ""},
       {"networking", 4, ""},
       {"prism", 4, ""},
       {"multidomain", 4, ".b1"}}}},
}};

}  // namespace

const NamespaceVersion* Generation::find(std::string_view name) const {
    for (const NamespaceVersion& version : namespaces)
        if (version.name == name && version.minor >= 0) return &version;
    return nullptr;
}

const Generation& generation_of(std::string_view release) {
    std::string known;
    for (const Generation& generation : kGenerations) {
        if (generation.release == release) return generation;
        known += (known.empty() ? "" : ", ") + std::string(generation.release);
    }
    throw std::invalid_argument("unknown Prism Central release '" + std::string(release) +
                                "'; known are " + known);
}

std::string version_text(const NamespaceVersion& version) {
    return "v4." + std::to_string(version.minor) + std::string(version.beta);
}

std::optional<int> served_minor(const NamespaceVersion& version, std::string_view segment) {
    if (!segment.starts_with("v4.")) return std::nullopt;
    const char* end = segment.data() + segment.size();
    int minor = -1;
    const auto [at, error] = std::from_chars(segment.data() + 3, end, minor);
    const std::string_view suffix(at, static_cast<std::size_t>(end - at));
    // Betas begin with 4.2 where a namespace has only betas.
    const int lowest = version.beta.empty() ? 0 : 2;
    const bool is_served =
        error == std::errc{} && suffix == version.beta && minor >= lowest && minor <= version.minor;
    return is_served ? std::optional(minor) : std::nullopt;
}

}  // namespace pf::sim
