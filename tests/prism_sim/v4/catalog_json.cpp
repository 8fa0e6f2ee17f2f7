#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/model/time_text.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

constexpr Uuid kNobody{};
constexpr std::string_view kNoDigest =
    "0000000000000000000000000000000000000000000000000000000000000000";

std::string_view origin_text(CategoryOrigin origin) {
    switch (origin) {
        case CategoryOrigin::system:
            return "SYSTEM";
        case CategoryOrigin::internal:
            return "INTERNAL";
        case CategoryOrigin::user:
            break;
    }
    return "USER";
}

void write_container_link(ObjectWriter& out, const Container& container, std::string_view folder,
                          std::string_view relation) {
    const std::string minor(1, out.revision().back());
    out.open_common_item("common.v1.response.ApiLink");
    out.plain("href", "https://pc.example.test:9440/api/clustermgmt/v4." + minor + "/" +
                          std::string(folder) + "/storage-containers/" + to_text(container.id));
    out.plain("rel", relation);
    out.close();
}

}  // namespace

void write_container(ObjectWriter& out, const World& world, std::uint32_t index) {
    const Container& container = world.containers[index];
    const Cluster& cluster = world.clusters[container.cluster];
    // The identity is containerExtId; extId stays absent, as servers are known to leave it out.
    out.open_item("clustermgmt.v4.config.StorageContainer");
    out.uuid("containerExtId", container.id);
    out.text("name", container.name);
    out.uuid("clusterExtId", cluster.id);
    out.text("clusterName", cluster.name);
    out.uuid("storagePoolExtId", make_uuid(world.seed(), Kind::storage_pool, container.cluster));
    out.uuid("ownerExtId", kNobody);
    out.flag("isMarkedForRemoval", false);
    out.number("maxCapacityBytes", container.capacity_bytes);
    out.number("logicalExplicitReservedCapacityBytes", 0);
    out.number("logicalImplicitReservedCapacityBytes", 0);
    out.number("replicationFactor", 2);
    out.flag("isNfsWhitelistInherited", true);
    out.plain("erasureCode", container.is_erasure_coded ? "ON" : "OFF");
    out.flag("isInlineEcEnabled", false);
    out.flag("hasHigherEcFaultDomainPreference", false);
    out.plain("cacheDeduplication", "OFF");
    out.plain("onDiskDedup", "OFF");
    out.flag("isCompressionEnabled", container.is_compressed);
    out.number("compressionDelaySecs", 0);
    out.flag("isInternal", container.is_internal);
    out.flag("isSoftwareEncryptionEnabled", false);
    out.flag("isEncrypted", false);
    out.open_list("links");
    write_container_link(out, container, "config", "storage-container");
    write_container_link(out, container, "stats", "storage-container-stats");
    out.close_list();
    out.close();
}

void write_category(ObjectWriter& out, const World& world, std::uint32_t index) {
    const Category& category = world.categories[index];
    out.open_item("prism.v4.config.Category");
    out.uuid("extId", category.id);
    out.text("key", category.key);
    out.text("value", category.value);
    out.plain("type", origin_text(category.origin));
    out.text("description", category.description);
    out.uuid("ownerUuid", category.origin == CategoryOrigin::user ? world.users[0].id : kNobody);
    out.close();
}

void write_image(ObjectWriter& out, const World& world, std::uint32_t index) {
    const Image& image = world.images[index];
    out.open_item("vmm.v4.content.Image");
    out.uuid("extId", image.id);
    out.text("name", image.name);
    if (!image.description.empty()) out.text("description", image.description);
    out.plain("type", image.type == ImageType::iso ? "ISO_IMAGE" : "DISK_IMAGE");
    out.number("sizeBytes", image.bytes);
    out.plain("createTime", TimeText(image.created_us).micros());
    out.plain("lastUpdateTime", TimeText(image.created_us).micros());
    out.uuid("ownerExtId", image.owner == kNone ? kNobody : world.users[image.owner].id);
    if (image.owner != kNone && out.since(2)) out.text("ownerName", world.users[image.owner].name);
    if (out.since(3)) out.uuid("projectExtId", world.projects.front().id);
    out.open_list("clusterLocationExtIds");
    for (const std::uint32_t cluster : image.clusters) out.element(world.clusters[cluster].id);
    out.close_list();
    out.open_list("categoryExtIds");
    if (image.category != kNone) out.element(world.categories[image.category].id);
    out.close_list();
    out.open_list("placementPolicyStatus");
    out.close_list();
    out.open("checksum", "vmm.v4.content.ImageSha256Checksum");
    out.plain("hexDigest", kNoDigest);
    out.close();
    out.plain("$checksumItemDiscriminator", "vmm.v4.content.ImageSha256Checksum");
    if (!image.source_url.empty()) {
        out.open("source", "vmm.v4.content.UrlSource");
        out.text("url", image.source_url);
        out.flag("shouldAllowInsecureUrl", false);
        out.close();
        out.plain("$sourceItemDiscriminator", "vmm.v4.content.UrlSource");
    }
    out.close();
}

void write_project(ObjectWriter& out, const World& world, std::uint32_t index) {
    const Project& project = world.projects[index];
    out.open_item("multidomain.v4.config.Project");
    out.uuid("extId", project.id);
    out.uuid("id", project.id);
    out.text("name", project.name);
    out.text("description", project.description);
    out.flag("isDefault", project.is_default);
    out.flag("isSystemDefined", project.is_default);
    const std::uint64_t unit = world.project_times == ProjectTimes::microseconds   ? 1
                               : world.project_times == ProjectTimes::milliseconds ? 1000
                                                                                   : 1'000'000;
    out.number("createdTimestamp", project.created_us / unit);
    out.number("modifiedTimestamp", project.created_us / unit);
    out.close();
}

void write_domain_manager(ObjectWriter& out, const World& world) {
    const PcSizeFacts& size = facts_of(world.pc_size);
    out.open_item("prism.v4.config.DomainManager");
    out.uuid("extId", world.pc_id);
    out.open("config", "prism.v4.config.DomainManagerClusterConfig");
    out.plain("name", world.pc_name);
    out.plain("size", size.name);
    out.open("buildInfo", "clustermgmt.v4.config.BuildInfo");
    out.plain("version", world.pc_version);
    out.close();
    out.flag("shouldEnableLockdownMode", false);
    out.open("resourceConfig", "prism.v4.config.DomainManagerResourceConfig");
    out.number("numVcpus", size.vcpus);
    out.number("memorySizeBytes", size.memory_gib << 30);
    out.number("dataDiskSizeBytes", 536'870'912'000);
    out.close();
    out.close();
    out.open("network", "prism.v4.config.DomainManagerNetwork");
    write_ip(out, "externalAddress", world.pc_address);
    out.open_list("nameServers");
    out.close_list();
    out.open_list("ntpServers");
    out.close_list();
    out.close();
    out.flag("isRegisteredWithHostingCluster", true);
    out.uuid("hostingClusterExtId", world.clusters.front().id);
    out.flag("shouldEnableHighAvailability", false);
    out.open_list("nodeExtIds");
    out.element(make_uuid(world.seed(), Kind::prism_central, 1));
    out.close_list();
    out.plain("createdTime", "2025-10-01T00:00:00Z");
    out.close();
}

}  // namespace pf::sim
