#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

constexpr char kNoCommit[] = "0000000000000000000000000000000000000000";
constexpr std::string_view kHostVersion = "el8.nutanix.20230302.103003";
constexpr std::uint64_t kFoundedUs = 1'640'995'200'000'000ULL;
constexpr std::uint64_t kUpdatedUs = 1'759'276'800'000'000ULL;

// What differs between an AOS cluster and Prism Central's own entry in the same list.
struct Site {
    const Uuid& id;
    std::string_view name;
    const Cluster* cluster;  // nullptr for Prism Central.
    std::string release;     // "7.6" or "pc.7.6"
    Ipv4 address, data_services;
    std::vector<std::uint32_t> categories;  // positions in World::categories

    [[nodiscard]] std::string_view timezone() const {
        return cluster == nullptr ? std::string_view("UTC") : cluster->timezone;
    }
};

template <std::size_t K>
void write_software(JsonWriter& out, const char (&type)[K], std::string_view version) {
    out.open(type);
    out.plain("software_type", type);
    out.plain("status", "INSTALLED");
    out.plain("version", version);
    out.close();
}

void write_build(JsonWriter& out, const Site& site) {
    out.open("build");
    out.plain("build_type", "release");
    out.plain("version", site.release);
    out.plain("full_version", "el8.5-release-" + site.release + "-stable-" + kNoCommit);
    out.plain("commit_id", kNoCommit);
    out.plain("short_commit_id", "000000");
    out.flag("is_long_term_support", false);
    out.close();
}

void write_config(JsonWriter& out, const Site& site) {
    out.open("config");
    out.open("software_map");
    if (site.cluster == nullptr) {
        write_software(out, "PRISM_CENTRAL", site.release);
    } else {
        write_software(out, "NOS", site.release);
        write_software(out, "NCC", kNccVersion);
    }
    out.close();
    out.plain("encryption_status", "NOT_SUPPORTED");
    out.open_list("service_list");
    out.element(site.cluster == nullptr ? "PRISM_CENTRAL" : "AOS");
    out.close_list();
    out.number("redundancy_factor", 2);
    out.open_list("enabled_feature_list");
    out.element("PASSWORD_REMOTE_LOGIN_ENABLED");
    out.element("SHADOW_CLONES_ENABLED");
    out.close_list();
    out.flag("is_available", true);
    out.plain("timezone", site.timezone());
    out.plain("cluster_arch", "X86_64");
    out.plain("supported_information_verbosity", "BASIC_PLUS_CORE_DUMP");
    out.plain("domain_awareness_level", "NODE");
    write_build(out, site);
    out.plain("operation_mode", "NORMAL");
    out.close();
}

void write_server(JsonWriter& out, std::string_view address, bool is_esxi,
                  std::string_view version) {
    out.open_item();
    out.plain("ip", address);
    out.plain("type", is_esxi ? "ESX" : "AHV");
    out.plain("version", version);
    out.close();
}

void write_nodes(JsonWriter& out, const World& world, const Cluster& cluster) {
    out.open("nodes");
    out.open_list("hypervisor_server_list");
    for (std::uint32_t i = 0; i < cluster.host_count; ++i)
        write_server(out, Ipv4Text(world.hosts[cluster.first_host + i].address).view(),
                     cluster.is_esxi, cluster.is_esxi ? "8.0.2" : kHostVersion);
    // Recorded: one entry that is no host of the cluster.
    write_server(out, "127.0.0.1", cluster.is_esxi, "");
    out.close_list();
    out.close();
}

void write_network(JsonWriter& out, const Site& site) {
    out.open("network");
    out.plain("external_ip", Ipv4Text(site.address).view());
    out.plain("external_data_services_ip", Ipv4Text(site.data_services).view());
    out.plain("external_subnet", external_subnet_of(site.address));
    out.plain("internal_subnet", kInternalSubnet);
    out.open_list("name_server_ip_list");
    out.element(Ipv4Text(name_server_beside(site.address)).view());
    out.close_list();
    out.open_list("ntp_server_ip_list");
    out.element(kTimeServer);
    out.close_list();
    out.close();
}

void write_site(JsonWriter& out, const World& world, const Site& site) {
    out.open("status");
    out.text("name", site.name);
    out.plain("state", "COMPLETE");
    out.open("resources");
    write_config(out, site);
    if (site.cluster != nullptr) write_nodes(out, world, *site.cluster);
    write_network(out, site);
    out.close();
    out.close();
    out.open("spec");
    out.text("name", site.name);
    out.open("resources");
    out.open("config");
    out.number("redundancy_factor", 2);
    out.plain("timezone", site.timezone());
    out.close();
    out.close();
    out.close();
    write_metadata(
        out, world,
        {.kind = "cluster",
         .id = site.id,
         .created_us = kFoundedUs,
         .updated_us = kUpdatedUs,
         .categories = {site.categories.data(), static_cast<std::uint32_t>(site.categories.size())},
         .has_owner = false,
         .has_entity_version = false});
}

}  // namespace

void write_cluster(JsonWriter& out, const World& world, std::uint32_t index) {
    if (index == world.clusters.size()) {
        // Recorded: Prism Central's own entry has no name of its own.
        write_site(out, world,
                   {world.pc_id,
                    "Unnamed",
                    nullptr,
                    world.pc_version,
                    world.pc_address,
                    world.pc_address + 10,
                    {}});
        return;
    }
    const Cluster& cluster = world.clusters[index];
    write_site(out, world,
               {cluster.id, cluster.name, &cluster, aos_release(world), external_address(cluster),
                data_services_address(cluster), categories_of_cluster(world, index)});
}

}  // namespace pf::sim::v3
