#include "template.hpp"
#include "vm_v4.hpp"

namespace vm {
namespace {

Reference user_of(pf::Value user) noexcept { return {user["extId"].str(), user["username"].str()}; }

}  // namespace

void read_template_v4(pf::Value entity, TemplateFacts& facts) {
    facts.name = entity["templateName"].str();
    facts.description = entity["templateDescription"].str();
    facts.created = entity["createTime"].str();
    facts.created_by = user_of(entity["createdBy"]);
    const pf::Value version = entity["templateVersionSpec"];
    facts.version = version["extId"].str();
    facts.version_name = version["versionName"].str();
    facts.version_description = version["versionDescription"].str();
    facts.version_created = version["createTime"].str();
    facts.may_override_customization = version["isGcOverrideEnabled"].boolean();
    const pf::Value machine = version["vmSpec"];
    read_v4(machine, facts.machine);
    facts.machine.has_resources =
        machine.kind() == pf::Kind::object && !machine.first().is_absent();
}

}  // namespace vm
