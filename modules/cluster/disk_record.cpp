#include "records.hpp"

namespace cluster {
namespace {

void write_disk(pf::Object& data, const DiskFacts& facts, std::string_view id) {
    pf::Object out = data.object("disk");
    out.put("uuid", id);
    out.text("serial", facts.serial);
    out.text("model", facts.model);
    out.text("vendor", facts.vendor);
    out.text("firmware", facts.firmware);
    out.text("wanted_firmware", facts.wanted_firmware);
    out.text("tier", facts.tier);
    out.text("status", facts.status);
    out.put("online", facts.is_online);
    out.put("slot", facts.slot);
    out.text("mount_path", facts.mount_path);
    out.text("pcie_path", facts.pcie_path);
}

void write_reference(pf::Object& data, std::string_view key, const Reference& to,
                     std::string_view ip = {}) {
    pf::Object out = data.object(key);
    out.text("uuid", to.uuid);
    out.text("name", to.name);
    out.text("ip", ip);
}

}  // namespace

void describe(pf::Call& call, pf::Row& row, const DiskFacts& facts, std::string_view id) {
    if (facts.cluster.uuid.empty()) {
        call.note("disk.no_cluster", id, "the disk names no cluster: no region");
    }
    row.name(facts.serial);
    row.region(facts.cluster.uuid);
    row.instance_type(facts.tier);
    if (facts.bytes) row.instance_size(static_cast<double>(*facts.bytes));
    std::string link = "/console/#page/explore/disks/";
    row.link(link.append(id));

    pf::Object data = row.data();
    write_disk(data, facts, id);
    {
        pf::Object out = data.object("capacity");
        out.put("size_bytes", facts.bytes);
        out.put("physical_bytes", facts.physical_bytes);
    }
    write_reference(data, "host", facts.host, facts.host_ip);
    write_reference(data, "cluster", facts.cluster);
    {
        pf::Object out = data.object("controller_vm");
        out.text("id", facts.cvm_id);
        out.text("ip", facts.cvm_ip);
    }
    write_reference(data, "storage_pool", {facts.storage_pool, {}});
    pf::write_monitoring(data, call, "disk", id, facts.cluster.uuid);
}

}  // namespace cluster
