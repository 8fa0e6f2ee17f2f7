// What `register` wants CloudForet to have: each item is the request that would create it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/base/secret.hpp"
#include "host/cloudforet/registration/plugin_roles.hpp"
#include "host/services/descriptor.hpp"

namespace pf::host::cloudforet {

inline constexpr std::string_view provider_id = "nutanix";
inline constexpr std::string_view account_schema = "nutanix-service-account";
inline constexpr std::string_view secret_schema = "nutanix-secret-prism-central";

// One thing to have in CloudForet.
struct Item {
    std::string kind;      // "identity.Provider", as CloudForet's own tools name it
    std::string name;      // for people
    std::string document;  // JSON text of the request that creates it, without a secret
    Secret secret_data{};  // JSON text of an object, of a service account; else empty
    std::string task{};    // what other items refer to it by (reference_to); empty: none does
    // Left out with a note, instead of an error, where CloudForet has no service for it or lacks
    // what it belongs to.
    bool is_optional = false;
};

// A Prism Central that CloudForet shall collect from.
struct AccountToRegister {
    std::string name;
    std::string address;  // "pc1.example.com:9440", public
    Secret secret_data;   // JSON text as a collector gets it
};

// What makes use of the plugins beside the collector.
struct SourcesToRegister {
    bool are_asked_for = false;  // each role by name, so that what is not possible is an error
    std::string cost_model;      // JSON text of an object; empty: no cost data source
    int cost_hour = 16;          // of the day, UTC, 0 to 23: when costs are fetched
    bool only_these_accounts = false;  // costs of the accounts of this activation, of no others
    std::string alert_service;         // the alert manager's service_id; empty: no webhook of it
};

// What beyond provider, schemas, plugins and dashboards.
struct Activation {
    std::vector<PluginRole> roles;  // what is made use of
    std::vector<AccountToRegister> accounts;
    std::string project_id;
    std::string collector;   // its name
    std::vector<int> hours;  // of the day, UTC, 0 to 23; at most most_hours
    SourcesToRegister sources;
};

// CloudForet takes no more for a collector whose schedule is on.
inline constexpr std::size_t most_hours = 2;

struct RegistrationWish {
    std::vector<PluginRole> roles;  // whose plugins CloudForet shall know
    std::string image_prefix;       // what stands before "/plugin-nutanix-..."
    std::string registry_type;      // DOCKER_HUB, AWS_PRIVATE_ECR, HARBOR, GITHUB, GCP_PRIVATE_GCR
    std::string icon_url;           // empty: an icon that is part of this program
    std::vector<services::Output> outputs;  // what the loaded modules make
    bool has_dashboards = true;
    bool has_private_dashboards = false;  // for the user of the user's token, instead of for all
    std::string role;                     // name of a role to make; empty: none
};

// What things cost, to be kept by CloudForet for config://NAME.
struct CostModelToRegister {
    std::string name;      // of the configuration
    std::string document;  // JSON text of an object
    bool is_of_domain =
        false;  // a DomainConfig, which only administrators read; else a SharedConfig
};
inline constexpr std::string_view cost_model_name = "nutanix_pricing";

// Provider, schemas, plugins and dashboards, in the order in which they need each other.
std::vector<Item> basic_items(const RegistrationWish& wish);
Item cost_model_item(const CostModelToRegister& model);
// Service accounts and the collector, which live in a workspace, and what makes use of the other
// roles: data sources, webhooks, a notification protocol.
std::vector<Item> activation_items(const Activation& activation);

// The roles that activation_items cannot make use of as things are wished, and what is missing.
struct UnusedRole {
    PluginRole role;
    std::string lacks;  // "--cost-model FILE says what things cost"
};
std::vector<UnusedRole> unused_roles(const Activation& activation);
// One dashboard for each group of kinds that has metrics, and one over all of them.
std::vector<Item> dashboard_items(const std::vector<services::Output>& outputs);
// What other items refer to the cost data source by.
inline constexpr std::string_view cost_source_task = "cost_data_source";
// What the dashboard of costs shows.
struct CostDashboard {
    std::string data_source_id;  // or a reference to the item of the data source
    std::string plugin_id;
    std::string currency;  // empty: not told
};
Item cost_dashboard_item(const CostDashboard& wanted);
// The same dashboard for one user alone.
Item private_dashboard(const Item& dashboard);
// A role for people who look at Nutanix resources and their dashboards, and change nothing there.
Item role_item(const std::string& name);

}  // namespace pf::host::cloudforet
