// What `register` wants CloudForet to have: each item is the request that would create it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/base/secret.hpp"
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
};

// A Prism Central that CloudForet shall collect from.
struct AccountToRegister {
    std::string name;
    std::string address;  // "pc1.example.com:9440", public
    Secret secret_data;   // JSON text as a collector gets it
};

// What beyond provider, schemas, plugins and dashboards.
struct Activation {
    std::vector<AccountToRegister> accounts;
    std::string project_id;
    std::string collector;   // its name
    std::vector<int> hours;  // of the day, UTC, 0 to 23; at most most_hours
};

// CloudForet takes no more for a collector whose schedule is on.
inline constexpr std::size_t most_hours = 2;

struct RegistrationWish {
    std::string image_prefix;   // what stands before "/plugin-nutanix-..."
    std::string registry_type;  // DOCKER_HUB, AWS_PRIVATE_ECR, HARBOR, GITHUB, GCP_PRIVATE_GCR
    std::string icon_url;       // empty: an icon that is part of this program
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
// Service accounts and the collector. They live in a workspace.
std::vector<Item> activation_items(const Activation& activation);
// One dashboard for each group of kinds that has metrics, and one over all of them.
std::vector<Item> dashboard_items(const std::vector<services::Output>& outputs);
// The same dashboard for one user alone.
Item private_dashboard(const Item& dashboard);
// A role for people who look at Nutanix resources and their dashboards, and change nothing there.
Item role_item(const std::string& name);

}  // namespace pf::host::cloudforet
