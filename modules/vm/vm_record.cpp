#include "vm_record.hpp"

#include <algorithm>

#include "vm_devices.hpp"
#include "vm_guest.hpp"
#include "vm_oddities.hpp"
#include "vm_power.hpp"
#include "vm_reference.hpp"
#include "vm_time.hpp"

namespace vm {
namespace {

// What goes with the resources: unknown as long as Prism does not show them.
constexpr std::string_view keys_of_resources[] = {
    "hardware", "os",  "primary_ip_address", "storage", "nutanix", "nics", "subnet", "vpc",
    "disks",    "host"};

// The image the first disk with an image was made of.
std::string_view image_of(const Facts& facts) noexcept {
    for (const Disk& disk : facts.disks) {
        if (disk.kind != Disk::Kind::cd_rom && !disk.image.empty()) return disk.image;
    }
    return {};
}

void write_boot(pf::Object& nutanix, const Boot& boot) {
    pf::Object out = nutanix.object("boot");
    out.text("type", boot.type);
    out.put("secure", boot.is_secure);
}

void write_guest_tools(pf::Object& nutanix, const GuestTools& tools) {
    pf::Object out = nutanix.object("guest_tools");
    out.text("version", tools.version);
    out.put("installed", tools.is_installed);
    out.put("enabled", tools.is_enabled);
}

void write_gpus(pf::Object& nutanix, const std::vector<Gpu>& gpus) {
    pf::Array out = nutanix.array("gpus");
    for (const Gpu& gpu : gpus) {
        pf::Object each = out.object();
        each.text("name", gpu.name);
        each.text("vendor", gpu.vendor);
        each.text("mode", gpu.mode);
        each.put("frame_buffer_bytes", gpu.frame_buffer_bytes);
    }
}

void write_nutanix(pf::Object& data, const Facts& facts) {
    pf::Object nutanix = data.object("nutanix");
    nutanix.put("hypervisor", "AHV");
    nutanix.text("description", facts.description);
    nutanix.text("owner_uuid", facts.owner);
    nutanix.text("machine_type", facts.machine_type);
    if (facts.boot) write_boot(nutanix, *facts.boot);
    nutanix.put("vtpm", facts.has_vtpm);
    nutanix.put("agent_vm", facts.is_agent.value_or(false));
    nutanix.text("bios_uuid", facts.bios_uuid);
    nutanix.text("timezone", facts.timezone);
    if (facts.guest_tools.exist) write_guest_tools(nutanix, facts.guest_tools);
    write_gpus(nutanix, facts.gpus);
    {
        pf::Object protection = nutanix.object("protection");
        protection.text("type", facts.protection_type);
        protection.text("policy_uuid", facts.protection_policy);
    }
    if (facts.custom_attributes.exists()) {
        nutanix.copy("custom_attributes", facts.custom_attributes);
    }
}

}  // namespace

void RecordWriter::describe(pf::Row& row, Facts& facts, std::string_view id) {
    note_oddities(call_, facts, id, text_);
    print_size(size_text_, facts.size);
    categories_.complete(facts.categories, id, !facts.has_resources);

    row.name(facts.name);
    row.region(facts.cluster.uuid);
    row.instance_type(size_text_);
    if (facts.size.vcpus > 0) row.instance_size(static_cast<double>(facts.size.vcpus));
    if (facts.has_resources) row.ip_addresses(facts.addresses.sorted());
    text_.assign("/console/#page/explore/vms/").append(id);
    row.link(text_);
    categories_.write_tags(row, facts.categories);
    write_data(row, facts, id);
}

// First what needs no look-up, so that identity and state go out whatever else fails.
void RecordWriter::write_data(pf::Row& row, const Facts& facts, std::string_view id) {
    pf::Object data = row.data();
    write_compute(data, facts, id);
    pf::write_monitoring(data, call_, "vm", id, facts.cluster.uuid);
    if (facts.has_resources) {
        write_resources(row, data, facts);
    } else {
        for (const std::string_view key : keys_of_resources) row.unknown(key);
    }
    write_placement(row, data, facts);
    categories_.write(row, data, facts.categories);
}

void RecordWriter::write_resources(pf::Row& row, pf::Object& data, const Facts& facts) {
    write_hardware(data, facts.size);
    write_os(data, facts.guest_tools);
    data.text("primary_ip_address", facts.addresses.primary());
    write_storage(data, facts);
    write_nutanix(data, facts);
    write_devices(row, data, facts);
    write_reference(row, data, "host", facts.host, names_.hosts);
}

void RecordWriter::write_compute(pf::Object& data, const Facts& facts, std::string_view id) {
    const std::string_view state = instance_state(facts.power_state);
    pf::Object compute = data.object("compute");
    compute.put("instance_id", id);
    compute.text("instance_name", facts.name);
    compute.put("instance_state", state.empty() ? std::string_view("PENDING") : state);
    compute.text("instance_type", size_text_);
    const std::string_view host = names_.hosts.name_of(facts.host);
    compute.text("az", host.empty() ? facts.availability_zone : host);
    const std::string_view image = image_of(facts);
    const std::string_view image_name = names_.images.find(image);
    compute.text("image", image_name.empty() ? image : image_name);
    compute.text("launched_at", whole_seconds(facts.created, text_));
}

void RecordWriter::write_devices(pf::Row& row, pf::Object& data, const Facts& facts) {
    const bool hides_subnets =
        std::any_of(facts.nics.begin(), facts.nics.end(),
                    [&](const Nic& nic) { return names_.subnets.hides(nic.subnet.uuid); });
    if (hides_subnets) {
        for (const char* key : {"nics", "subnet", "vpc"}) row.unknown(key);
    } else {
        write_nics(data, facts, names_);
        write_network(data, facts, names_);
    }
    const bool hides_containers = std::any_of(
        facts.disks.begin(), facts.disks.end(),
        [&](const Disk& disk) { return names_.storage_containers.hides(disk.container); });
    if (hides_containers) {
        row.unknown("disks");
    } else {
        write_disks(data, facts, names_);
    }
}

void RecordWriter::write_placement(pf::Row& row, pf::Object& data, const Facts& facts) {
    const auto write = [&](std::string_view key, const Reference& to, const NameTable& names) {
        if (to.uuid.empty() && !facts.has_resources) return row.unknown(key);
        write_reference(row, data, key, to, names);
    };
    write("cluster", facts.cluster, names_.clusters);
    write("project", facts.project, names_.projects);
}

}  // namespace vm
