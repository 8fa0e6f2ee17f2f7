#include "tests/prism_sim/v4/entities.hpp"
#include "tests/prism_sim/v4/table.hpp"

namespace pf::sim {
namespace {

constexpr CollectionNames kCategories = {"prism",
                                         "config/categories",
                                         "prism.v4.config.Category",
                                         "prism.v4.config.ListCategoriesApiResponse",
                                         "prism.v4.config.GetCategoryApiResponse",
                                         "category",
                                         "categoryExtId",
                                         "category"};
constexpr CollectionNames kDomainManagers = {"prism",
                                             "config/domain-managers",
                                             "prism.v4.config.DomainManager",
                                             "prism.v4.config.ListDomainManagerApiResponse",
                                             "prism.v4.config.GetDomainManagerApiResponse",
                                             "domain manager",
                                             "domainManagerExtId",
                                             "domain_manager",
                                             false};
constexpr CollectionNames kProjects = {"multidomain",
                                       "config/projects",
                                       "multidomain.v4.config.Project",
                                       "multidomain.v4.config.ListProjectsApiResponse",
                                       "multidomain.v4.config.GetProjectApiResponse",
                                       "project",
                                       "projectExtId",
                                       "project"};

constexpr CollectionNames kProtectionPolicies = {
    "datapolicies",
    "config/protection-policies",
    "datapolicies.v4.config.ProtectionPolicy",
    "datapolicies.v4.config.ListProtectionPoliciesApiResponse",
    "datapolicies.v4.config.GetProtectionPolicyApiResponse",
    "protection policy",
    "extId",
    "protection_policy"};

Table category_table(const World& w) {
    const auto matches = [&w](std::uint32_t i, const Filter& filter) -> std::optional<bool> {
        if (filter.field != "value") return std::nullopt;
        return w.categories[i].value == filter.value;
    };
    return {kCategories,
            size_of(w.categories),
            id_of(w.categories),
            [&w](std::uint32_t i) { return w.categories[i].key; },
            matches,
            [&w](ObjectWriter& out, std::uint32_t i) { write_category(out, w, i); },
            nullptr,
            "extId",
            "key"};
}

Table domain_manager_table(const World& w) {
    return {kDomainManagers,
            [] { return 1U; },
            [&w](std::uint32_t) { return w.pc_id; },
            [&w](std::uint32_t) { return w.pc_name; },
            nullptr,
            [&w](ObjectWriter& out, std::uint32_t) { write_domain_manager(out, w); }};
}

Table project_table(const World& w) {
    return {
        kProjects,         size_of(w.projects),
        id_of(w.projects), name_of(w.projects),
        nullptr,           [&w](ObjectWriter& out, std::uint32_t i) { write_project(out, w, i); }};
}

Table policy_table(const World& w) {
    return {kProtectionPolicies,
            size_of(w.protection_policies),
            id_of(w.protection_policies),
            name_of(w.protection_policies),
            nullptr,
            [&w](ObjectWriter& out, std::uint32_t i) { write_protection_policy(out, w, i); }};
}

}  // namespace

std::vector<Table> make_management_tables(const World& world) {
    return {category_table(world), domain_manager_table(world), project_table(world),
            policy_table(world)};
}

}  // namespace pf::sim
