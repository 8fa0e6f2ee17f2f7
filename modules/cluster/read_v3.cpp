// Clusters and hosts of API v3, which has no list of disks.
#include <algorithm>

#include "facts.hpp"

namespace cluster {
namespace {

constexpr std::string_view prism_central = "PRISM_CENTRAL";

void read_config(pf::Value config, ClusterFacts& facts) {
    for (const auto& [key, each] : config["software_map"].members()) {
        if (!each.exists()) continue;
        facts.software.push_back({each["software_type"].str(key), each["version"].str()});
    }
    for (pf::Value service : config["service_list"]) add_once(facts.functions, service.str());
    facts.redundancy_factor = count_of(config["redundancy_factor"]);
    facts.is_available = config["is_available"].boolean();
    facts.timezone = config["timezone"].str();
    facts.architecture = config["cluster_arch"].str();
    facts.resilience.domain_awareness = config["domain_awareness_level"].str();
    facts.aos_version = config["build"]["version"].str();
    facts.full_version = config["build"]["full_version"].str();
    facts.is_long_term_support = config["build"]["is_long_term_support"].boolean();
    facts.operation_mode = config["operation_mode"].str();
}

// The list has an entry for the loopback address, which is no node.
void read_nodes(pf::Value servers, ClusterFacts& facts) {
    std::int64_t count = 0;
    for (pf::Value server : servers) {
        const std::string_view ip = server["ip"].str();
        if (ip.starts_with("127.") || ip == "::1") continue;
        add_once(facts.hypervisors, server["type"].str());
        ++count;
    }
    if (servers.kind() == pf::Kind::array) facts.node_count = count;
}

void read_network(pf::Value network, Network& out) {
    out.external_ip = network["external_ip"].str();
    out.data_services_ip = network["external_data_services_ip"].str();
    out.fqdn = network["fqdn"].str();
    for (pf::Value each : network["name_server_ip_list"]) add_once(out.name_servers, each.str());
    for (pf::Value each : network["ntp_server_ip_list"]) add_once(out.time_servers, each.str());
    out.external_subnet = network["external_subnet"].str();
    out.internal_subnet = network["internal_subnet"].str();
}

// `categories` keeps one value per key only, so it is the second choice.
void read_categories(pf::Value metadata, std::vector<Category>& out) {
    const pf::Value mapping = metadata["categories_mapping"];
    if (mapping.kind() == pf::Kind::object) {
        for (const auto& [key, values] : mapping.members()) {
            for (pf::Value value : values) {
                if (!value.str().empty()) out.push_back({key, value.str(), {}});
            }
        }
        return;
    }
    for (const auto& [key, value] : metadata["categories"].members()) {
        if (!value.str().empty()) out.push_back({key, value.str(), {}});
    }
}

Count bytes_of_mib(Count mib) noexcept {
    constexpr std::int64_t most = std::int64_t{1} << 40;
    return mib && *mib <= most ? Count(*mib << 20) : std::nullopt;
}

}  // namespace

void read_v3(pf::Value cluster, ClusterFacts& facts) {
    facts.clear();
    const pf::Value status = cluster["status"];
    facts.name = status["name"].str(cluster["spec"]["name"].str());
    read_config(status["resources"]["config"], facts);
    read_nodes(status["resources"]["nodes"]["hypervisor_server_list"], facts);
    read_network(status["resources"]["network"], facts.network);
    read_categories(cluster["metadata"], facts.categories);
    const auto is_central = [](const auto& text) { return text == prism_central; };
    facts.is_prism_central =
        std::any_of(facts.functions.begin(), facts.functions.end(), is_central) ||
        std::any_of(facts.software.begin(), facts.software.end(),
                    [&](const Software& each) { return is_central(each.type); });
}

void read_v3(pf::Value host, HostFacts& facts) {
    facts.clear();
    const pf::Value status = host["status"];
    facts.name = status["name"].str(host["spec"]["name"].str());
    const pf::Value cluster = status["cluster_reference"];
    facts.cluster = {cluster["uuid"].str(), cluster["name"].str()};
    const pf::Value resources = status["resources"];
    facts.has_resources = resources.kind() == pf::Kind::object;
    facts.serial = resources["serial_number"].str();
    facts.ipmi_ip = resources["ipmi"]["ip"].str();
    facts.type = resources["host_type"].str();
    facts.hardware.cpu_model = resources["cpu_model"].str();
    facts.hardware.sockets = count_of(resources["num_cpu_sockets"]);
    facts.hardware.cores = count_of(resources["num_cpu_cores"]);
    facts.hardware.cpu_hz = count_of(resources["cpu_capacity_hz"]);
    facts.hardware.memory_bytes = bytes_of_mib(count_of(resources["memory_capacity_mib"]));
    const pf::Value hypervisor = resources["hypervisor"];
    facts.vm_count = count_of(hypervisor["num_vms"]);
    facts.hypervisor.ip = hypervisor["ip"].str();
    facts.hypervisor.version = hypervisor["hypervisor_full_name"].str();
    facts.cvm_ip = resources["controller_vm"]["ip"].str();
    facts.block_serial = resources["block"]["block_serial_number"].str();
    facts.block_model = resources["block"]["block_model"].str();
    for (pf::Value gpu : resources["gpu_list"]) {
        if (!gpu.str().empty()) facts.hardware.gpus.push_back(gpu.str());
    }
    for (pf::Value disk : resources["host_disks_reference_list"]) {
        facts.disks.push_back({disk["uuid"].str(), {}, {}, {}, {}});
    }
}

}  // namespace cluster
