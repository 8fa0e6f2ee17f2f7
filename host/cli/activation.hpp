// What `register --activate` makes of the configured targets.
#pragma once

#include <string>
#include <vector>

#include "host/app/config.hpp"
#include "host/base/status.hpp"
#include "host/cloudforet/registration/items.hpp"

namespace pf::host::cli {

struct ActivationFlags {
    std::vector<std::string> targets;
    std::string project;
    std::string collector = "Nutanix";
    std::vector<std::string> hours = {"0", "12"};
    int cost_hour = 16;
    bool only_these_accounts = false;
    std::string alert_service;
    std::string webhook_address;
};

// The roles of `names`, in the order in which CloudForet needs them; all that are served when there
// are none. INVALID_ARGUMENT (ERROR_USAGE) for a name that is no role's.
Result<std::vector<cloudforet::PluginRole>> roles_of(const std::vector<std::string>& names);

// A service account for each wanted target of `config`, whose credentials are complete, and a
// collector. INVALID_ARGUMENT (ERROR_USAGE) without a project or for hours that CloudForet does not
// take.
Result<cloudforet::Activation> activation_of(const ActivationFlags& flags,
                                             const app::Config& config);

}  // namespace pf::host::cli
