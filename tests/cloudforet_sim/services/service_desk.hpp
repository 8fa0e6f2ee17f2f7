// What the services of the fake have in common: what they keep, and who may call what.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "tests/cloudforet_sim/services/caller.hpp"
#include "tests/cloudforet_sim/services/collection_store.hpp"
#include "tests/cloudforet_sim/services/received.hpp"

namespace pf::cloudforet_sim {

// All documents of an installation.
struct Stores {
    CollectionStore providers{"provider", "provider"};
    CollectionStore schemas{"schema_id", "schema"};
    CollectionStore service_accounts{"service_account_id", "sa"};
    CollectionStore plugins{"plugin_id", "plugin"};
    CollectionStore secrets{"secret_id", "secret"};
    CollectionStore user_secrets{"user_secret_id", "user-secret"};
    CollectionStore shared_configs{"name", "config"};
    CollectionStore domain_configs{"name", "config"};
    CollectionStore collectors{"collector_id", "collector"};
    CollectionStore dashboards{"dashboard_id", "public-dash"};
    CollectionStore private_dashboards{"dashboard_id", "private-dash"};
    CollectionStore widgets{"widget_id", "public-widget"};
    CollectionStore private_widgets{"widget_id", "private-widget"};
    CollectionStore roles{"role_id", "role"};
    CollectionStore data_tables{"data_table_id", "public-dt"};
    CollectionStore cost_data_sources{"data_source_id", "ds"};
    CollectionStore data_sources{"data_source_id", "ds"};  // of monitoring
    CollectionStore webhooks{"webhook_id", "webhook"};
    CollectionStore alert_webhooks{"webhook_id", "webhook"};
    CollectionStore protocols{"protocol_id", "protocol"};
    CollectionStore alerts{"alert_id", "alert"};            // that were made by a call
    std::vector<Received> received;                         // in the order they came
    std::map<std::string, nlohmann::json> plugin_metadata;  // by plugin_id: what its init says
    std::set<std::string> alert_projects;                   // whose alerts are switched on
    std::set<std::string> alert_services;                   // of alert_manager
    std::vector<std::string> access_keys;                   // of all webhooks
    std::map<std::string, nlohmann::json> secret_data;      // by secret_id
    std::vector<std::string> projects{"project-1"};
};

// One call: who, and the request with what the server injects.
struct ServiceRequest {
    const Caller& caller;
    nlohmann::json params;
};

// Answers with the response, or throws a Refusal.
using ServiceFunction = std::function<nlohmann::json(const ServiceRequest&)>;

struct ServiceMethod {
    std::vector<std::string> roles;  // of the token; empty: open to whoever gets here, no token
    ServiceFunction run;
};

// Methods by "spaceone.api.identity.v2.Provider/create".
using ServiceDesk = std::map<std::string, ServiceMethod>;

// Each adds the methods of one server.
void add_identity(ServiceDesk& desk, Stores& stores);
void add_service_accounts(ServiceDesk& desk, Stores& stores);
void add_repository(ServiceDesk& desk, Stores& stores);
void add_secrets(ServiceDesk& desk, Stores& stores);
void add_configs(ServiceDesk& desk, Stores& stores);
void add_collectors(ServiceDesk& desk, Stores& stores);
void add_dashboards(ServiceDesk& desk, Stores& stores);
void add_cost_analysis(ServiceDesk& desk, Stores& stores);
void add_monitoring(ServiceDesk& desk, Stores& stores);
void add_alert_manager(ServiceDesk& desk, Stores& stores);
void add_notification(ServiceDesk& desk, Stores& stores);
// Event of monitoring and of alert_manager.
void add_events(ServiceDesk& desk, Stores& stores);

// Keeps a webhook with the access key and the path that others send events to. `service` begins
// the path.
nlohmann::json keep_webhook(Stores& stores, CollectionStore& kept, const Caller& caller,
                            nlohmann::json webhook, const std::string& service);
// Adds update, update_plugin and who may delete, the same for webhooks of both services.
void add_webhook_methods(ServiceDesk& desk, Stores& stores, const std::string& service,
                         CollectionStore& kept, const std::string& resource_type);

// Adds get, list (by the values of `keys`) and delete of a store.
void add_reading(ServiceDesk& desk, const std::string& service, CollectionStore& store,
                 const std::vector<std::string>& keys);

// Who may do what, as the services have it.
inline const std::vector<std::string> domain_admins = {"DOMAIN_ADMIN"};
inline const std::vector<std::string> owners = {"DOMAIN_ADMIN", "WORKSPACE_OWNER"};
inline const std::vector<std::string> members = {"DOMAIN_ADMIN", "WORKSPACE_OWNER",
                                                 "WORKSPACE_MEMBER"};
inline const std::vector<std::string> workspace_members = {"WORKSPACE_OWNER", "WORKSPACE_MEMBER"};
inline const std::vector<std::string> users = {"USER"};
// Any token that is valid.
inline const std::vector<std::string> everyone = {"DOMAIN_ADMIN", "WORKSPACE_OWNER",
                                                  "WORKSPACE_MEMBER", "USER"};

// Throws unless the resource group fits the token: DOMAIN takes a domain administrator, WORKSPACE
// a workspace, PROJECT a project as well. Sets what the group leaves out.
void check_resource_group(const ServiceRequest& request, nlohmann::json& document);

}  // namespace pf::cloudforet_sim
