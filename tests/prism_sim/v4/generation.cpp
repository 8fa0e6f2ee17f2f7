#include "tests/prism_sim/v4/generation.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace pf::sim {
namespace {

constexpr auto kNamespaces = std::to_array<std::string_view>(
    {"vmm", "clustermgmt", "networking", "prism", "multidomain", "volumes", "datapolicies",
     "microseg", "dataprotection", "monitoring"});
constexpr std::string_view kFirstBeta = ".b1";

struct Release {
    std::string_view name;
    std::vector<NamespaceVersion> namespaces;
};

const std::vector<Release>& releases() {
    static const std::vector<Release> all = {
        {"2022.6", {}},
        {"2023.3", {{"clustermgmt", 0, kFirstBeta}, {"networking", 0, kFirstBeta}}},
        {"2024.1",
         {{"vmm", 0, kFirstBeta},
          {"clustermgmt", 0, kFirstBeta},
          {"networking", 0, kFirstBeta},
          {"prism", 0, kFirstBeta},
          {"volumes", 0, kFirstBeta},
          {"dataprotection", 0, kFirstBeta}}},
        {"2024.3",
         {{"vmm", 0},
          {"clustermgmt", 0},
          {"networking", 0},
          {"prism", 0},
          {"volumes", 0},
          {"datapolicies", 0},
          {"microseg", 0},
          {"dataprotection", 0},
          {"monitoring", 0}}},
        {"7.3",
         {{"vmm", 1},
          {"clustermgmt", 1},
          {"networking", 1},
          {"prism", 1},
          {"volumes", 1},
          {"datapolicies", 1},
          {"microseg", 1},
          {"dataprotection", 1},
          {"monitoring", 1}}},
        {"7.5",
         {{"vmm", 2},
          {"clustermgmt", 2},
          {"networking", 2},
          {"prism", 2},
          {"volumes", 2},
          {"datapolicies", 2},
          {"microseg", 2},
          {"dataprotection", 2},
          {"monitoring", 2},
          {"multidomain", 2, kFirstBeta, 2}}},
        {"7.6",
         {{"vmm", 3},
          {"clustermgmt", 3},
          {"networking", 4},
          {"prism", 4},
          {"volumes", 3},
          {"datapolicies", 3},
          {"microseg", 2},
          {"dataprotection", 4},
          {"monitoring", 3},
          {"multidomain", 4, kFirstBeta, 2}}},
    };
    return all;
}

const Release& release_of(std::string_view name) {
    std::string known;
    for (const Release& release : releases()) {
        if (release.name == name) return release;
        known += (known.empty() ? "" : ", ") + std::string(release.name);
    }
    throw std::invalid_argument("unknown Prism Central release '" + std::string(name) +
                                "'; known are " + known);
}

void require_namespace(const std::string& name) {
    if (std::find(kNamespaces.begin(), kNamespaces.end(), name) != kNamespaces.end()) return;
    std::string known;
    for (const std::string_view one : kNamespaces)
        known += (known.empty() ? "" : ", ") + std::string(one);
    throw std::invalid_argument("unknown namespace '" + name + "'; known are " + known);
}

}  // namespace

std::vector<NamespaceVersion> served_namespaces(std::string_view release,
                                                const V4Readings& readings) {
    std::vector<NamespaceVersion> served = release_of(release).namespaces;
    for (const std::string& name : readings.beta_namespaces) {
        require_namespace(name);
        for (NamespaceVersion& version : served)
            if (version.name == name) version = {version.name, 0, kFirstBeta, 0};
    }
    for (const std::string& name : readings.absent_namespaces) {
        require_namespace(name);
        std::erase_if(served,
                      [&](const NamespaceVersion& version) { return version.name == name; });
    }
    return served;
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
    const bool is_served = error == std::errc{} && suffix == version.beta &&
                           minor >= version.lowest && minor <= version.minor;
    return is_served ? std::optional(minor) : std::nullopt;
}

}  // namespace pf::sim
