#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

constexpr char kNoCommit[] = "0000000000000000000000000000000000000000";

// What differs between an AOS cluster and Prism Central's own entry in the same list.
struct Site {
    const Uuid& id;
    const std::string& name;
    const Cluster* cluster;  // nullptr for Prism Central.
    std::string release;     // "7.6" or "pc.7.6"
    Ipv4 address, data_services;
    std::uint64_t vm_count;
    std::vector<std::uint32_t> categories;  // positions in World::categories
};

void write_nodes(ObjectWriter& out, const World& world, const Site& site) {
    out.open("nodes", "clustermgmt.v4.config.NodeReference");
    const std::uint32_t count = site.cluster == nullptr ? 0 : site.cluster->host_count;
    out.number("numberOfNodes", count);
    out.open_list("nodeList");
    for (std::uint32_t i = 0; i < count; ++i) {
        const Host& host = world.hosts[site.cluster->first_host + i];
        out.open_item("clustermgmt.v4.config.NodeListItemReference");
        out.uuid("nodeUuid", host.id);
        write_ip(out, "hostIp", host.address);
        write_ip(out, "controllerVmIp", host.cvm_address);
        out.close();
    }
    out.close_list();
    out.close();
}

void write_build(ObjectWriter& out, const Site& site) {
    out.open("buildInfo", "clustermgmt.v4.config.BuildReference");
    out.plain("buildType", "release");
    out.plain("version", site.release);
    out.plain("fullVersion", "el8.5-release-" + site.release + "-stable-" + kNoCommit);
    out.plain("commitId", kNoCommit);
    out.plain("shortCommitId", "000000");
    out.close();
}

void write_software(ObjectWriter& out, const Site& site) {
    out.open_list("clusterSoftwareMap");
    out.open_item("clustermgmt.v4.config.SoftwareMapReference");
    out.plain("softwareType", site.cluster == nullptr ? "PRISM_CENTRAL" : "NOS");
    out.plain("version", "el8.5-release-" + site.release + "-stable");
    out.close();
    out.open_item("clustermgmt.v4.config.SoftwareMapReference");
    out.plain("softwareType", "NCC");
    out.plain("version", kNccVersion);
    out.close();
    out.close_list();
}

void write_config(ObjectWriter& out, const Site& site) {
    out.open("config", "clustermgmt.v4.config.ClusterConfigReference");
    write_build(out, site);
    out.open_list("hypervisorTypes");
    if (site.cluster != nullptr) out.element(site.cluster->is_esxi ? "ESX" : "AHV");
    out.close_list();
    out.open_list("clusterFunction");
    out.element(site.cluster == nullptr ? "PRISM_CENTRAL" : "AOS");
    out.close_list();
    out.text("timezone", site.cluster == nullptr ? "UTC" : site.cluster->timezone);
    out.number("redundancyFactor", 2);
    out.plain("clusterArch", "X86_64");
    out.flag("isLts", false);
    out.flag("isAvailable", true);
    out.number("incarnationId", 1'283'123'882'137);
    out.plain("operationMode", "NORMAL");
    out.flag("isPasswordRemoteLoginEnabled", true);
    out.flag("isRemoteSupportEnabled", false);
    write_software(out, site);
    out.open("faultToleranceState", "clustermgmt.v4.config.FaultToleranceState");
    out.number("currentMaxFaultTolerance", 1);
    out.number("desiredMaxFaultTolerance", 1);
    out.plain("domainAwarenessLevel", "NODE");
    out.plain("currentClusterFaultTolerance", "CFT_1N_OR_1D");
    out.plain("desiredClusterFaultTolerance", "CFT_1N_OR_1D");
    out.close();
    if (site.cluster != nullptr && out.since(2)) out.plain("clusterType", "HYPER_CONVERGED");
    out.close();
}

void write_network(ObjectWriter& out, const Site& site) {
    out.open("network", "clustermgmt.v4.config.ClusterNetworkReference");
    write_ip(out, "externalAddress", site.address);
    write_ip(out, "externalDataServiceIp", site.data_services);
    out.open_list("nameServerIpList");
    out.open_common_item("common.v1.config.IPAddressOrFQDN");
    write_ipv4(out, "ipv4", name_server_beside(site.address));
    out.close();
    out.close_list();
    out.open_list("ntpServerIpList");
    out.open_common_item("common.v1.config.IPAddressOrFQDN");
    out.open_common("fqdn", "common.v1.config.FQDN");
    out.plain("value", kTimeServer);
    out.close();
    out.close();
    out.close_list();
    out.plain("externalSubnet", external_subnet_of(site.address));
    out.plain("internalSubnet", kInternalSubnet);
    out.open("backplane", "clustermgmt.v4.config.BackplaneNetworkParams");
    out.flag("isSegmentationEnabled", false);
    out.close();
    out.close();
}

void write_site(ObjectWriter& out, const World& world, const Site& site) {
    out.open_item("clustermgmt.v4.config.Cluster");
    out.uuid("extId", site.id);
    out.text("name", site.name);
    write_nodes(out, world, site);
    write_config(out, site);
    write_network(out, site);
    out.plain("upgradeStatus", "SUCCEEDED");
    out.number("vmCount", site.vm_count);
    out.number("inefficientVmCount", 0);
    out.open_list("categories");
    for (const std::uint32_t each : site.categories) out.element(world.categories[each].id);
    out.close_list();
    out.close();
}

}  // namespace

void write_cluster(ObjectWriter& out, const World& world, const VmRoster& roster,
                   std::uint32_t index) {
    if (index == world.clusters.size()) {
        write_site(out, world,
                   {world.pc_id,
                    world.pc_name,
                    nullptr,
                    world.pc_version,
                    world.pc_address,
                    world.pc_address + 10,
                    0,
                    {}});
        return;
    }
    const Cluster& cluster = world.clusters[index];
    write_site(
        out, world,
        {cluster.id, cluster.name, &cluster, aos_release(world), external_address(cluster),
         data_services_address(cluster),
         cluster.is_esxi ? esxi_vms_in_cluster(world, index) : roster.count_in_cluster(index),
         categories_of_cluster(world, index)});
}

}  // namespace pf::sim
