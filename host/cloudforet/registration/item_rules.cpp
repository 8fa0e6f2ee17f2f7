#include "host/cloudforet/registration/item_rules.hpp"

namespace pf::host::cloudforet {
namespace {

constexpr std::string_view admin =
    "the token of a domain administrator: an app with a DOMAIN_ADMIN role, its client secret in "
    "cloudforet.token_file or --token-file";
constexpr std::string_view member =
    "the token of a workspace: an app with a WORKSPACE_OWNER role, its client secret in "
    "cloudforet.workspace_token_file or --workspace-token-file";

constexpr std::string_view own =
    "a user's own token, which the console or Token.issue gives, in cloudforet.user_token_file or "
    "--user-token-file; an app's does not do";

// What a domain administrator makes.
ItemRules of_domain(std::string_view kind, std::string_view service, std::string_view id) {
    ItemRules rules;
    rules.kind = kind;
    rules.service = service;
    rules.create = "create";
    rules.update = "update";
    rules.id = id;
    rules.find_by = {id};
    rules.roles = {"DOMAIN_ADMIN"};
    rules.needs = admin;
    return rules;
}

// What lives in a workspace.
ItemRules of_workspace(std::string_view kind, std::string_view service, std::string_view id) {
    ItemRules rules = of_domain(kind, service, id);
    rules.find_by = {"name"};
    rules.roles = {"WORKSPACE_OWNER"};
    rules.in_workspace = true;
    rules.needs = member;
    return rules;
}

ItemRules provider() {
    ItemRules rules =
        of_domain("identity.Provider", "spaceone.api.identity.v2.Provider", "provider");
    rules.updatable = {"name", "alias", "color", "icon", "order"};
    return rules;
}

ItemRules schema() {
    ItemRules rules = of_domain("identity.Schema", "spaceone.api.identity.v2.Schema", "schema_id");
    rules.updatable = {"name", "schema", "related_schemas", "options"};
    rules.fixed = {"schema_type", "provider"};
    return rules;
}

ItemRules plugin() {
    ItemRules rules =
        of_domain("repository.Plugin", "spaceone.api.repository.v1.Plugin", "plugin_id");
    rules.create = "register";
    rules.updatable = {"name", "capability", "labels", "tags"};
    rules.fixed = {"resource_type", "image", "provider", "registry_type"};
    return rules;
}

// Its widgets are documents of their own, so it is made anew or left.
ItemRules dashboard() {
    ItemRules rules = of_domain("dashboard.PublicDashboard",
                                "spaceone.api.dashboard.v1.PublicDashboard", "dashboard_id");
    rules.update = "";
    rules.find_by = {"name"};
    return rules;
}

ItemRules private_dashboard() {
    ItemRules rules = dashboard();
    rules.kind = "dashboard.PrivateDashboard";
    rules.service = "spaceone.api.dashboard.v1.PrivateDashboard";
    rules.roles = {"USER"};
    rules.of_user = true;
    rules.needs = own;
    return rules;
}

ItemRules role() {
    ItemRules rules = of_domain("identity.Role", "spaceone.api.identity.v2.Role", "role_id");
    rules.find_by = {"name"};
    rules.updatable = {"page_access"};
    rules.fixed = {"role_type"};
    return rules;
}

ItemRules service_account() {
    ItemRules rules = of_workspace("identity.ServiceAccount",
                                   "spaceone.api.identity.v2.ServiceAccount", "service_account_id");
    rules.find_by = {"name", "provider"};
    rules.updatable = {"data"};
    rules.fixed = {"project_id"};
    rules.roles = {"WORKSPACE_OWNER", "WORKSPACE_MEMBER"};
    return rules;
}

ItemRules collector() {
    ItemRules rules =
        of_workspace("inventory.Collector", "spaceone.api.inventory.v1.Collector", "collector_id");
    rules.updatable = {"schedule"};
    rules.fixed = {"provider", "plugin_info"};
    rules.starts_plugin = true;
    return rules;
}

ItemRules cost_source() {
    ItemRules rules = of_domain("cost_analysis.DataSource",
                                "spaceone.api.cost_analysis.v1.DataSource", "data_source_id");
    rules.create = "register";
    rules.find_by = {"name", "provider"};
    rules.updatable = {"secret_filter", "schedule"};
    rules.fixed = {"data_source_type", "provider", "secret_type", "plugin_info"};
    rules.starts_plugin = true;
    rules.update_plugin = "update_plugin";
    return rules;
}

ItemRules monitoring_source() {
    ItemRules rules = of_domain("monitoring.DataSource", "spaceone.api.monitoring.v1.DataSource",
                                "data_source_id");
    rules.create = "register";
    rules.find_by = {"name"};
    rules.fixed = {"plugin_info"};
    rules.starts_plugin = true;
    return rules;
}

ItemRules webhook() {
    ItemRules rules =
        of_workspace("monitoring.Webhook", "spaceone.api.monitoring.v1.Webhook", "webhook_id");
    rules.find_by = {"name", "project_id"};
    rules.fixed = {"plugin_info"};
    rules.roles = {"WORKSPACE_OWNER", "WORKSPACE_MEMBER"};
    rules.starts_plugin = true;
    rules.premise = {"spaceone.api.monitoring.v1.ProjectAlertConfig", "project_id",
                     "switch on the alerts of that project in the console first (the project, its "
                     "tab Alert)"};
    return rules;
}

ItemRules alert_webhook() {
    ItemRules rules = webhook();
    rules.kind = "alert_manager.Webhook";
    rules.service = "spaceone.api.alert_manager.v1.Webhook";
    rules.find_by = {"name", "service_id"};
    rules.premise = {"spaceone.api.alert_manager.v1.Service", "service_id",
                     "make the service in the console's alert manager first, and give its id to "
                     "--alert-service"};
    return rules;
}

ItemRules protocol() {
    ItemRules rules =
        of_domain("notification.Protocol", "spaceone.api.notification.v1.Protocol", "protocol_id");
    rules.find_by = {"name"};
    rules.fixed = {"plugin_info"};
    rules.starts_plugin = true;
    return rules;
}

// A member that is not wanted any more must go, as a price that stays would be charged.
ItemRules config(std::string_view kind, std::string_view service) {
    ItemRules rules = of_domain(kind, service, "name");
    rules.updatable = {"data"};
    rules.whole = {"data"};
    return rules;
}

const std::vector<ItemRules>& all_rules() {
    static const std::vector<ItemRules> rules = {
        provider(),
        schema(),
        plugin(),
        dashboard(),
        private_dashboard(),
        role(),
        service_account(),
        collector(),
        cost_source(),
        monitoring_source(),
        webhook(),
        alert_webhook(),
        protocol(),
        config("config.SharedConfig", "spaceone.api.config.v1.SharedConfig"),
        config("config.DomainConfig", "spaceone.api.config.v1.DomainConfig")};
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
