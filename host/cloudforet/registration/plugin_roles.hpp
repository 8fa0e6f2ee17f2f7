// The plugins that this host can be for CloudForet, as its repository has to know them.
#pragma once

#include <span>
#include <string_view>

namespace pf::host::cloudforet {

// One role: what CloudForet calls it, and what it can do.
struct PluginRole {
    std::string_view role;           // "inventory", as in serve.roles
    std::string_view plugin_id;      // the name of its image as well
    std::string_view name;           // for people, at most 40 characters
    std::string_view resource_type;  // exactly as CloudForet's services ask for it
    std::string_view capability;     // JSON text of an object
    std::string_view description;
};

// The roles that `prismforet serve` has. A role stands here when it is served, not before:
// CloudForet would start its image and find nobody.
std::span<const PluginRole> plugin_roles() noexcept;

}  // namespace pf::host::cloudforet
