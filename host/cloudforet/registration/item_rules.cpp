#include "host/cloudforet/registration/item_rules.hpp"

namespace pf::host::cloudforet {
namespace {

constexpr std::string_view admin =
    "the token of a domain administrator: an app with a DOMAIN_ADMIN role, its client secret in "
    "cloudforet.token_file or --token-file";
constexpr std::string_view member =
    "the token of a workspace: an app with a WORKSPACE_OWNER role, its client secret in "
    "cloudforet.workspace_token_file or --workspace-token-file";

const std::vector<ItemRules>& all_rules() {
    static const std::vector<ItemRules> rules = {
        {"identity.Provider",
         "spaceone.api.identity.v2.Provider",
         "create",
         "update",
         "provider",
         {"provider"},
         {"name", "alias", "color", "icon", "order"},
         {},
         {"DOMAIN_ADMIN"},
         false,
         admin},
        {"identity.Schema",
         "spaceone.api.identity.v2.Schema",
         "create",
         "update",
         "schema_id",
         {"schema_id"},
         {"name", "schema", "related_schemas", "options"},
         {"schema_type", "provider"},
         {"DOMAIN_ADMIN"},
         false,
         admin},
        {"repository.Plugin",
         "spaceone.api.repository.v1.Plugin",
         "register",
         "update",
         "plugin_id",
         {"plugin_id"},
         {"name", "capability", "labels", "tags"},
         {"resource_type", "image", "provider", "registry_type"},
         {"DOMAIN_ADMIN"},
         false,
         admin},
        {"dashboard.PublicDashboard",
         "spaceone.api.dashboard.v1.PublicDashboard",
         "create",
         "",
         "dashboard_id",
         {"name"},
         {},
         {},
         {"DOMAIN_ADMIN"},
         false,
         admin},
        {"identity.ServiceAccount",
         "spaceone.api.identity.v2.ServiceAccount",
         "create",
         "update",
         "service_account_id",
         {"name", "provider"},
         {"data"},
         {"project_id"},
         {"WORKSPACE_OWNER", "WORKSPACE_MEMBER"},
         true,
         member},
        {"inventory.Collector",
         "spaceone.api.inventory.v1.Collector",
         "create",
         "update",
         "collector_id",
         {"name"},
         {"schedule"},
         {"provider", "plugin_info"},
         {"WORKSPACE_OWNER"},
         true,
         member},
    };
    return rules;
}

}  // namespace

const ItemRules& rules_of(std::string_view kind) noexcept {
    for (const ItemRules& rules : all_rules()) {
        if (rules.kind == kind) {
            return rules;
        }
    }
    return all_rules().front();
}

}  // namespace pf::host::cloudforet
