#include <algorithm>

#include "names.hpp"
#include "records.hpp"
#include "units.hpp"

namespace cluster {
namespace {

// What goes with the resources: unknown as long as Prism does not show them.
constexpr std::string_view keys_of_resources[] = {"host", "hardware", "hypervisor", "controller_vm",
                                                  "ipmi", "disks",    "usage"};

void write_host(pf::Object& data, const HostFacts& facts, std::string_view id) {
    pf::Object out = data.object("host");
    out.put("uuid", id);
    out.text("name", facts.name);
    out.text("state", facts.hypervisor.state);
    out.text("connection", facts.hypervisor.connection);
    out.text("maintenance", facts.maintenance);
    out.text("node_status", facts.node_status);
    out.text("type", facts.type);
    out.text("model", facts.block_model);
    out.text("serial", facts.serial);
    out.text("block_serial", facts.block_serial);
    out.put("degraded", facts.is_degraded);
    out.put("secure_boot", facts.is_secure_booted);
    out.put("reboot_pending", facts.is_reboot_pending);
}

void write_hardware(pf::Object& data, const Hardware& hardware) {
    pf::Object out = data.object("hardware");
    out.text("cpu_model", hardware.cpu_model);
    out.put("sockets", hardware.sockets);
    out.put("core", hardware.cores);
    out.put("threads", hardware.threads);
    if (hardware.cpu_hz) out.put("cpu_ghz", ghz_of(*hardware.cpu_hz));
    if (hardware.frequency_hz) out.put("frequency_ghz", ghz_of(*hardware.frequency_hz));
    if (hardware.memory_bytes) out.put("memory", gib_of(*hardware.memory_bytes));
    {
        pf::Array gpus = out.array("gpus");
        for (const std::string_view gpu : hardware.gpus) gpus.add(gpu);
    }
    out.text("gpu_driver", hardware.gpu_driver);
}

void write_software(pf::Object& data, const HostFacts& facts) {
    {
        pf::Object out = data.object("hypervisor");
        out.text("type", facts.hypervisor.type);
        out.text("version", facts.hypervisor.version);
        out.text("ip", facts.hypervisor.ip);
    }
    {
        pf::Object out = data.object("controller_vm");
        out.text("ip", facts.cvm_ip);
        out.text("backplane_ip", facts.cvm_backplane_ip);
        out.put("maintenance", facts.is_cvm_in_maintenance);
    }
    pf::Object out = data.object("ipmi");
    out.text("ip", facts.ipmi_ip);
}

void write_disks(pf::Object& data, std::vector<HostDisk> disks) {
    std::sort(disks.begin(), disks.end(),
              [](const HostDisk& a, const HostDisk& b) { return a.uuid < b.uuid; });
    pf::Array list = data.array("disks");
    for (const HostDisk& disk : disks) {
        pf::Object out = list.object();
        out.text("uuid", disk.uuid);
        out.text("serial", disk.serial);
        out.text("tier", disk.tier);
        out.put("size", disk.bytes);
        out.text("mount_path", disk.mount_path);
    }
}

void write_addresses(pf::Row& row, const HostFacts& facts) {
    Texts addresses;
    for (const std::string_view ip : {facts.hypervisor.ip, facts.cvm_ip, facts.ipmi_ip}) {
        add_once(addresses, ip);
    }
    row.ip_addresses(addresses);
}

void write_resources(pf::Object& data, const HostFacts& facts, std::string_view id) {
    write_host(data, facts, id);
    write_hardware(data, facts.hardware);
    write_software(data, facts);
    write_disks(data, facts.disks);
    pf::Object usage = data.object("usage");
    usage.put("vm_count", facts.vm_count);
}

}  // namespace

HostWriter::HostWriter(pf::Call& call) : call_(call), clusters_(call.lookup(Table::clusters)) {}

void HostWriter::describe(pf::Row& row, const HostFacts& facts, std::string_view id) {
    const Reference& cluster = facts.cluster;
    if (cluster.uuid.empty()) {
        call_.note("host.no_cluster", id, "the host names no cluster: no region");
    }
    if (!facts.has_resources) {
        call_.note("host.no_resources", id, "Prism shows the host without its resources");
    }
    row.name(facts.name);
    row.region(cluster.uuid);
    row.instance_type(facts.block_model);
    const Count cores = facts.hardware.cores;
    if (cores) row.instance_size(static_cast<double>(*cores));
    text_.assign("/console/#page/explore/hosts/").append(id);
    row.link(text_);

    if (facts.has_resources) write_addresses(row, facts);

    pf::Object data = row.data();
    pf::write_monitoring(data, call_, "host", id, cluster.uuid);
    if (facts.has_resources) {
        write_resources(data, facts, id);
    } else {
        for (const std::string_view key : keys_of_resources) row.unknown(key);
    }
    if (cluster.uuid.empty()) {
        if (!facts.has_resources) row.unknown("cluster");
        return;
    }
    if (cluster.name.empty() && clusters_.is_unknown()) return row.unknown("cluster");
    pf::Object out = data.object("cluster");
    out.put("uuid", cluster.uuid);
    out.text("name", cluster.name.empty() ? clusters_.find(cluster.uuid) : cluster.name);
}

}  // namespace cluster
