// Kind template: every VM template of the Prism Central, as its active version is.
#include "template.hpp"

#include <algorithm>
#include <string>

#include "kinds.hpp"
#include "vm_categories.hpp"
#include "vm_devices.hpp"
#include "vm_filter.hpp"
#include "vm_guest.hpp"
#include "vm_names.hpp"
#include "vm_reference.hpp"
#include "vm_time.hpp"
#include "vm_v4.hpp"

namespace vm {
namespace {

// Unknown as long as Prism does not show the machine.
constexpr std::string_view keys_of_machine[] = {"hardware", "os",   "storage",
                                                "disks",    "nics", "cluster"};

// One per call; what is reused from template to template is memory.
class TemplateWriter {
  public:
    TemplateWriter(pf::Call& call, const Names& names) noexcept
        : names_(names), categories_(call, names) {}

    void describe(pf::Row& row, TemplateFacts& facts, std::string_view id) {
        Facts& machine = facts.machine;
        categories_.complete(machine.categories, id, !machine.has_resources);
        row.name(facts.name);
        row.region("prism-central");
        print_size(text_, machine.size);
        row.instance_type(text_);
        if (machine.size.vcpus > 0) row.instance_size(static_cast<double>(machine.size.vcpus));
        row.link(text_.assign("/console/#page/explore/templates/").append(id));
        categories_.write_tags(row, machine.categories);
        pf::Object data = row.data();
        write_template(data, facts, id);
        if (machine.has_resources) {
            write_machine(row, data, machine);
        } else {
            for (const std::string_view key : keys_of_machine) row.unknown(key);
        }
        categories_.write(row, data, machine.categories);
    }

  private:
    void write_template(pf::Object& data, const TemplateFacts& facts, std::string_view id) {
        pf::Object out = data.object("template");
        out.put("uuid", id);
        out.text("description", facts.description);
        out.text("created_at", whole_seconds(facts.created, text_));
        out.text("created_by_uuid", facts.created_by.uuid);
        out.text("created_by", facts.created_by.name);
        out.put("customization_override", facts.may_override_customization);
        if (facts.machine.boot) out.text("boot", facts.machine.boot->type);
        out.text("machine_type", facts.machine.machine_type);
        pf::Object version = out.object("version");
        version.text("uuid", facts.version);
        version.text("name", facts.version_name);
        version.text("description", facts.version_description);
        version.text("created_at", whole_seconds(facts.version_created, text_));
    }

    void write_machine(pf::Row& row, pf::Object& data, const Facts& machine) const {
        write_hardware(data, machine.size);
        write_os(data, machine.guest_tools);
        write_storage(data, machine);
        const bool hides_containers = std::any_of(
            machine.disks.begin(), machine.disks.end(),
            [&](const Disk& disk) { return names_.storage_containers.hides(disk.container); });
        if (hides_containers) {
            row.unknown("disks");
        } else {
            write_disks(data, machine, names_);
        }
        const bool hides_subnets =
            std::any_of(machine.nics.begin(), machine.nics.end(),
                        [&](const Nic& nic) { return names_.subnets.hides(nic.subnet.uuid); });
        if (hides_subnets) {
            row.unknown("nics");
        } else {
            write_nics(data, machine, names_);
        }
        write_reference(row, data, "cluster", machine.cluster, names_.clusters);
    }

    const Names& names_;
    Categories categories_;
    std::string text_;
};

}  // namespace

void collect_templates(pf::Call& call, const Order& order) {
    pf::List templates = call.list(Endpoint::templates, {.cluster = order.cluster});
    auto at = templates.begin();
    const Names names(call, templates.dialect());
    open_all({&names.clusters, &names.subnets, &names.categories, &names.storage_containers});
    const Filter filter(order.options);
    TemplateWriter records(call, names);
    TemplateFacts facts;
    for (; at != templates.end(); ++at) {
        const pf::Value entity = *at;
        const std::string_view id = id_of_v4(entity);
        if (id.empty()) {
            call.skip(entity, "template.no_id", "a template without a UUID");
            continue;
        }
        read_template_v4(entity, facts);
        if (!filter.wants_categories(facts.machine.categories, names)) {
            call.filtered(entity);
            continue;
        }
        pf::Row row = call.begin(order.output, entity, id);
        records.describe(row, facts, id);
    }
}

}  // namespace vm
