#include "policy.hpp"

#include <algorithm>
#include <string>
#include <tuple>

namespace management {
namespace {

struct Names {
    pf::Lookup clusters;
    pf::Lookup categories;  // v4: v3 gives keys and values
};

bool hides_clusters(const Policy& policy, const Names& names) {
    return std::any_of(
        policy.locations.begin(), policy.locations.end(),
        [&](const Location& location) { return hides(names.clusters, location.clusters); });
}

// "cluster-a, cluster-b"; a location without clusters stands for all of its Prism Central.
std::string place_text(const Location& location, const Names& names) {
    if (location.clusters.empty()) return "all clusters";
    std::string text;
    for (const Reference& cluster : location.clusters) {
        const std::string_view name = names.clusters.find(cluster.uuid);
        (text += text.empty() ? "" : ", ") += name.empty() ? cluster.uuid : name;
    }
    return text;
}

void write_locations(pf::Object& data, const Policy& policy, const Names& names) {
    pf::Array list = data.array("locations");
    for (const Location& location : policy.locations) {
        pf::Object each = list.object();
        each.text("label", location.label);
        each.put("place", place_text(location, names));
        each.put("primary", location.is_primary);
        each.text("prism_central_uuid", location.central);
        pf::Array clusters = each.array("clusters");
        for (const Reference& cluster : location.clusters) {
            pf::Object one = clusters.object();
            one.put("uuid", cluster.uuid);
            one.text("name", names.clusters.find(cluster.uuid));
        }
    }
}

// "10 recovery points", "4 WEEKLY"; empty when nothing is kept there.
std::string retention_text(const Retention& retention) {
    if (retention.count) return std::to_string(*retention.count) + " recovery points";
    if (!retention.periods) return {};
    std::string text = std::to_string(*retention.periods);
    return retention.period.empty() ? text : text + " " + std::string(retention.period);
}

void write_schedules(pf::Object& data, const Policy& policy, const Names& names) {
    const auto put_place = [&](pf::Object& out, std::string_view key,
                               const std::optional<std::size_t>& at) {
        if (at) out.put(key, place_text(policy.locations[*at], names));
    };
    pf::Array list = data.array("schedules");
    for (const Schedule& schedule : policy.schedules) {
        pf::Object each = list.object();
        put_place(each, "source", schedule.source);
        put_place(each, "target", schedule.target);
        each.put("objective_seconds", schedule.objective_seconds);
        each.text("consistency", schedule.consistency);
        each.text("local_retention", retention_text(schedule.local));
        each.text("remote_retention", retention_text(schedule.remote));
        each.text("start_time", schedule.start_time);
        each.put("auto_suspend_seconds", schedule.suspend_seconds);
    }
}

// The shortest time between two recovery points: what people compare policies by.
std::optional<std::int64_t> shortest_objective(const Policy& policy) {
    std::optional<std::int64_t> shortest;
    for (const Schedule& schedule : policy.schedules) {
        if (!schedule.objective_seconds) continue;
        shortest =
            std::min(shortest.value_or(*schedule.objective_seconds), *schedule.objective_seconds);
    }
    return shortest;
}

// Completes and sorts the categories; those that are in no list of categories are left out.
void complete_categories(pf::Call& call, Policy& policy, const Names& names) {
    const auto field = [&](std::string_view uuid, CategoryField number) {
        return names.categories.find(uuid, static_cast<std::uint32_t>(number));
    };
    std::vector<PolicyCategory> known;
    for (PolicyCategory category : policy.categories) {
        if (category.key.empty()) {
            category.key = field(category.uuid, CategoryField::key);
            category.value = field(category.uuid, CategoryField::value);
        }
        if (category.key.empty()) {
            call.note("protection_policy.category_unknown", policy.id,
                      "a category of the policy is in no list of categories");
            continue;
        }
        known.push_back(category);
    }
    std::sort(known.begin(), known.end(), [](const auto& a, const auto& b) {
        return std::tie(a.key, a.value) < std::tie(b.key, b.value);
    });
    policy.categories = std::move(known);
}

void write_categories(pf::Object& data, const Policy& policy) {
    pf::Array list = data.array("categories");
    for (const PolicyCategory& category : policy.categories) {
        pf::Object each = list.object();
        each.put("key", category.key);
        each.put("value", category.value);
        each.text("uuid", category.uuid);
    }
}

void write(pf::Call& call, pf::Row& row, Policy& policy, const Names& names) {
    row.name(policy.name);
    row.region(central_region);
    row.link("/console/#page/explore/protection_policies/" + std::string(policy.id));
    pf::Object data = row.data();
    {
        pf::Object out = data.object("policy");
        out.put("uuid", policy.id);
        out.text("name", policy.name);
        out.text("description", policy.description);
        out.put("location_count", policy.locations.size());
        out.put("objective_seconds", shortest_objective(policy));
        out.put("needs_approval", policy.needs_approval);
        out.text("owner_uuid", policy.owner);
    }
    if (hides_clusters(policy, names)) {
        row.unknown("locations");
        row.unknown("schedules");
    } else {
        write_locations(data, policy, names);
        write_schedules(data, policy, names);
    }
    const bool hides_categories = names.categories.is_unknown() && !policy.categories.empty() &&
                                  policy.categories.front().key.empty();
    if (hides_categories) return row.unknown("categories");
    complete_categories(call, policy, names);
    write_categories(data, policy);
}

}  // namespace

void collect_policies(pf::Call& call, std::uint32_t output) {
    pf::List policies = call.list(Endpoint::protection_policies);
    auto at = policies.begin();  // the first page says which generation serves the list
    const bool is_v3 = policies.dialect() == 3;
    const Names names{call.lookup(Table::clusters),
                      is_v3 ? pf::Lookup() : call.lookup(Table::categories)};
    Policy policy;
    for (; at != policies.end(); ++at) {
        const pf::Value entity = *at;
        is_v3 ? read_policy_v3(entity, policy) : read_policy_v4(entity, policy);
        if (policy.id.empty()) {
            call.skip(entity, "protection_policy.no_id", "a protection policy without a UUID");
            continue;
        }
        pf::Row row = call.begin(output, entity, policy.id);
        write(call, row, policy, names);
    }
}

}  // namespace management
