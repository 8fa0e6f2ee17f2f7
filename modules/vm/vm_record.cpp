#include "vm_record.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "vm_guest.hpp"

namespace vm {
namespace {

constexpr double bytes_per_gib = 1024.0 * 1024.0 * 1024.0;

// A count of sockets, cores or threads; 0 when it is missing or cannot be true.
std::int64_t count_of(pf::Value value) noexcept {
    const std::int64_t count = value.i64(0);
    return count > 0 && count <= 65536 ? count : 0;
}

// {uuid, name?} of something a VM refers to; `unknown` when names exist but could not be read.
void write_reference(pf::Row& row, pf::Object& data, std::string_view key, std::string_view uuid,
                     const pf::Lookup& names) {
    if (uuid.empty()) return;
    if (names.is_unknown()) return row.unknown(key);
    pf::Object reference = data.object(key);
    reference.put("uuid", uuid);
    reference.text("name", names.find(uuid));
}

// The project moved from an object to a plain id; servers may send either.
std::string_view project_of(pf::Value machine) noexcept {
    const std::string_view uuid = machine["projectExtId"].str();
    return uuid.empty() ? machine["project"]["extId"].str() : uuid;
}

// The image the first disk with an image was made of.
std::string_view image_of(pf::Value machine) noexcept {
    for (pf::Value disk : machine["disks"]) {
        const std::string_view image =
            disk["backingInfo"]["dataSource"]["reference"]["imageExtId"].str();
        if (!image.empty()) return image;
    }
    return {};
}

void write_boot(pf::Object& nutanix, pf::Value machine) {
    const pf::Value boot = machine["bootConfig"];
    std::string_view type = boot["$objectType"].str();
    if (type.empty()) type = machine["$bootConfigItemDiscriminator"].str();
    if (!boot.exists()) return;
    pf::Object out = nutanix.object("boot");
    if (type.ends_with("UefiBoot")) out.put("type", "UEFI");
    if (type.ends_with("LegacyBoot")) out.put("type", "LEGACY");
    out.put("secure", boot["isSecureBootEnabled"].boolean());
}

void write_gpus(pf::Object& nutanix, pf::Value gpus) {
    pf::Array out = nutanix.array("gpus");
    for (pf::Value gpu : gpus) {
        pf::Object each = out.object();
        each.text("name", gpu["name"].str());
        each.text("vendor", gpu["vendor"].str());
        each.text("mode", gpu["mode"].str());
        each.put("frame_buffer_bytes", gpu["frameBufferSizeBytes"].i64());
    }
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

}  // namespace

Size size_of(pf::Value machine) noexcept {
    Size size;
    size.sockets = count_of(machine["numSockets"]);
    size.cores_per_socket = count_of(machine["numCoresPerSocket"]);
    size.threads_per_core = count_of(machine["numThreadsPerCore"]);
    size.vcpus =
        size.sockets * size.cores_per_socket * std::max<std::int64_t>(size.threads_per_core, 1);
    size.memory_bytes = std::max<std::int64_t>(machine["memorySizeBytes"].i64(0), 0);
    return size;
}

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

bool RecordWriter::Category::operator<(const Category& other) const noexcept {
    return std::tie(key, value, id) < std::tie(other.key, other.value, other.id);
}

void RecordWriter::describe(pf::Row& row, pf::Value machine, std::string_view id) {
    const std::string_view cluster = machine["cluster"]["extId"].str();
    if (cluster.empty()) call_.note("vm.no_cluster", id, "the VM names no cluster: no region");
    const Size size = size_of(machine);
    print_size(size_text_, size);
    addresses_.gather(machine["nics"]);
    gather_categories(machine, id);

    row.name(machine["name"].str());
    row.region(cluster);
    row.instance_type(size_text_);
    if (size.vcpus > 0) row.instance_size(static_cast<double>(size.vcpus));
    row.ip_addresses(addresses_.sorted());
    text_.assign("/console/#page/explore/vms/").append(id);
    row.link(text_);
    if (!has_categories_ || !names_.categories.is_unknown()) write_tags(row);
    write_data(row, machine, id, size);
}

void RecordWriter::gather_categories(pf::Value machine, std::string_view id) {
    categories_.clear();
    has_categories_ = false;
    for (pf::Value reference : machine["categories"]) {
        has_categories_ = true;
        const std::string_view category = reference["extId"].str();
        const std::string_view key = names_.category(category, CategoryField::key);
        if (!key.empty()) {
            categories_.push_back({key, names_.category(category, CategoryField::value), category});
        } else if (names_.categories.is_filled()) {
            call_.note("vm.category_unknown", id,
                       "a category of the VM is in no list of categories");
        }
    }
    std::sort(categories_.begin(), categories_.end());
}

// Tags are flat: the values of one key are joined.
void RecordWriter::write_tags(pf::Row& row) {
    pf::Object tags = row.tags();
    for (std::size_t i = 0; i < categories_.size();) {
        const std::string_view key = categories_[i].key;
        text_.assign(categories_[i].value);
        while (++i < categories_.size() && categories_[i].key == key) {
            (text_ += ',') += categories_[i].value;
        }
        tags.put(key, std::string_view(text_));
    }
}

// First what needs no look-up, so that identity and state go out whatever else fails.
void RecordWriter::write_data(pf::Row& row, pf::Value machine, std::string_view id,
                              const Size& size) {
    pf::Object data = row.data();
    write_compute(data, machine, id);
    write_hardware(data, size);
    write_os(data, machine["guestTools"]);
    data.text("primary_ip_address", addresses_.primary());
    write_storage(data, machine);
    write_nutanix(data, machine);
    {
        pf::Object monitoring = data.object("nutanix_monitoring");
        monitoring.text("cluster_uuid", machine["cluster"]["extId"].str());
        monitoring.put("entity_type", "vm");
        monitoring.put("entity_uuid", id);
    }
    write_devices(row, data, machine);
    write_placement(row, data, machine);
    write_categories(row, data);
}

void RecordWriter::write_compute(pf::Object& data, pf::Value machine, std::string_view id) {
    const std::string_view power = machine["powerState"].str();
    const std::string_view state = instance_state(power);
    if (state.empty()) {
        text_.assign("power state '").append(power).append("' is shown as PENDING");
        call_.note("vm.power_state", id, text_);
    }
    pf::Object compute = data.object("compute");
    compute.put("instance_id", id);
    compute.text("instance_name", machine["name"].str());
    compute.put("instance_state", state.empty() ? std::string_view("PENDING") : state);
    compute.text("instance_type", size_text_);
    const std::string_view host = names_.hosts.find(machine["host"]["extId"].str());
    compute.text("az", host.empty() ? machine["availabilityZone"]["extId"].str() : host);
    const std::string_view image = image_of(machine);
    const std::string_view image_name = names_.images.find(image);
    compute.text("image", image_name.empty() ? image : image_name);
    compute.text("launched_at", machine["createTime"].str());
}

// guestCustomization is never read: it may hold passwords.
void RecordWriter::write_nutanix(pf::Object& data, pf::Value machine) {
    pf::Object nutanix = data.object("nutanix");
    nutanix.put("hypervisor", "AHV");
    nutanix.text("description", machine["description"].str());
    nutanix.text("owner_uuid", machine["ownershipInfo"]["owner"]["extId"].str());
    nutanix.text("machine_type", machine["machineType"].str());
    write_boot(nutanix, machine);
    nutanix.put("vtpm", machine["vtpmConfig"]["isVtpmEnabled"].boolean());
    nutanix.put("agent_vm", machine["isAgentVm"].boolean(false));
    nutanix.text("bios_uuid", machine["biosUuid"].str());
    nutanix.text("timezone", machine["hardwareClockTimezone"].str());
    if (const pf::Value tools = machine["guestTools"]; tools.exists()) {
        pf::Object out = nutanix.object("guest_tools");
        out.text("version", tools["version"].str());
        out.put("installed", tools["isInstalled"].boolean());
        out.put("enabled", tools["isEnabled"].boolean());
    }
    write_gpus(nutanix, machine["gpus"]);
    {
        pf::Object protection = nutanix.object("protection");
        protection.text("type", machine["protectionType"].str());
        protection.text("policy_uuid", machine["protectionPolicyState"]["policy"]["extId"].str());
    }
    nutanix.copy("custom_attributes", machine["customAttributes"]);
}

void RecordWriter::write_devices(pf::Row& row, pf::Object& data, pf::Value machine) {
    const pf::Value nics = machine["nics"];
    if (nics.first().exists() && names_.subnets.is_unknown()) {
        row.unknown("nics");
        row.unknown("subnet");
        row.unknown("vpc");
    } else {
        write_nics(data, nics, addresses_, names_);
        write_network(data, nics, names_);
    }
    if (machine["disks"].first().exists() && names_.storage_containers.is_unknown()) {
        row.unknown("disks");
    } else {
        write_disks(data, machine, names_);
    }
}

void RecordWriter::write_placement(pf::Row& row, pf::Object& data, pf::Value machine) {
    write_reference(row, data, "cluster", machine["cluster"]["extId"].str(), names_.clusters);
    write_reference(row, data, "host", machine["host"]["extId"].str(), names_.hosts);
    write_reference(row, data, "project", project_of(machine), names_.projects);
}

void RecordWriter::write_categories(pf::Row& row, pf::Object& data) {
    if (has_categories_ && names_.categories.is_unknown()) return row.unknown("categories");
    pf::Array list = data.array("categories");
    for (const Category& category : categories_) {
        pf::Object each = list.object();
        each.put("key", category.key);
        each.put("value", category.value);
        each.put("uuid", category.id);
    }
}

}  // namespace vm
