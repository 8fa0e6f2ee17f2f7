#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/table.hpp"

namespace pf::sim::v3 {
namespace {

Table project_table(const World& w) {
    return {{"projects", "project"},
            size_of(w.projects),
            id_of(w.projects),
            name_of(w.projects),
            nullptr,
            [&w](JsonWriter& out, std::uint32_t i) { write_project(out, w, i); }};
}

Table protection_rule_table(const World& w) {
    return {{"protection_rules", "protection_rule"},
            size_of(w.protection_policies),
            id_of(w.protection_policies),
            name_of(w.protection_policies),
            nullptr,
            [&w](JsonWriter& out, std::uint32_t i) { write_protection_rule(out, w, i); }};
}

}  // namespace

std::vector<Table> make_management_tables(const Config& config, const World& world) {
    if (config.prism_element) return {};
    return {project_table(world), protection_rule_table(world)};
}

}  // namespace pf::sim::v3
