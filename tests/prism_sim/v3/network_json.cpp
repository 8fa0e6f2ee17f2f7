#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/v3/entities.hpp"
#include "tests/prism_sim/v3/intent_writer.hpp"

namespace pf::sim::v3 {
namespace {

constexpr std::uint64_t kCreatedUs = 1'640'995'200'000'000ULL;
constexpr std::uint64_t kFirstVpcTask = 2ULL << 40, kFirstFloatingIpTask = 3ULL << 40;

Categories categories_of(const std::vector<std::uint32_t>& categories) {
    return {categories.data(), static_cast<std::uint32_t>(categories.size())};
}

void write_task(JsonWriter& out, const World& world, std::uint64_t number) {
    out.open("execution_context");
    out.open_list("task_uuids");
    out.element(make_uuid(world.seed(), Kind::task, number));
    out.close_list();
    out.close();
}

void write_name_servers(JsonWriter& out, const Vpc& vpc) {
    out.open_list("common_domain_name_server_ip_list");
    if (!vpc.is_transit) {
        out.open_item();
        out.plain("ip", Ipv4Text(kSiteNameServer).view());
        out.close();
    }
    out.close_list();
}

void write_external_subnets(JsonWriter& out, const World& world, const Vpc& vpc) {
    out.open_list("external_subnet_list");
    if (vpc.external_subnet) {
        const Subnet& subnet = world.subnets[*vpc.external_subnet];
        const Host& host = world.hosts[*vpc.gateway_host];
        out.open_item();
        reference(out, "external_subnet_reference", "subnet", subnet.id, subnet.name);
        out.open("active_gateway_node");
        reference(out, "host_reference", "host", host.id);
        out.plain("ip_address", Ipv4Text(host.address).view());
        out.close();
        out.open_list("external_ip_list");
        out.element(Ipv4Text(vpc.external_address).view());
        out.close_list();
        out.close();
    }
    out.close_list();
}

void write_floating_resources(JsonWriter& out, const World& world, const FloatingIp& ip) {
    out.open("resources");
    reference(out, "external_subnet_reference", "subnet", world.subnets[ip.external_subnet].id);
    if (ip.vpc) reference(out, "vpc_reference", "vpc", world.network.vpcs[*ip.vpc].id);
    if (ip.use == FloatingUse::nic) reference(out, "vm_nic_reference", "vm_nic", ip.target);
    if (ip.private_address != 0) out.plain("private_ip", Ipv4Text(ip.private_address).view());
}

}  // namespace

void write_vpc(JsonWriter& out, const World& world, std::uint32_t index) {
    const Vpc& vpc = world.network.vpcs[index];
    out.open("status");
    out.text("name", vpc.name);
    if (!vpc.description.empty()) out.text("description", vpc.description);
    out.plain("state", "COMPLETE");
    out.open("resources");
    write_name_servers(out, vpc);
    write_external_subnets(out, world, vpc);
    out.open_list("externally_routable_prefix_list");
    for (const Prefix& prefix : vpc.routable) {
        out.open_item();
        out.plain("ip", Ipv4Text(prefix.base).view());
        out.number("prefix_length", prefix.bits);
        out.close();
    }
    out.close_list();
    empty_list(out, "availability_zone_reference_list");
    out.close();
    write_task(out, world, kFirstVpcTask + index);
    out.close();
    out.open("spec");
    out.text("name", vpc.name);
    out.open("resources");
    write_name_servers(out, vpc);
    out.close();
    out.close();
    write_metadata(out, world,
                   {.kind = "vpc",
                    .id = vpc.id,
                    .created_us = kCreatedUs,
                    .updated_us = kCreatedUs,
                    .categories = categories_of(vpc.categories),
                    .project = vpc.project});
}

void write_floating_ip(JsonWriter& out, const World& world, std::uint32_t index) {
    const FloatingIp& ip = world.network.floating_ips[index];
    out.open("status");
    out.text("name", ip.name);
    if (!ip.description.empty()) out.text("description", ip.description);
    out.plain("state", "COMPLETE");
    write_floating_resources(out, world, ip);
    out.plain("floating_ip", Ipv4Text(ip.address).view());
    out.close();
    write_task(out, world, kFirstFloatingIpTask + index);
    out.close();
    out.open("spec");
    write_floating_resources(out, world, ip);
    out.close();
    out.close();
    write_metadata(out, world,
                   {.kind = "floating_ip",
                    .id = ip.id,
                    .created_us = kCreatedUs,
                    .updated_us = kCreatedUs,
                    .categories = categories_of(ip.categories),
                    .project = ip.project});
}

}  // namespace pf::sim::v3
