#include <algorithm>
#include <charconv>

#include "subnet.hpp"

namespace network {
namespace {

std::optional<std::int64_t> ipv4_number(std::string_view text) noexcept {
    std::int64_t number = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    for (int part = 0; part < 4; ++part) {
        std::uint8_t byte = 0;
        const auto [next, error] = std::from_chars(at, end, byte);
        if (error != std::errc()) return std::nullopt;
        number = number << 8 | byte;
        at = next;
        if (part < 3 && (at == end || *at++ != '.')) return std::nullopt;
    }
    return at == end ? std::optional(number) : std::nullopt;
}

bool is_vlan(const SubnetFacts& facts) noexcept { return facts.type == "VLAN"; }

// A VLAN is in its cluster; an overlay, and a VLAN over several clusters, is Prism Central's.
std::string_view region_of(const SubnetFacts& facts) noexcept {
    if (!facts.cluster.uuid.empty()) return facts.cluster.uuid;
    const bool is_overlay = facts.type == "OVERLAY" || !facts.vpc.uuid.empty();
    return is_overlay || facts.clusters.size() > 1 ? whole_central : std::string_view();
}

void write_subnet(const Record& record, pf::Object& data, const SubnetFacts& facts) {
    pf::Object out = data.object("subnet");
    out.put("uuid", record.id);
    out.text("name", facts.entity.name);
    out.text("type", facts.type);
    out.put(is_vlan(facts) ? "vlan_id" : "vni", facts.network_id);
    out.put("ip_management", facts.is_managed ? "MANAGED" : "UNMANAGED");
    out.text("cidr", facts.cidr);
    out.text("gateway", facts.gateway);
    out.text("ipv6_cidr", facts.ipv6_cidr);
    out.text("ipv6_gateway", facts.ipv6_gateway);
    out.text("bridge", facts.bridge);
    out.put("is_external", facts.is_external.value_or(false));
    if (facts.is_external.value_or(false)) out.put("nat", facts.is_nat);
    out.put("is_advanced", facts.is_advanced.value_or(false));
    out.text("description", facts.entity.description);
    out.text("owner", facts.entity.owner);
}

void write_dhcp(pf::Object& data, const SubnetFacts& facts) {
    if (!facts.is_managed) return;
    pf::Object out = data.object("dhcp");
    out.text("server", facts.dhcp_server);
    out.text("domain", facts.domain);
    write_texts(out, "dns", facts.dns);
    write_texts(out, "search_domains", facts.search_domains);
    pf::Array pools = out.array("pools");
    for (const Pool& pool : facts.pools) {
        pf::Object each = pools.object();
        each.put("first", pool.first);
        each.put("last", pool.last);
        const std::int64_t size = addresses_in({pool});
        if (size > 0) each.put("size", size);
    }
}

// How many there are follows from the configuration, so it stays as it is.
void write_ip_usage(pf::Object& data, const SubnetFacts& facts) {
    const std::int64_t in_pools = addresses_in(facts.pools);
    const std::int64_t total = in_pools > 0 ? in_pools : facts.pool_ips;
    if (total <= 0) return;
    pf::Object out = data.object("ip_usage");
    out.put("total", total);
    if (facts.free_ips) out.put("free", rounded(*facts.free_ips, total));
    if (!facts.assigned_ips) return;
    const std::int64_t assigned = rounded(*facts.assigned_ips, total);
    out.put("assigned", assigned);
    out.put("used_percent", (assigned * 100 + total / 2) / total);
}

void write_clusters(const Record& record, pf::Object& data, const SubnetFacts& facts) {
    const bool is_hidden =
        std::any_of(facts.clusters.begin(), facts.clusters.end(),
                    [&](const Reference& each) { return record.names.clusters.hides(each); });
    if (is_hidden) return record.row.unknown("clusters");
    pf::Array list = data.array("clusters");
    for (const Reference& cluster : facts.clusters) {
        pf::Object each = list.object();
        each.put("uuid", cluster.uuid);
        each.text("name", record.names.clusters.name_of(cluster));
    }
}

}  // namespace

std::int64_t addresses_in(const std::vector<Pool>& pools) noexcept {
    std::int64_t sum = 0;
    for (const Pool& pool : pools) {
        const auto first = ipv4_number(pool.first);
        const auto last = ipv4_number(pool.last);
        if (!first || !last || *last < *first) return 0;
        sum += *last - *first + 1;
    }
    return sum;
}

std::int64_t rounded(std::int64_t count, std::int64_t total) noexcept {
    const std::int64_t step = std::max<std::int64_t>((total + 99) / 100, 1);
    const std::int64_t within = std::clamp<std::int64_t>(count, 0, total);
    return within == total ? total : std::min((within + step / 2) / step * step, total);
}

void describe(const Record& record, const SubnetFacts& facts) {
    const std::string_view region = region_of(facts);
    if (region.empty()) {
        record.call.note("network.no_cluster", record.id, "the subnet names no cluster: no region");
    }
    write_head(record, facts.entity, region, "subnets");
    record.row.instance_type(facts.type);
    pf::Object data = record.row.data();
    write_subnet(record, data, facts);
    write_dhcp(data, facts);
    write_ip_usage(data, facts);
    write_reference(record, data, "cluster", facts.cluster, record.names.clusters);
    write_clusters(record, data, facts);
    write_reference(record, data, "vpc", facts.vpc, record.names.vpcs);
    write_reference(record, data, "virtual_switch", facts.virtual_switch,
                    record.names.virtual_switches);
    write_tail(record, data, facts.entity);
}

}  // namespace network
