#include "host/cloudforet/registration/plugin_roles.hpp"

namespace pf::host::cloudforet {
namespace {

constexpr PluginRole roles[] = {
    {"inventory", "plugin-nutanix-inven-collector", "Nutanix Collector", "inventory.Collector",
     R"({"supported_schema": ["nutanix-secret-prism-central"]})",
     "Collects what Nutanix Prism Central manages: clusters, hosts, virtual machines, storage, "
     "networks, projects and categories."},
};

}  // namespace

std::span<const PluginRole> plugin_roles() noexcept { return roles; }

}  // namespace pf::host::cloudforet
