#include "tests/prism_sim/v2/service.hpp"

#include <array>

#include "tests/prism_sim/json/json_writer.hpp"
#include "tests/prism_sim/model/site_facts.hpp"

namespace pf::sim {
namespace {

constexpr std::array<std::string_view, 2> kPrefixes = {"/PrismGateway/services/rest/v2.0/",
                                                       "/api/nutanix/v2.0/"};

// Behind the prefix, without the slash that v2 paths may end in.
std::string_view rest_of(std::string_view path) {
    for (const std::string_view prefix : kPrefixes)
        if (path.starts_with(prefix)) path.remove_prefix(prefix.size());
    if (path.ends_with('/')) path.remove_suffix(1);
    return path;
}

void write_metadata(JsonWriter& out, std::uint32_t count) {
    out.open("metadata");
    out.number("grand_total_entities", count);
    out.number("total_entities", count);
    out.plain("filter_criteria", "");
    out.plain("sort_criteria", "");
    out.number("page", 1);
    out.number("count", count);
    out.number("start_index", count == 0 ? 0 : 1);
    out.number("end_index", count);
    out.close();
}

void write_cluster(JsonWriter& out, const Cluster& cluster, const World& world) {
    out.uuid("uuid", cluster.id);
    out.text("name", cluster.name);
    out.plain("version", aos_release(world));
    out.number("num_nodes", cluster.host_count);
    out.plain("cluster_external_ipaddress", Ipv4Text(external_address(cluster)).view());
}

void write_host(JsonWriter& out, const World& world, std::uint32_t index, std::uint32_t vms) {
    const Host& host = world.hosts[index];
    out.open_item();
    out.uuid("uuid", host.id);
    out.plain("name", host.name);
    out.uuid("cluster_uuid", world.clusters[host.cluster].id);
    out.plain("hypervisor_address", Ipv4Text(host.address).view());
    out.plain("controller_vm_backplane_ip", Ipv4Text(host.cvm_address).view());
    out.plain("ipmi_address", Ipv4Text(host.ipmi_address).view());
    out.plain("serial", host.serial);
    out.plain("block_serial", block_serial(host));
    out.plain("block_model_name", host.block_model);
    out.plain("hypervisor_type", "kKvm");
    out.plain("hypervisor_full_name", kHypervisorName);
    out.plain("state", "NORMAL");
    out.number("num_vms", vms);
    out.number("num_cpu_cores", host.cores);
    out.number("num_cpu_threads", 2 * host.cores);
    out.number("num_cpu_sockets", host.sockets);
    out.number("cpu_frequency_in_hz", host.frequency_hz);
    out.number("cpu_capacity_in_hz", host.cores * host.frequency_hz);
    out.number("memory_capacity_in_bytes", host.memory_bytes);
    out.number("boot_time_in_usecs", host.boot_time_us);
    out.plain("cpu_model", host.cpu_model);
    out.close();
}

}  // namespace

bool V2Service::is_v2(std::string_view path) {
    return path.starts_with(kPrefixes[0]) || path.starts_with(kPrefixes[1]);
}

void V2Service::answer(const Request& request, Response& response) const {
    const std::string_view rest = rest_of(request.path);
    if (request.method == "GET" && rest == "cluster") return answer_cluster(response);
    if (request.method == "GET" && rest == "clusters") return answer_clusters(response);
    if (request.method == "GET" && rest == "hosts") return answer_hosts(response);
    if (request.method == "GET" && log_.answer(rest, request, response)) return;
    if (request.method == "GET" && series_.answer(rest, request, response)) return;
    response.status = 404;
    response.body.append("{\"message\":\"HTTP 404 Not Found\"}");
}

void V2Service::answer_cluster(Response& response) const {
    JsonWriter out(response.body);
    out.open_item();
    if (is_element_) {
        write_cluster(out, world_.clusters.front(), world_);
    } else {
        out.uuid("uuid", world_.pc_id);
        out.text("name", world_.pc_name);
        out.plain("version", world_.pc_version);
        out.number("num_nodes", 1);
    }
    out.close();
}

void V2Service::answer_clusters(Response& response) const {
    std::uint32_t seen = 0;
    for (std::uint32_t i = 0; i < world_.clusters.size(); ++i)
        seen += permissions_.sees_cluster(i) ? 1U : 0U;
    JsonWriter out(response.body);
    out.open_item();
    write_metadata(out, seen);
    out.open_list("entities");
    for (std::uint32_t i = 0; i < world_.clusters.size(); ++i) {
        if (!permissions_.sees_cluster(i)) continue;
        out.open_item();
        write_cluster(out, world_.clusters[i], world_);
        out.close();
    }
    out.close_list();
    out.close();
}

void V2Service::answer_hosts(Response& response) const {
    std::uint32_t seen = 0;
    for (const Host& host : world_.hosts) seen += permissions_.sees_cluster(host.cluster) ? 1U : 0U;
    JsonWriter out(response.body);
    out.open_item();
    write_metadata(out, seen);
    out.open_list("entities");
    for (std::uint32_t i = 0; i < world_.hosts.size(); ++i)
        if (permissions_.sees_cluster(world_.hosts[i].cluster))
            write_host(out, world_, i, roster_.count_on_host(i));
    out.close_list();
    out.close();
}

}  // namespace pf::sim
