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
};

// A service account for each wanted target of `config`, whose credentials are complete, and a
// collector. INVALID_ARGUMENT (ERROR_USAGE) without a project or for hours that CloudForet does not
// take.
Result<cloudforet::Activation> activation_of(const ActivationFlags& flags,
                                             const app::Config& config);

}  // namespace pf::host::cli
