// How items of each kind are found, compared and changed in CloudForet.
#pragma once

#include <string_view>
#include <vector>

namespace pf::host::cloudforet {

// What must be there before, which is made elsewhere: get of this service finds it.
struct Premise {
    std::string_view service;  // full name; empty: there is none
    std::string_view member;   // of the item and of the request: what names it
    std::string_view advice;   // for people: "switch on the alerts of the project"
};

struct ItemRules {
    std::string_view kind;                    // "identity.Provider"
    std::string_view service;                 // full name
    std::string_view create;                  // methods
    std::string_view update;                  // empty: cannot be changed
    std::string_view id;                      // member that names one
    std::vector<std::string_view> find_by;    // members of the request that list takes
    std::vector<std::string_view> updatable;  // members that update takes
    std::vector<std::string_view>
        whole;  // of those: documents of ours, in which nothing may be more
    std::vector<std::string_view> fixed;  // members that are compared and stay for ever
    std::vector<std::string_view> roles;  // of tokens that may create and update
    bool in_workspace = false;            // takes a token of a workspace
    bool of_user = false;                 // takes a user's own token
    std::string_view needs;               // the same for people
    bool starts_plugin = false;           // CloudForet starts the plugin's image before it answers
    std::string_view update_plugin;       // method that changes plugin_info.options; empty: none
    Premise premise{};
};

// The rules of a kind that items are made of.
const ItemRules& rules_of(std::string_view kind) noexcept;

}  // namespace pf::host::cloudforet
