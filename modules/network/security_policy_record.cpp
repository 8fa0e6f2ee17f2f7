#include <algorithm>
#include <tuple>

#include "security_policy.hpp"

namespace network {
namespace {

constexpr std::string_view direction_texts[] = {"", "INBOUND", "OUTBOUND"};

// What a rule looks like in a row.
struct ShownRule {
    const Rule* rule = nullptr;
    std::string source;
    std::string destination;
};

bool is_before(const ShownRule& a, const ShownRule& b) noexcept {
    const auto order = [](const ShownRule& shown) {
        return std::tie(shown.rule->type, shown.rule->direction, shown.source, shown.destination,
                        shown.rule->services, shown.rule->description);
    };
    return order(a) < order(b);
}

// "AppTier:Web | AppTier:App", "10.0.0.0/24", "ALL".
std::string text_of(const Peer& peer) {
    std::string text(peer.word);
    const auto add = [&text](std::string_view part) {
        if (part.empty()) return;
        if (!text.empty()) text += " | ";
        text += part;
    };
    for (const auto& group : peer.groups) add(text_of(group));
    add(peer.subnet);
    for (const std::string_view group : peer.address_groups) {
        add("address group " + std::string(group));
    }
    return text;
}

Completed complete(Peer& peer, const Names& names) {
    Completed all;
    for (auto& group : peer.groups) {
        const Completed one = complete(group, names);
        all.is_hidden = all.is_hidden || one.is_hidden;
        all.has_gaps = all.has_gaps || one.has_gaps;
    }
    return all;
}

// Whether categories could not be found out.
bool complete_all(const Record& record, PolicyFacts& facts) {
    Completed all = complete(facts.secured, record.names);
    for (Rule& rule : facts.rules) {
        for (Peer* peer : {&rule.source, &rule.destination}) {
            const Completed one = complete(*peer, record.names);
            all.is_hidden = all.is_hidden || one.is_hidden;
            all.has_gaps = all.has_gaps || one.has_gaps;
        }
    }
    if (all.has_gaps) {
        record.call.note("network.category_unknown", record.id,
                         "a category the policy speaks of is in no list of categories");
    }
    return all.is_hidden;
}

void write_policy(const Record& record, pf::Object& data, const PolicyFacts& facts) {
    pf::Object out = data.object("policy");
    out.put("uuid", record.id);
    out.text("name", facts.entity.name);
    out.text("type", facts.type);
    out.text("state", facts.state);
    out.text("scope", facts.scope);
    out.put("hitlog", facts.is_hitlog);
    out.put("ipv6_allowed", facts.is_ipv6_allowed);
    out.put("system_defined", facts.is_system_defined.value_or(false));
    out.put("rule_count", facts.rules.size());
    // v3 knows whole seconds only.
    const std::size_t dot = facts.created.find('.');
    const bool is_zulu = facts.created.ends_with('Z');
    out.text("created_at", dot != facts.created.npos && is_zulu
                               ? std::string(facts.created.substr(0, dot)) + "Z"
                               : std::string(facts.created));
    out.text("description", facts.entity.description);
}

// In an order of their own: Prism's may change from one answer to the next.
void write_rules(pf::Object& data, const PolicyFacts& facts) {
    std::vector<ShownRule> shown;
    for (const Rule& rule : facts.rules) {
        shown.push_back({&rule, text_of(rule.source), text_of(rule.destination)});
    }
    std::stable_sort(shown.begin(), shown.end(), is_before);
    pf::Array list = data.array("rules");
    for (const ShownRule& each : shown) {
        pf::Object out = list.object();
        out.text("type", each.rule->type);
        out.text("direction", direction_texts[static_cast<std::size_t>(each.rule->direction)]);
        out.text("action", each.rule->action);
        out.text("source", each.source);
        out.text("destination", each.destination);
        out.text("services", each.rule->services);
        out.text("description", each.rule->description);
        out.text("uuid", each.rule->uuid);
    }
}

void write_vpcs(const Record& record, pf::Object& data, const PolicyFacts& facts) {
    const NameTable& names = record.names.vpcs;
    const bool is_hidden = std::any_of(facts.vpcs.begin(), facts.vpcs.end(),
                                       [&](const Reference& each) { return names.hides(each); });
    if (is_hidden) return record.row.unknown("vpcs");
    pf::Array list = data.array("vpcs");
    for (const Reference& vpc : facts.vpcs) {
        pf::Object each = list.object();
        each.put("uuid", vpc.uuid);
        each.text("name", names.name_of(vpc));
    }
}

}  // namespace

void add_word(std::string& out, std::string_view word) {
    if (!out.empty()) out += ", ";
    out += word;
}

void add_ports(std::string& out, std::string_view protocol, pf::Value ranges, const char* start_key,
               const char* end_key) {
    for (pf::Value range : ranges) {
        const auto start = range[start_key].i64();
        const auto end = range[end_key].i64();
        if (!start) continue;
        std::string word(protocol);
        word.append(" ").append(std::to_string(*start));
        if (end && *end != *start) word.append("-").append(std::to_string(*end));
        add_word(out, word);
    }
}

// Its own categories are none of the policy's: what they would be is in its rules.
void read(pf::Value policy, int dialect, PolicyFacts& out) {
    read_entity(policy, dialect, out.entity);
    out.entity.categories.clear();
    dialect == 3 ? read_policy_v3(policy, out) : read_policy_v4(policy, out);
}

void describe(const Record& record, PolicyFacts& facts) {
    const bool is_hidden = complete_all(record, facts);
    write_head(record, facts.entity, whole_central, "network_security_policies");
    record.row.instance_type(facts.type);
    pf::Object data = record.row.data();
    write_policy(record, data, facts);
    if (is_hidden) {
        record.row.unknown("rules");
        record.row.unknown("secured_groups");
    } else {
        write_rules(data, facts);
        write_categories(data, "secured_groups", facts.secured);
    }
    write_vpcs(record, data, facts);
}

}  // namespace network
