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
    {"monitoring", "plugin-nutanix-mon-datasource", "Nutanix Metrics", "monitoring.DataSource",
     R"({"monitoring_type": "METRIC", "use_resource_secret": true,
         "supported_schema": ["nutanix-secret-prism-central"]})",
     "What virtual machines, hosts, clusters and storage were doing: processor, memory, storage "
     "and "
     "network over time."},
    {"monitoring-log", "plugin-nutanix-mon-log-datasource", "Nutanix Events",
     "monitoring.DataSource",
     R"({"monitoring_type": "LOG", "use_resource_secret": true,
         "supported_schema": ["nutanix-secret-prism-central"]})",
     "What happened to virtual machines, hosts and clusters, and who did it: events and audits of "
     "Prism Central."},
    {"webhook", "plugin-nutanix-mon-webhook", "Nutanix Webhook", "monitoring.Webhook", "{}",
     "Makes alerts of what Prism Central posts: its webhooks and its playbooks."},
    {"alert-webhook", "plugin-nutanix-alert-webhook", "Nutanix Alert Webhook",
     "alert_manager.Webhook", "{}", "The same as Nutanix Webhook, for CloudForet's alert manager."},
    {"notification", "plugin-nutanix-noti-protocol", "Nutanix Notification",
     "notification.Protocol", R"({"supported_schema": [], "data_type": "SECRET"})",
     "Delivers notifications by webhook, Slack, Teams and mail."},
};

}  // namespace

std::span<const PluginRole> plugin_roles() noexcept { return roles; }

}  // namespace pf::host::cloudforet
