#include "vm_record.hpp"

#include <algorithm>
#include <cmath>

#include "vm_devices.hpp"
#include "vm_guest.hpp"

namespace vm {
namespace {

constexpr double bytes_per_gib = 1024.0 * 1024.0 * 1024.0;

// What goes with the resources: unknown as long as Prism does not show them.
constexpr std::string_view keys_of_resources[] = {
    "hardware", "os",  "primary_ip_address", "storage", "nutanix", "nics", "subnet", "vpc",
    "disks",    "host"};

// {uuid, name?} of something a VM refers to; `unknown` when a name exists but could not be read.
void write_reference(pf::Row& row, pf::Object& data, std::string_view key,
                     const Reference& reference, const NameTable& names) {
    if (names.hides(reference)) return row.unknown(key);
    if (reference.uuid.empty()) return;
    pf::Object out = data.object(key);
    out.put("uuid", reference.uuid);
    out.text("name", names.name_of(reference));
}

// The image the first disk with an image was made of.
std::string_view image_of(const Facts& facts) noexcept {
    for (const Disk& disk : facts.disks) {
        if (disk.kind != Disk::Kind::cd_rom && !disk.image.empty()) return disk.image;
    }
    return {};
}

void write_hardware(pf::Object& data, const Size& size) {
    pf::Object hardware = data.object("hardware");
    if (size.vcpus > 0) hardware.put("core", size.vcpus);
    if (size.memory_bytes > 0) {
        hardware.put("memory", static_cast<double>(size.memory_bytes) / bytes_per_gib);
    }
    if (size.sockets > 0) hardware.put("sockets", size.sockets);
    if (size.cores_per_socket > 0) hardware.put("cores_per_socket", size.cores_per_socket);
    if (size.threads_per_core > 0) hardware.put("threads_per_core", size.threads_per_core);
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

void write_monitoring(pf::Object& data, const Facts& facts, std::string_view id) {
    pf::Object monitoring = data.object("nutanix_monitoring");
    monitoring.text("cluster_uuid", facts.cluster.uuid);
    monitoring.put("entity_type", "vm");
    monitoring.put("entity_uuid", id);
}

}  // namespace

void print_size(std::string& out, const Size& size) {
    out.clear();
    if (size.vcpus > 0) (out += std::to_string(size.vcpus)) += " vCPU";
    if (size.memory_bytes <= 0) return;
    if (!out.empty()) out += " / ";
    const auto hundredths =
        std::llround(static_cast<double>(size.memory_bytes) * 100.0 / bytes_per_gib);
    out += std::to_string(hundredths / 100);
    if (hundredths % 100 != 0) {
        out += '.';
        out += static_cast<char>('0' + hundredths / 10 % 10);
        if (hundredths % 10 != 0) out += static_cast<char>('0' + hundredths % 10);
    }
    out += " GB";
}

std::string_view instance_state(std::string_view power_state) noexcept {
    if (power_state == "ON") return "RUNNING";
    if (power_state == "OFF") return "STOPPED";
    if (power_state == "PAUSED" || power_state == "SUSPENDED") return "SUSPENDED";
    return {};
}

std::string_view whole_seconds(std::string_view time, std::string& buffer) {
    const std::size_t dot = time.find('.');
    if (dot == time.npos) return time;
    const std::size_t zone = std::min(time.find_first_not_of("0123456789", dot + 1), time.size());
    buffer.assign(time.substr(0, dot)).append(time.substr(zone));
    return buffer;
}

void RecordWriter::describe(pf::Row& row, Facts& facts, std::string_view id) {
    if (facts.cluster.uuid.empty()) {
        call_.note("vm.no_cluster", id, "the VM names no cluster: no region");
    }
    if (!facts.has_resources) {
        text_.assign(
            "Prism shows the VM without its resources, in a state of error; what it tells goes "
            "out");
        if (!facts.trouble.empty()) (text_ += ". Prism says: ") += facts.trouble;
        call_.note("vm.no_resources", id, text_);
    }
    for (const UnknownWord& each : facts.unknown_words) {
        text_.assign(each.what).append(" is '").append(each.word).append("'");
        call_.note("vm.unknown_word", id, text_);
    }
    print_size(size_text_, facts.size);
    complete_categories(facts, id);

    row.name(facts.name);
    row.region(facts.cluster.uuid);
    row.instance_type(size_text_);
    if (facts.size.vcpus > 0) row.instance_size(static_cast<double>(facts.size.vcpus));
    if (facts.has_resources) row.ip_addresses(facts.addresses.sorted());
    text_.assign("/console/#page/explore/vms/").append(id);
    row.link(text_);
    if (!hides_categories_) write_tags(row, facts);
    write_data(row, facts, id);
}

// Finds key and value of the categories a VM has by UUID. One that is in no list is left out.
void RecordWriter::complete_categories(Facts& facts, std::string_view id) {
    hides_categories_ = facts.categories.empty() && !facts.has_resources;
    const auto is_nameless = [&](Category& category) {
        if (!category.key.empty()) return false;
        category.key = names_.category(category.uuid, CategoryField::key);
        category.value = names_.category(category.uuid, CategoryField::value);
        if (!category.key.empty()) return false;
        hides_categories_ = hides_categories_ || names_.categories.hides(category.uuid);
        if (names_.categories.is_filled()) {
            call_.note("vm.category_unknown", id,
                       "a category of the VM is in no list of categories");
        }
        return true;
    };
    auto& all = facts.categories;
    all.erase(std::remove_if(all.begin(), all.end(), is_nameless), all.end());
    std::sort(all.begin(), all.end());
}

// Tags are flat: the values of one key are joined.
void RecordWriter::write_tags(pf::Row& row, const Facts& facts) {
    const auto& categories = facts.categories;
    pf::Object tags = row.tags();
    for (std::size_t i = 0; i < categories.size();) {
        const std::string_view key = categories[i].key;
        text_.assign(categories[i].value);
        while (++i < categories.size() && categories[i].key == key) {
            (text_ += ',') += categories[i].value;
        }
        tags.put(key, std::string_view(text_));
    }
}

// First what needs no look-up, so that identity and state go out whatever else fails.
void RecordWriter::write_data(pf::Row& row, const Facts& facts, std::string_view id) {
    pf::Object data = row.data();
    write_compute(data, facts, id);
    write_monitoring(data, facts, id);
    if (facts.has_resources) {
        write_resources(row, data, facts);
    } else {
        for (const std::string_view key : keys_of_resources) row.unknown(key);
    }
    write_placement(row, data, facts);
    write_categories(row, data, facts);
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
    if (state.empty() && facts.has_resources) {
        text_.assign("power state '").append(facts.power_state).append("' is shown as PENDING");
        call_.note("vm.power_state", id, text_);
    }
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

void RecordWriter::write_categories(pf::Row& row, pf::Object& data, const Facts& facts) {
    if (hides_categories_) return row.unknown("categories");
    pf::Array list = data.array("categories");
    for (const Category& category : facts.categories) {
        pf::Object each = list.object();
        each.put("key", category.key);
        each.put("value", category.value);
        each.text("uuid", category.uuid);
    }
}

}  // namespace vm
