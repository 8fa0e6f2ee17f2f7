#include "project.hpp"

#include "times.hpp"

namespace management {
namespace {

constexpr std::int64_t gib = std::int64_t{1} << 30;

// Storage in use changes by itself, so it is told in steps of 1 % of the limit, or of 1 GiB where
// there is none: an idle project writes no history. The rest changes when its VMs do.
std::int64_t in_steps(const Quota& quota) {
    const std::int64_t used = quota.used.value_or(0);
    if (quota.units != "BYTES" || quota.resource == "MEMORY") return used;
    const std::int64_t limit = quota.limit.value_or(0);
    const std::int64_t step = limit > 0 ? std::max<std::int64_t>(limit / 100, 1) : gib;
    return used / step * step;
}

// The key of a quota's resource below data.usage: "vcpus", "memory_bytes".
std::string usage_key(const Quota& quota) {
    std::string key;
    for (const char letter : quota.resource) {
        const bool is_upper = letter >= 'A' && letter <= 'Z';
        const bool is_plain = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        key += is_upper ? static_cast<char>(letter - 'A' + 'a') : is_plain ? letter : '_';
    }
    return quota.units == "BYTES" ? key + "_bytes" : key;
}

void write_quotas(pf::Object& data, const Project& project) {
    {
        pf::Array list = data.array("quotas");
        for (const Quota& quota : project.quotas) {
            pf::Object each = list.object();
            each.put("resource", quota.resource);
            each.put("limit", quota.limit);
            each.text("units", quota.units);
        }
    }
    pf::Object usage = data.object("usage");
    for (std::size_t i = 0; i < project.quotas.size(); ++i) {
        const Quota& quota = project.quotas[i];
        bool is_first = quota.used.has_value();
        for (std::size_t k = 0; k < i; ++k) {
            is_first = is_first && usage_key(project.quotas[k]) != usage_key(quota);
        }
        if (is_first) usage.put(usage_key(quota), in_steps(quota));
    }
}

void write(pf::Row& row, const Project& project, const pf::Lookup& clusters,
           const pf::Lookup& subnets) {
    row.name(project.name);
    row.region(central_region);
    row.link("/console/#page/explore/projects/" + std::string(project.id));
    pf::Object data = row.data();
    {
        pf::Object out = data.object("project");
        out.put("uuid", project.id);
        out.text("name", project.name);
        out.text("description", project.description);
        out.text("state", project.state);
        out.put("is_default", project.is_default);
        out.put("is_system_defined", project.is_system_defined);
        out.text("owner_uuid", project.owner);
        out.text("created_at", project.created);
    }
    write_quotas(data, project);
    write_references(row, data, "clusters", project.clusters, clusters);
    write_references(row, data, "subnets", project.subnets, subnets);
}

}  // namespace

void Project::clear() {
    id = name = description = state = owner = {};
    created.clear();
    is_default = is_system_defined = std::nullopt;
    quotas.clear();
    clusters.clear();
    subnets.clear();
}

void read_project_v4(pf::Value entity, Project& project) {
    project.clear();
    project.id = entity["extId"].str();
    project.name = entity["name"].str();
    project.description = entity["description"].str();
    project.is_default = entity["isDefault"].boolean();
    project.is_system_defined = entity["isSystemDefined"].boolean();
    project.state = entity["state"].str();
    project.created = time_of_count(entity["createdTimestamp"].i64(0));
}

void read_project_v3(pf::Value entity, Project& project) {
    project.clear();
    const pf::Value status = entity["status"];
    const pf::Value metadata = entity["metadata"];
    const pf::Value resources = status["resources"];
    project.name = status["name"].str(entity["spec"]["name"].str());
    project.description = status["description"].str();
    project.state = status["state"].str();
    project.is_default = resources["is_default"].boolean();
    read_references_v3(resources["cluster_reference_list"], project.clusters);
    read_references_v3(resources["subnet_reference_list"], project.subnets);
    for (const pf::Value entry : resources["resource_domain"]["resources"]) {
        const Quota quota{entry["resource_type"].str(), entry["units"].str(), entry["limit"].i64(),
                          entry["value"].i64()};
        if (!quota.resource.empty()) project.quotas.push_back(quota);
    }
    project.id = metadata["uuid"].str();
    project.created = whole_seconds(metadata["creation_time"].str());
    project.owner = metadata["owner_reference"]["uuid"].str();
}

void collect_projects(pf::Call& call, std::uint32_t output) {
    pf::List projects = call.list(Endpoint::projects);
    auto at = projects.begin();  // the first page says which generation serves the list
    const bool is_v3 = projects.dialect() == 3;
    // v4 does not tell which clusters and networks a project may use.
    const pf::Lookup clusters = is_v3 ? call.lookup(Table::clusters) : pf::Lookup();
    const pf::Lookup subnets = is_v3 ? call.lookup(Table::subnets) : pf::Lookup();
    Project project;
    for (; at != projects.end(); ++at) {
        const pf::Value entity = *at;
        is_v3 ? read_project_v3(entity, project) : read_project_v4(entity, project);
        if (project.id.empty()) {
            call.skip(entity, "project.no_id", "a project without a UUID");
            continue;
        }
        pf::Row row = call.begin(output, entity, project.id);
        write(row, project, clusters, subnets);
    }
}

}  // namespace management
