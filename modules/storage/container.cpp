#include "container.hpp"

#include <charconv>
#include <string>
#include <vector>

namespace storage {
namespace {

// The value of a column: {"data": [{"name", "values": [{"values": [text]}]}]}.
std::string_view column(pf::Value row, std::string_view name) {
    for (const pf::Value entry : row["data"]) {
        if (entry["name"].str() == name) return entry["values"].first()["values"].first().str();
    }
    return {};
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = error == std::errc() && end == text.data() + text.size();
    return is_whole && value >= 0 ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> bytes(pf::Value value) {
    const std::optional<std::int64_t> number = value.i64();
    return number.value_or(-1) >= 0 ? number : std::nullopt;
}

// Who may mount it by NFS: addresses and names.
void write_whitelist(pf::Object& out, pf::Value list) {
    pf::Array addresses = out.array("nfs_whitelist");
    for (const pf::Value entry : list) {
        for (const char* key : {"ipv4", "ipv6", "fqdn"}) {
            const std::string_view text = entry[key]["value"].str();
            if (!text.empty()) addresses.add(text);
        }
    }
}

void write_facts(pf::Object& out, pf::Value facts) {
    out.put("replication_factor", facts["replicationFactor"].i64());
    out.put("compression", facts["isCompressionEnabled"].boolean());
    out.put("compression_delay_seconds", facts["compressionDelaySecs"].i64());
    out.text("deduplication", facts["onDiskDedup"].str());
    out.text("cache_deduplication", facts["cacheDeduplication"].str());
    out.text("erasure_coding", facts["erasureCode"].str());
    out.put("inline_erasure_coding", facts["isInlineEcEnabled"].boolean());
    out.put("encrypted", facts["isEncrypted"].boolean());
    out.put("software_encryption", facts["isSoftwareEncryptionEnabled"].boolean());
    out.put("advertised_capacity_bytes", bytes(facts["logicalAdvertisedCapacityBytes"]));
    out.put("reserved_bytes", bytes(facts["logicalExplicitReservedCapacityBytes"]));
    out.put("implicit_reserved_bytes", bytes(facts["logicalImplicitReservedCapacityBytes"]));
    out.put("nfs_whitelist_inherited", facts["isNfsWhitelistInherited"].boolean());
    write_whitelist(out, facts["nfsWhitelistAddress"]);
    out.put("marked_for_removal", facts["isMarkedForRemoval"].boolean());
    out.put("internal", facts["isInternal"].boolean());
    out.put("shared", facts["isShared"].boolean());
    out.text("storage_pool_uuid", facts["storagePoolExtId"].str());
}

class Writer {
  public:
    Writer(pf::Call& call, std::uint32_t output)
        : call_(call), output_(output), clusters_(call.lookup(Table::clusters)) {}

    // `usage` is nothing when it could not be read.
    void write(pf::Value entity, const Container& container, const std::optional<Usage>& usage) {
        if (container.cluster.uuid.empty()) {
            call_.note("storage_container.no_cluster", container.id,
                       "the container names no cluster: no region");
        }
        link_.assign("/console/#page/explore/storage_containers/").append(container.id);
        pf::Row row = call_.begin(output_, entity, container.id);
        row.name(container.name);
        row.region(container.cluster.uuid);
        if (container.capacity) row.instance_size(static_cast<double>(*container.capacity));
        row.link(link_);
        pf::Object data = row.data();
        {
            pf::Object out = data.object("storage_container");
            out.put("uuid", container.id);
            out.text("name", container.name);
            out.put("max_capacity_bytes", container.capacity);
            if (container.facts.exists()) write_facts(out, container.facts);
        }
        if (usage) {
            write_usage(data, *usage);
        } else {
            row.unknown("usage");
        }
        pf::write_monitoring(data, call_, "storage_container", container.id,
                             container.cluster.uuid);
        write_cluster(row, data, container.cluster, clusters_);
    }

  private:
    pf::Call& call_;
    std::uint32_t output_;
    pf::Lookup clusters_;
    std::string link_;
};

// What Prism measured of one container; nothing when it has not, or could not be asked.
std::optional<Usage> measured_usage(pf::Call& call, const Container& container) {
    Usage usage;
    const bool is_read = call.read_detail(Endpoint::container_stats, container.id,
                                          [&](pf::Value stats) { usage = newest_usage(stats); });
    if (!is_read) return std::nullopt;
    if (!usage.capacity) usage.capacity = container.capacity;
    complete(usage);
    if (usage.is_known()) return usage;
    call.note("storage_container.no_usage", container.id,
              "Prism has measured nothing of the container in the last hour");
    return std::nullopt;
}

void expect_stats(pf::Call& call, pf::Value page) {
    std::vector<std::string_view> ids;
    for (const pf::Value entity : page) ids.push_back(read_container_v4(entity).id);
    std::erase(ids, std::string_view());
    call.expect(Endpoint::container_stats, ids);
}

}  // namespace

Container read_container_v4(pf::Value entity) {
    Container container;
    container.id = entity["containerExtId"].str();
    if (container.id.empty()) container.id = entity["extId"].str();
    container.name = entity["name"].str();
    container.cluster = {entity["clusterExtId"].str(), entity["clusterName"].str()};
    container.capacity = bytes(entity["maxCapacityBytes"]);
    container.facts = entity;
    return container;
}

Container read_container_v3(pf::Value row) {
    Container container;
    container.id = row["entity_id"].str();
    container.name = column(row, "container_name");
    container.cluster.uuid = column(row, "cluster");
    container.capacity = number(column(row, "storage.user_capacity_bytes"));
    container.usage.capacity = container.capacity;
    container.usage.free = number(column(row, "storage.user_free_bytes"));
    complete(container.usage);
    return container;
}

void collect_containers(pf::Call& call, std::uint32_t output, std::string_view cluster,
                        bool detail) {
    pf::List containers = call.list(Endpoint::containers, {.cluster = cluster});
    auto at = containers.begin();  // the first page says which generation serves the list
    const bool is_v3 = containers.dialect() == 3;
    Writer writer(call, output);
    for (; at != containers.end(); ++at) {
        const pf::Value entity = *at;
        if (!is_v3 && detail && containers.is_first_on_page()) {
            expect_stats(call, containers.page());
        }
        const Container container = is_v3 ? read_container_v3(entity) : read_container_v4(entity);
        if (container.id.empty()) {
            call.skip(entity, "storage_container.no_id", "a storage container without a UUID");
            continue;
        }
        if (is_v3 && !(container.capacity && container.usage.free)) {
            call.note("storage_container.no_numbers", container.id,
                      "Prism does not tell its capacity, or what is free, as a number");
        }
        std::optional<Usage> usage;
        if (is_v3 && container.usage.is_known()) usage = container.usage;
        if (!is_v3 && detail) usage = measured_usage(call, container);
        writer.write(entity, container, usage);
    }
}

}  // namespace storage
