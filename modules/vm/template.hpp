// A template: what is known of it, and how Prism's API v4 shows it. v3 has none.
#pragma once

#include <optional>
#include <prismforet/module.hpp>
#include <string_view>

#include "vm_facts.hpp"

namespace vm {

struct TemplateFacts {
    std::string_view name;
    std::string_view description;
    std::string_view created;
    Reference created_by;
    std::string_view version;  // UUID of the version that machines are made of
    std::string_view version_name;
    std::string_view version_description;
    std::string_view version_created;
    std::optional<bool> may_override_customization;
    Facts machine;  // what is made; without resources: Prism does not show it
};

// Reads everything about `entity`, a vmm.v4.content.Template, into `facts`. Guest customization
// is never read: it may hold passwords.
void read_template_v4(pf::Value entity, TemplateFacts& facts);

}  // namespace vm
