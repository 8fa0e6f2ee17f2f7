#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

constexpr std::uint64_t kCreatedUs = 1'640'995'200'000'000ULL;

bool is_vlan(const Subnet& subnet) { return subnet.cluster != kNone; }

// "10.0.0.16 10.0.3.240"
std::string pool_range(const Subnet& subnet) {
    return to_text_ipv4(pool_first(subnet)) + " " + to_text_ipv4(pool_last(subnet));
}

void write_ip_config(JsonWriter& out, const Subnet& subnet) {
    out.open("ip_config");
    out.open_list("pool_list");
    out.open_item();
    out.plain("range", pool_range(subnet));
    out.close();
    out.close_list();
    out.plain("default_gateway_ip", Ipv4Text(gateway(subnet)).view());
    out.number("prefix_length", 32 - subnet.host_bits);
    out.plain("subnet_ip", Ipv4Text(subnet.base).view());
    if (is_vlan(subnet)) {
        out.open("dhcp_options");
        out.open_list("domain_name_server_list");
        out.element(Ipv4Text(kSiteNameServer).view());
        out.close_list();
        out.close();
        out.open("dhcp_server_address");
        out.plain("ip", Ipv4Text(dhcp_server(subnet)).view());
        out.close();
    }
    out.close();
}

void write_usage(JsonWriter& out, const World& world, const Subnet& subnet, std::uint32_t index) {
    const AddressUse use = address_use(world, index);
    out.open("ip_usage_stats");
    out.number("num_macs", use.assigned);
    out.number("num_free_ips", use.free());
    out.number("num_assigned_ips", use.assigned);
    out.open_list("ip_pools_stats");
    if (is_vlan(subnet)) {
        out.open_item();
        out.plain("range", pool_range(subnet));
        out.number("num_free_ips", use.free());
        out.number("num_total_ips", use.total);
        out.close();
    }
    out.close_list();
    out.close();
}

void write_network(JsonWriter& out, const World& world, const Subnet& subnet) {
    out.plain("subnet_type", is_vlan(subnet) ? "VLAN" : "OVERLAY");
    if (is_vlan(subnet)) {
        out.number("vlan_id", subnet.network_id);
        out.plain("vswitch_name", "br0");
        out.uuid("virtual_switch_uuid", virtual_switch_id(world, subnet));
        out.flag("is_external", subnet.is_external);
        out.flag("enable_nat", subnet.is_external);
    } else {
        out.flag("advanced_networking", true);
        out.plain("external_connectivity_state", "ENABLED");
        reference(out, "virtual_network_reference", "virtual_network", vpc_id(world, subnet));
        reference(out, "vpc_reference", "vpc", vpc_id(world, subnet));
    }
    if (subnet.is_managed) write_ip_config(out, subnet);
}

}  // namespace

void write_subnet(JsonWriter& out, const World& world, std::uint32_t index) {
    const Subnet& subnet = world.subnets[index];
    out.open("status");
    out.text("name", subnet.name);
    out.plain("state", "COMPLETE");
    out.open("resources");
    write_network(out, world, subnet);
    if (subnet.is_managed) write_usage(out, world, subnet, index);
    out.close();
    out.open("execution_context");
    out.open_list("task_uuid");
    out.element(make_uuid(world.seed(), Kind::task, (1ULL << 40) + index));
    out.close_list();
    out.close();
    if (is_vlan(subnet)) {
        const Cluster& cluster = world.clusters[subnet.cluster];
        reference(out, "cluster_reference", "cluster", cluster.id, cluster.name);
    }
    out.close();
    out.open("spec");
    out.text("name", subnet.name);
    out.open("resources");
    write_network(out, world, subnet);
    out.close();
    out.close();
    write_metadata(out, world,
                   {.kind = "subnet",
                    .id = subnet.id,
                    .created_us = kCreatedUs,
                    .updated_us = kCreatedUs,
                    .categories = {subnet.categories.data(),
                                   static_cast<std::uint32_t>(subnet.categories.size())},
                    .project = subnet.project});
}

}  // namespace pf::sim::v3
