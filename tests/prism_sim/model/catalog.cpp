#include "tests/prism_sim/model/catalog.hpp"

#include "tests/prism_sim/model/random.hpp"

namespace pf::sim {
namespace {

struct CategoryText {
    CategoryOrigin origin;
    const char* key;
    const char* value;
    const char* description;
};

constexpr auto kSystem = CategoryOrigin::system;
constexpr auto kUser = CategoryOrigin::user;
constexpr auto kInternal = CategoryOrigin::internal;

constexpr CategoryText kCategories[] = {
    {kSystem, "Environment", "Production", ""},
    {kSystem, "Environment", "Staging", ""},
    {kSystem, "Environment", "Testing", ""},
    {kSystem, "Environment", "Dev", ""},
    {kSystem, "AppType", "Default", ""},
    {kSystem, "AppType", "Kubernetes", ""},
    {kSystem, "AppType", "Microsoft_SQL", ""},
    {kSystem, "AppType", "Oracle_DB", ""},
    {kUser, "AppTier", "Web", "web tier"},
    {kUser, "AppTier", "App", "application tier"},
    {kUser, "AppTier", "Db", "database tier"},
    {kUser, "AppTier", "Cache", ""},
    {kUser, "CostCenter", "1000", ""},
    {kUser, "CostCenter", "1200", ""},
    {kUser, "CostCenter", "4711", "research"},
    {kUser, "CostCenter", "9 000 (shared)", ""},
    {kUser, "Team", "blue", ""},
    {kUser, "Team", "green", ""},
    {kUser, "Team", "운영팀", "operations"},
    {kUser, "Team", "R&D <core>", "markup in a value"},
    {kUser, "Owner", "J. Müller", ""},
    {kUser, "Owner", "José \"Pepe\" García", ""},
    {kUser, "Backup", "daily", ""},
    {kUser, "Backup", "weekly", ""},
    {kUser, "Compliance", "PCI-DSS", ""},
    {kUser, "Compliance", "GDPR", ""},
    {kUser, "Compliance", "ISO 27001", ""},
    {kUser, "a/b:c=d", "x/y:z=1", "separators in key and value"},
    {kInternal, "VirtualNetworkType", "Tenant", ""},
    {kInternal, "Storage", "Default", ""},
};

struct ProjectText {
    const char* name;
    const char* description;
};
constexpr ProjectText kProjects[] = {
    {"default", "default project"}, {"team-blue", ""},         {"team-green", "web shop"},
    {"research", "labs"},           {"Büro & Verwaltung", ""}, {"연구소", "research institute"},
};

constexpr std::uint64_t kFirstProjectUs = 1'759'276'800'000'000ULL;
constexpr std::uint64_t kMonthUs = 2'592'000'000'000ULL;

}  // namespace

std::vector<Category> make_categories(std::uint64_t seed) {
    std::vector<Category> categories;
    for (const CategoryText& text : kCategories) {
        const Uuid id = make_uuid(seed, Kind::category, categories.size());
        categories.push_back({id, text.key, text.value, text.description, text.origin});
    }
    return categories;
}

std::vector<Project> make_projects(std::uint64_t seed) {
    std::vector<Project> projects;
    for (const ProjectText& text : kProjects) {
        const std::uint64_t index = projects.size();
        projects.push_back({make_uuid(seed, Kind::project, index), text.name, text.description,
                            index == 0, kFirstProjectUs + index * kMonthUs});
    }
    return projects;
}

}  // namespace pf::sim
