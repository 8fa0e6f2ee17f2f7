#include "volume_groups.hpp"

#include <algorithm>
#include <tuple>

namespace storage {
namespace {

// The sum; nothing when a disk does not tell its size.
std::optional<std::int64_t> size_of(const std::vector<VolumeDisk>& disks) {
    std::int64_t sum = 0;
    for (const VolumeDisk& disk : disks) {
        if (!disk.size || __builtin_add_overflow(sum, *disk.size, &sum)) return std::nullopt;
    }
    return sum;
}

// Prism gives no order, and one that changes would look like a change.
void sort(VolumeGroup& group) {
    if (group.disks) {
        std::sort(group.disks->begin(), group.disks->end(), [](const auto& a, const auto& b) {
            return std::tie(a.index, a.uuid) < std::tie(b.index, b.uuid);
        });
    }
    if (group.attachments) {
        std::sort(group.attachments->begin(), group.attachments->end(),
                  [](const auto& a, const auto& b) { return a.vm < b.vm; });
    }
}

void write_facts(pf::Object& data, const VolumeGroup& group) {
    pf::Object out = data.object("volume_group");
    out.put("uuid", group.id);
    out.text("name", group.name);
    out.text("description", group.description);
    out.text("sharing", group.sharing);
    out.text("target_prefix", group.target_prefix);
    out.text("target_name", group.target_name);
    out.text("usage_type", group.usage_type);
    out.text("attachment_type", group.attachment_type);
    out.text("protocol", group.protocol);
    out.text("authentication", group.authentication);
    out.text("created_by", group.created_by);
    out.put("load_balance", group.is_load_balanced);
    out.put("flash_mode", group.is_flash);
    out.put("hidden", group.is_hidden);
}

void write_attachments(pf::Object& data, const std::vector<Attachment>& attachments) {
    pf::Array list = data.array("attachments");
    for (const Attachment& attachment : attachments) {
        pf::Object each = list.object();
        each.put("vm_uuid", std::string_view(attachment.vm));
        each.put("index", attachment.index);
    }
}

class Writer {
  public:
    Writer(pf::Call& call, std::uint32_t output)
        : call_(call),
          output_(output),
          clusters_(call.lookup(Table::clusters)),
          containers_(call.lookup(Table::containers)) {}

    void write(pf::Value entity, VolumeGroup& group) {
        sort(group);
        const std::optional<std::int64_t> size = group.disks ? size_of(*group.disks) : std::nullopt;
        if (group.cluster.uuid.empty()) {
            call_.note("volume_group.no_cluster", group.id,
                       "the volume group names no cluster: no region");
        }
        if (!group.unknown_flash_mode.empty()) {
            call_.note("volume_group.flash_mode", group.id,
                       "a flash mode this version does not know; it is left out");
        }
        link_.assign("/console/#page/explore/volume_groups/").append(group.id);
        pf::Row row = call_.begin(output_, entity, group.id);
        row.name(group.name);
        row.region(group.cluster.uuid);
        if (size) row.instance_size(static_cast<double>(*size));
        row.link(link_);
        pf::Object data = row.data();
        write_facts(data, group);
        write_totals(row, data, group, size);
        write_disks(row, data, group);
        if (group.attachments) {
            write_attachments(data, *group.attachments);
        } else {
            row.unknown("attachments");
        }
        pf::write_monitoring(data, call_, "volume_group", group.id, group.cluster.uuid);
        write_cluster(row, data, group.cluster, clusters_);
    }

  private:
    static void write_totals(pf::Row& row, pf::Object& data, const VolumeGroup& group,
                             const std::optional<std::int64_t>& size) {
        if (!group.disks || !group.attachments) return row.unknown("totals");
        pf::Object out = data.object("totals");
        out.put("disk_count", group.disks->size());
        out.put("attachment_count", group.attachments->size());
        out.put("size_bytes", size);
    }

    void write_disks(pf::Row& row, pf::Object& data, const VolumeGroup& group) {
        if (!group.disks || (containers_.is_unknown() && !group.disks->empty())) {
            return row.unknown("disks");
        }
        pf::Array list = data.array("disks");
        for (const VolumeDisk& disk : *group.disks) {
            pf::Object each = list.object();
            each.text("uuid", disk.uuid);
            each.put("index", disk.index);
            each.put("size", disk.size);
            each.text("storage_container_uuid", disk.container);
            each.text("storage_container", containers_.find(disk.container));
            each.put("flash_mode", disk.is_flash);
        }
    }

    pf::Call& call_;
    std::uint32_t output_;
    pf::Lookup clusters_;
    pf::Lookup containers_;
    std::string link_;
};

void read_details(pf::Call& call, VolumeGroup& group) {
    if (!group.disks) {
        std::vector<VolumeDisk> disks;
        const bool is_read =
            call.read_detail(Endpoint::volume_group_disks, group.id,
                             [&](pf::Value disk) { disks.push_back(read_volume_disk_v4(disk)); });
        if (is_read) group.disks = std::move(disks);
    }
    std::vector<Attachment> attachments;
    const bool is_read =
        call.read_detail(Endpoint::volume_group_attachments, group.id, [&](pf::Value entry) {
            const std::string_view vm = entry["extId"].str();
            if (!vm.empty()) attachments.push_back({std::string(vm), entry["index"].i64()});
        });
    if (is_read) group.attachments = std::move(attachments);
}

void expect_details(pf::Call& call, pf::Value page) {
    std::vector<std::string_view> all;
    std::vector<std::string_view> without_disks;
    for (const pf::Value entity : page) {
        const VolumeGroup group = read_volume_group_v4(entity);
        if (group.id.empty()) continue;
        all.push_back(group.id);
        if (!group.disks) without_disks.push_back(group.id);
    }
    call.expect(Endpoint::volume_group_disks, without_disks);
    call.expect(Endpoint::volume_group_attachments, all);
}

}  // namespace

void collect_volume_groups(pf::Call& call, std::uint32_t output, std::string_view cluster,
                           bool detail) {
    pf::List groups = call.list(Endpoint::volume_groups, {.cluster = cluster});
    auto at = groups.begin();  // the first page says which generation serves the list
    const bool is_v3 = groups.dialect() == 3;
    Writer writer(call, output);
    for (; at != groups.end(); ++at) {
        const pf::Value entity = *at;
        if (!is_v3 && detail && groups.is_first_on_page()) expect_details(call, groups.page());
        VolumeGroup group = is_v3 ? read_volume_group_v3(entity) : read_volume_group_v4(entity);
        if (group.id.empty()) {
            call.skip(entity, "volume_group.no_id", "a volume group without a UUID");
            continue;
        }
        if (!is_v3 && detail) read_details(call, group);
        writer.write(entity, group);
    }
}

}  // namespace storage
