#include <algorithm>
#include <limits>
#include <tuple>

#include "names.hpp"
#include "records.hpp"
#include "units.hpp"

namespace cluster {
namespace {

// "AHV" or "AHV, ESX"
std::string joined(const Texts& texts) {
    std::string out;
    for (const std::string_view text : texts) (out += out.empty() ? "" : ", ") += text;
    return out;
}

void write_texts(pf::Object& out, std::string_view key, const Texts& texts) {
    pf::Array list = out.array(key);
    for (const std::string_view text : texts) list.add(text);
}

void write_cluster(pf::Object& data, const ClusterFacts& facts, std::string_view id,
                   Count node_count) {
    pf::Object out = data.object("cluster");
    out.put("uuid", id);
    out.text("name", facts.name);
    // Prism cannot reach it: what is shown of it is what was true before.
    if (facts.is_available) {
        out.put("state", *facts.is_available ? std::string_view("AVAILABLE") : "UNREACHABLE");
    }
    out.text("type", facts.type);
    out.text("aos_version", facts.aos_version);
    out.text("full_version", facts.full_version);
    out.put("long_term_support", facts.is_long_term_support);
    out.text("hypervisor", joined(facts.hypervisors));
    write_texts(out, "hypervisor_types", facts.hypervisors);
    write_texts(out, "functions", facts.functions);
    out.put("node_count", node_count);
    out.text("architecture", facts.architecture);
    out.text("timezone", facts.timezone);
    out.text("operation_mode", facts.operation_mode);
    out.text("upgrade_status", facts.upgrade_status);
    out.text("encryption", facts.encryption);
    out.put("remote_support", facts.has_remote_support);
}

void write_network(pf::Object& data, const Network& network) {
    pf::Object out = data.object("network");
    out.text("external_ip", network.external_ip);
    out.text("data_services_ip", network.data_services_ip);
    out.text("fqdn", network.fqdn);
    write_texts(out, "name_servers", network.name_servers);
    write_texts(out, "time_servers", network.time_servers);
    out.text("vcenter_ip", network.vcenter_ip);
    out.put("segmented_backplane", network.has_segmented_backplane);
}

void write_networks(pf::Object& data, const Network& network) {
    pf::Array list = data.array("networks");
    const auto write = [&](std::string_view name, std::string_view subnet, std::string_view ip) {
        if (subnet.empty()) return;
        pf::Object out = list.object();
        out.put("name", name);
        out.put("subnet", subnet);
        out.text("address", ip);
    };
    write("External", network.external_subnet, network.external_ip);
    write("Internal", network.internal_subnet, {});
}

void write_resilience(pf::Object& data, const ClusterFacts& facts) {
    const Resilience& resilience = facts.resilience;
    pf::Object out = data.object("resilience");
    out.put("redundancy_factor", facts.redundancy_factor);
    out.text("domain_awareness", resilience.domain_awareness);
    out.put("tolerated_failures", resilience.tolerates);
    out.put("wanted_tolerated_failures", resilience.should_tolerate);
    out.text("fault_tolerance", resilience.fault_tolerance);
    out.text("wanted_fault_tolerance", resilience.wanted_fault_tolerance);
}

// Each generation has its own text for the version of AOS; the short one is the same in both.
void write_software(pf::Object& data, ClusterFacts& facts) {
    auto& all = facts.software;
    std::sort(all.begin(), all.end(),
              [](const Software& a, const Software& b) { return a.type < b.type; });
    pf::Array list = data.array("software");
    for (const Software& each : all) {
        pf::Object out = list.object();
        out.text("type", each.type);
        const bool is_aos = each.type == "NOS" && !facts.aos_version.empty();
        out.text("version", is_aos ? facts.aos_version : each.version);
    }
}

// The sum over all hosts; nothing when it is not known of one, or cannot be true.
Count sum_of(const std::vector<const MemberHost*>& hosts, Count MemberHost::*figure) noexcept {
    std::int64_t sum = 0;
    for (const MemberHost* host : hosts) {
        const Count one = host->*figure;
        if (!one || *one > std::numeric_limits<std::int64_t>::max() - sum) return {};
        sum += *one;
    }
    return sum;
}

void write_capacity(pf::Object& data, const std::vector<const MemberHost*>& hosts) {
    const Count hertz = sum_of(hosts, &MemberHost::cpu_hz);
    const Count memory = sum_of(hosts, &MemberHost::memory_bytes);
    pf::Object out = data.object("capacity");
    out.put("core", sum_of(hosts, &MemberHost::cores));
    if (hertz) out.put("cpu_ghz", ghz_of(*hertz));
    if (memory) out.put("memory", gib_of(*memory));
    out.put("storage_bytes", sum_of(hosts, &MemberHost::disk_bytes));
}

void write_host(pf::Array& list, const MemberHost& host) {
    pf::Object out = list.object();
    out.put("uuid", std::string_view(host.uuid));
    out.text("name", host.name);
    out.text("model", host.model);
    out.text("serial", host.serial);
    out.text("hypervisor_ip", host.hypervisor_ip);
    out.text("cvm_ip", host.cvm_ip);
    out.put("core", host.cores);
    if (host.cpu_hz) out.put("cpu_ghz", ghz_of(*host.cpu_hz));
    if (host.memory_bytes) out.put("memory", gib_of(*host.memory_bytes));
}

}  // namespace

ClusterWriter::ClusterWriter(pf::Call& call, std::string_view cluster, int dialect,
                             pf::Value options)
    : call_(call),
      hosts_(call, cluster),
      wanted_(options["categories"]),
      has_categories_(dialect != 3) {
    if (has_categories_) categories_ = call.lookup(Table::categories);
}

ClusterWriter::Choice ClusterWriter::choose(ClusterFacts& facts, std::string_view id) {
    complete_categories(facts, id);
    if (wanted_.is_absent() || wanted_.first().is_absent()) return Choice::wanted;
    if (hides_categories_) return Choice::unknown;
    for (pf::Value wanted : wanted_) {
        for (const Category& category : facts.categories) {
            text_.assign(category.key).append(1, ':').append(category.value);
            if (text_ == wanted.str()) return Choice::wanted;
        }
    }
    return Choice::unwanted;
}

void ClusterWriter::describe(pf::Row& row, ClusterFacts& facts, std::string_view id) {
    text_ = joined(facts.hypervisors);
    if (!facts.aos_version.empty()) {
        ((text_ += text_.empty() ? "" : ", ") += "AOS ") += facts.aos_version;
    }
    row.name(facts.name);
    row.region(id);
    row.instance_type(text_);
    Count node_count = facts.node_count;
    if (!node_count && hosts_.is_known()) {
        node_count = static_cast<std::int64_t>(hosts_.of(id).size());
    }
    if (node_count) row.instance_size(static_cast<double>(*node_count));
    Texts addresses;
    add_once(addresses, facts.network.external_ip);
    add_once(addresses, facts.network.data_services_ip);
    row.ip_addresses(addresses);
    text_.assign("/console/#page/explore/clusters/").append(id);
    row.link(text_);
    if (!hides_categories_) write_tags(row, facts);

    pf::Object data = row.data();
    write_cluster(data, facts, id, node_count);
    write_network(data, facts.network);
    write_networks(data, facts.network);
    write_resilience(data, facts);
    write_software(data, facts);
    pf::write_monitoring(data, call_, "cluster", id, id);
    {
        pf::Object usage = data.object("usage");
        usage.put("vm_count", facts.vm_count);
    }
    write_hosts(row, data, facts, id);
    if (hides_categories_) return row.unknown("categories");
    pf::Array list = data.array("categories");
    for (const Category& category : facts.categories) {
        pf::Object out = list.object();
        out.put("key", category.key);
        out.put("value", category.value);
        out.text("uuid", category.uuid);
    }
}

// Finds key and value of the categories a cluster has by UUID. One that is in no list is left out.
void ClusterWriter::complete_categories(ClusterFacts& facts, std::string_view id) {
    hides_categories_ = has_categories_ && !facts.categories.empty() && categories_.is_unknown();
    const auto is_nameless = [&](Category& category) {
        if (!category.key.empty()) return false;
        const auto field = [&](CategoryField which) {
            return categories_.find(category.uuid, static_cast<std::uint32_t>(which));
        };
        category.key = field(CategoryField::key);
        category.value = field(CategoryField::value);
        if (!category.key.empty()) return false;
        if (categories_.is_filled()) {
            call_.note("cluster.category_unknown", id,
                       "a category of the cluster is in no list of categories");
        }
        return true;
    };
    auto& all = facts.categories;
    all.erase(std::remove_if(all.begin(), all.end(), is_nameless), all.end());
    std::sort(all.begin(), all.end(), [](const Category& a, const Category& b) {
        return std::tie(a.key, a.value) < std::tie(b.key, b.value);
    });
}

// Tags are flat: the values of one key are joined.
void ClusterWriter::write_tags(pf::Row& row, const ClusterFacts& facts) {
    const auto& categories = facts.categories;
    pf::Object tags = row.tags();
    for (std::size_t i = 0; i < categories.size();) {
        const std::string_view key = categories[i].key;
        text_.assign(categories[i].value);
        while (++i < categories.size() && categories[i].key == key) {
            (text_ += ',') += categories[i].value;
        }
        tags.put(key, std::string_view(text_));
    }
}

// Sums over some of the hosts would be wrong, and hosts that are not shown must not look gone.
void ClusterWriter::write_hosts(pf::Row& row, pf::Object& data, const ClusterFacts& facts,
                                std::string_view id) {
    const std::vector<const MemberHost*> hosts = hosts_.of(id);
    const auto shown = std::count_if(hosts.begin(), hosts.end(),
                                     [](const MemberHost* host) { return host->has_resources; });
    const bool are_hidden =
        hosts_.is_known() &&
        shown < std::max<std::int64_t>(facts.node_count.value_or(0), std::ssize(hosts));
    if (are_hidden) {
        text_.assign("Prism shows ").append(std::to_string(shown)).append(" whole hosts");
        if (facts.node_count) {
            text_.append(" and counts ").append(std::to_string(*facts.node_count));
        }
        call_.note("cluster.hosts_hidden", id, text_);
    }
    if (are_hidden || !hosts_.is_known()) {
        row.unknown("hosts");
        row.unknown("capacity");
        return;
    }
    write_capacity(data, hosts);
    pf::Array list = data.array("hosts");
    for (const MemberHost* host : hosts) write_host(list, *host);
}

}  // namespace cluster
