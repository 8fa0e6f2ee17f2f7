#include "host/cloudforet/registration/plugin_roles.hpp"

namespace pf::host::cloudforet {
namespace {

constexpr PluginRole roles[] = {
    {"inventory", "plugin-nutanix-inven-collector", "Nutanix Collector", "inventory.Collector",
     R"({"supported_schema": ["nutanix-secret-prism-central"]})",
     "Collects what Nutanix Prism Central manages: clusters, hosts, virtual machines, storage, "
     "networks, projects and categories."},
    {"cost", "plugin-nutanix-cost-datasource", "Nutanix Cost", "cost_analysis.DataSource", "{}",
     "What virtual machines and what they run on cost by day, by a rate card or the total cost of "
     "ownership."},
};

}  // namespace

std::span<const PluginRole> plugin_roles() noexcept { return roles; }

}  // namespace pf::host::cloudforet
