// Kind esxi_vm: every ESXi virtual machine on a Nutanix cluster.
#include "esxi_vm.hpp"

#include <algorithm>
#include <string>

#include "kinds.hpp"
#include "vm_categories.hpp"
#include "vm_devices.hpp"
#include "vm_filter.hpp"
#include "vm_guest.hpp"
#include "vm_names.hpp"
#include "vm_oddities.hpp"
#include "vm_power.hpp"
#include "vm_reference.hpp"
#include "vm_v3.hpp"
#include "vm_v4.hpp"

namespace vm {
namespace {

// What goes with the resources: unknown as long as Prism does not show them.
constexpr std::string_view keys_of_resources[] = {
    "hardware", "os", "primary_ip_address", "storage", "nutanix", "nics", "disks", "host"};

void write_compute(pf::Object& data, const EsxiFacts& facts, std::string_view id,
                   std::string_view size, std::string_view host) {
    const std::string_view state = instance_state(facts.power_state);
    pf::Object compute = data.object("compute");
    compute.put("instance_id", id);
    compute.text("instance_name", facts.name);
    compute.put("instance_state", state.empty() ? std::string_view("PENDING") : state);
    compute.text("instance_type", size);
    compute.text("az", host);
}

void write_esxi_nics(pf::Object& data, const EsxiFacts& facts) {
    pf::Array list = data.array("nics");
    std::uint32_t index = 0;
    for (const Nic& nic : facts.nics) {
        pf::Object out = list.object();
        out.put("device_index", index);
        out.text("nic_type", nic.type);
        {
            pf::Array ips = out.array("ip_addresses");
            facts.addresses.each_of(index, [&](std::string_view text) { ips.add(text); });
        }
        out.text("mac_address", nic.mac);
        pf::Object tags = out.object("tags");
        tags.text("uuid", nic.uuid);
        if (index < facts.port_groups.size()) tags.text("port_group", facts.port_groups[index]);
        tags.put("connected", nic.is_connected);
        ++index;
    }
}

void write_nutanix(pf::Object& data, const EsxiFacts& facts) {
    pf::Object nutanix = data.object("nutanix");
    nutanix.put("hypervisor", "ESXi");
    nutanix.text("description", facts.description);
    nutanix.text("owner_uuid", facts.owner);
    nutanix.put("hardware_version", facts.hardware_version);
    if (!facts.guest_tools.exist) return;
    pf::Object tools = nutanix.object("guest_tools");
    tools.text("version", facts.guest_tools.version);
    tools.put("installed", facts.guest_tools.is_installed);
    tools.put("enabled", facts.guest_tools.is_enabled);
}

// One per call; what is reused from machine to machine is memory.
class EsxiRecordWriter {
  public:
    EsxiRecordWriter(pf::Call& call, const Names& names) noexcept
        : call_(call), names_(names), categories_(call, names) {}

    void describe(pf::Row& row, EsxiFacts& facts, std::string_view id) {
        note_oddities(call_, facts, id, text_);
        print_size(size_, facts.size);
        categories_.complete(facts.categories, id, !facts.has_resources);
        row.name(facts.name);
        row.region(facts.cluster.uuid);
        row.instance_type(size_);
        if (facts.size.vcpus > 0) row.instance_size(static_cast<double>(facts.size.vcpus));
        if (facts.has_resources) row.ip_addresses(facts.addresses.sorted());
        row.link(text_.assign("/console/#page/explore/vms/").append(id));
        categories_.write_tags(row, facts.categories);
        write_data(row, facts, id);
    }

  private:
    // First what needs no look-up, so that identity and state go out whatever else fails.
    void write_data(pf::Row& row, const EsxiFacts& facts, std::string_view id) {
        pf::Object data = row.data();
        write_compute(data, facts, id, size_, names_.hosts.name_of(facts.host));
        pf::write_monitoring(data, call_, "esxi_vm", id, facts.cluster.uuid);
        if (facts.has_resources) {
            write_resources(row, data, facts);
        } else {
            for (const std::string_view key : keys_of_resources) row.unknown(key);
        }
        write_reference(row, data, "cluster", facts.cluster, names_.clusters);
        categories_.write(row, data, facts.categories);
    }

    void write_resources(pf::Row& row, pf::Object& data, const EsxiFacts& facts) {
        write_hardware(data, facts.size);
        write_os(data, facts.guest_tools);
        data.text("primary_ip_address", facts.addresses.primary());
        write_storage(data, facts);
        write_nutanix(data, facts);
        write_esxi_nics(data, facts);
        const bool hides_containers = std::any_of(
            facts.disks.begin(), facts.disks.end(),
            [&](const Disk& disk) { return names_.storage_containers.hides(disk.container); });
        if (hides_containers) {
            row.unknown("disks");
        } else {
            write_disks(data, facts, names_);
        }
        write_reference(row, data, "host", facts.host, names_.hosts);
    }

    pf::Call& call_;
    const Names& names_;
    Categories categories_;
    std::string size_;
    std::string text_;
};

}  // namespace

void collect_esxi_vms(pf::Call& call, const Order& order) {
    pf::List machines = call.list(Endpoint::esxi_vms, {.cluster = order.cluster});
    auto at = machines.begin();
    const bool is_v3 = machines.dialect() == 3;
    const Names names(call, machines.dialect());
    if (!is_v3) {
        open_all({&names.clusters, &names.hosts, &names.categories, &names.storage_containers});
    }
    const Filter filter(order.options);
    const bool wants_all = filter.wants_all();
    EsxiRecordWriter records(call, names);
    EsxiFacts facts;
    for (; at != machines.end(); ++at) {
        const pf::Value machine = *at;
        if (!runs_on(Hypervisor::esxi, call, machine, is_v3, names)) continue;
        const std::string_view id = is_v3 ? id_of_v3(machine) : id_of_v4(machine);
        if (id.empty()) {
            call.skip(machine, "vm.no_id", "a virtual machine without a UUID");
            continue;
        }
        is_v3 ? read_esxi_v3(machine, facts) : read_esxi_v4(machine, facts);
        if (!wants_all && !filter.wants(facts, names)) {
            call.filtered(machine);
            continue;
        }
        pf::Row row = call.begin(order.output, machine, id);
        records.describe(row, facts, id);
    }
}

}  // namespace vm
