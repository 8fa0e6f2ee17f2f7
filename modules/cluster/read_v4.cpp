// Clusters, hosts and disks of API v4. Members are asked for in the order Prism writes them, which
// is the quickest to find them in.
#include "facts.hpp"

namespace cluster {
namespace {

constexpr std::string_view prism_central = "PRISM_CENTRAL";

void read_config(pf::Value config, ClusterFacts& facts) {
    facts.aos_version = config["buildInfo"]["version"].str();
    facts.full_version = config["buildInfo"]["fullVersion"].str();
    for (pf::Value type : config["hypervisorTypes"]) add_once(facts.hypervisors, type.str());
    for (pf::Value function : config["clusterFunction"]) add_once(facts.functions, function.str());
    facts.timezone = config["timezone"].str();
    facts.redundancy_factor = count_of(config["redundancyFactor"]);
    facts.architecture = config["clusterArch"].str();
    facts.is_long_term_support = config["isLts"].boolean();
    facts.is_available = config["isAvailable"].boolean();
    facts.operation_mode = config["operationMode"].str();
    facts.has_remote_support = config["isRemoteSupportEnabled"].boolean();
    const pf::Value encryption = config["encryptionOption"];  // one word, or a list of one
    const bool is_list = encryption.kind() == pf::Kind::array;
    facts.encryption = (is_list ? encryption.first() : encryption).str();
    for (pf::Value each : config["clusterSoftwareMap"]) {
        facts.software.push_back({each["softwareType"].str(), each["version"].str()});
    }
    const pf::Value tolerance = config["faultToleranceState"];
    facts.resilience = {tolerance["domainAwarenessLevel"].str(),
                        count_of(tolerance["currentMaxFaultTolerance"]),
                        count_of(tolerance["desiredMaxFaultTolerance"]),
                        tolerance["currentClusterFaultTolerance"].str(),
                        tolerance["desiredClusterFaultTolerance"].str()};
    facts.type = config["clusterType"].str();
}

// smtpServer and httpProxyList are never read: they may hold passwords.
void read_network(pf::Value network, Network& out) {
    out.external_ip = address_of(network["externalAddress"]);
    out.data_services_ip = address_of(network["externalDataServiceIp"]);
    out.fqdn = network["fqdn"].str();
    for (pf::Value each : network["nameServerIpList"]) add_once(out.name_servers, address_of(each));
    for (pf::Value each : network["ntpServerIpList"]) add_once(out.time_servers, address_of(each));
    out.external_subnet = network["externalSubnet"].str();
    out.internal_subnet = network["internalSubnet"].str();
    out.has_segmented_backplane = network["backplane"]["isSegmentationEnabled"].boolean();
    out.vcenter_ip = address_of(network["managementServer"]["ip"]);
}

void read_hardware(pf::Value host, Hardware& out) {
    out.cores = count_of(host["numberOfCpuCores"]);
    out.threads = count_of(host["numberOfCpuThreads"]);
    out.sockets = count_of(host["numberOfCpuSockets"]);
    out.cpu_hz = count_of(host["cpuCapacityHz"]);
    out.frequency_hz = count_of(host["cpuFrequencyHz"]);
    out.cpu_model = host["cpuModel"].str();
    for (pf::Value gpu : host["gpuList"]) {
        if (!gpu.str().empty()) out.gpus.push_back(gpu.str());
    }
    out.gpu_driver = host["gpuDriverVersion"].str();
    out.memory_bytes = count_of(host["memorySizeBytes"]);
}

}  // namespace

void read_v4(pf::Value cluster, ClusterFacts& facts) {
    facts.clear();
    facts.name = cluster["name"].str();
    facts.node_count = count_of(cluster["nodes"]["numberOfNodes"]);
    read_config(cluster["config"], facts);
    read_network(cluster["network"], facts.network);
    facts.upgrade_status = cluster["upgradeStatus"].str();
    facts.vm_count = count_of(cluster["vmCount"]);
    for (pf::Value uuid : cluster["categories"]) {
        if (!uuid.str().empty()) facts.categories.push_back({{}, {}, uuid.str()});
    }
    for (const std::string_view function : facts.functions) {
        if (function == prism_central) facts.is_prism_central = true;
    }
    for (const Software& each : facts.software) {
        if (each.type == prism_central) facts.is_prism_central = true;
    }
}

void read_v4(pf::Value host, HostFacts& facts) {
    facts.clear();
    facts.name = host["hostName"].str();
    facts.type = host["hostType"].str();
    const pf::Value hypervisor = host["hypervisor"];
    facts.hypervisor.ip = address_of(hypervisor["externalAddress"]);
    facts.hypervisor.version = hypervisor["fullName"].str();
    facts.hypervisor.type = hypervisor["type"].str();
    facts.vm_count = count_of(hypervisor["numberOfVms"]);
    facts.hypervisor.state = hypervisor["state"].str();
    facts.hypervisor.connection = hypervisor["acropolisConnectionState"].str();
    // Here the reference has `uuid`, unlike everywhere else in v4.
    facts.cluster = {host["cluster"]["uuid"].str(), host["cluster"]["name"].str()};
    const pf::Value controller = host["controllerVm"];
    facts.cvm_ip = address_of(controller["externalAddress"]);
    facts.cvm_backplane_ip = address_of(controller["backplaneAddress"]);
    facts.is_cvm_in_maintenance = controller["isInMaintenanceMode"].boolean();
    facts.ipmi_ip = address_of(host["ipmi"]["ip"]);
    for (pf::Value disk : host["disk"]) {
        facts.disks.push_back({disk["uuid"].str(), disk["serialId"].str(),
                               disk["storageTier"].str(), disk["mountPath"].str(),
                               count_of(disk["sizeInBytes"])});
    }
    facts.is_degraded = host["isDegraded"].boolean();
    facts.is_secure_booted = host["isSecureBooted"].boolean();
    facts.is_reboot_pending = host["isRebootPending"].boolean();
    read_hardware(host, facts.hardware);
    facts.block_serial = host["blockSerial"].str();
    facts.block_model = host["blockModel"].str();
    facts.serial = host["nodeSerial"].str();
    facts.maintenance = host["maintenanceState"].str();
    facts.node_status = host["nodeStatus"].str();
}

void read_v4(pf::Value disk, DiskFacts& facts) {
    facts = DiskFacts();
    facts.cluster = {disk["clusterExtId"].str(), disk["clusterName"].str()};
    facts.host = {disk["nodeExtId"].str(), disk["hostName"].str()};
    facts.host_ip = address_of(disk["nodeIpAddress"]);
    facts.cvm_ip = address_of(disk["cvmIpAddress"]);
    facts.cvm_id = disk["serviceVMId"].str();
    facts.serial = disk["serialNumber"].str();
    facts.model = disk["model"].str();
    facts.vendor = disk["vendor"].str();
    facts.firmware = disk["firmwareVersion"].str();
    facts.wanted_firmware = disk["targetFirmwareVersion"].str();
    facts.tier = disk["storageTier"].str();
    facts.status = disk["status"].str();
    facts.mount_path = disk["mountPath"].str();
    facts.pcie_path = disk["nvmePciePath"].str();
    facts.storage_pool = disk["storagePoolExtId"].str();
    facts.slot = count_of(disk["location"]);
    facts.bytes = count_of(disk["diskSizeBytes"]);
    facts.physical_bytes = count_of(disk["physicalCapacityBytes"]);
    facts.is_online = disk["diskAdvanceConfig"]["isOnline"].boolean();
}

}  // namespace cluster
