// What serves a role, over the parts of the application.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "host/app/application.hpp"
#include "host/app/config.hpp"
#include "host/app/status_pages.hpp"
#include "host/cloudforet/roles/role.hpp"

namespace pf::host::app {

struct ServedRole {
    std::unique_ptr<cloudforet::Role> role;
    std::vector<StatusSection> sections;  // what the status port tells of it
};

// The role of this name, one of cloudforet::plugin_roles(); null for any other. Secrets of its
// requests are registered for redaction. `application` and `config` outlive it.
ServedRole make_role(std::string_view role, Application& application, const Config& config);

}  // namespace pf::host::app
