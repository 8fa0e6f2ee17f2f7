#include <algorithm>
#include <functional>
#include <numeric>
#include <string>

#include "tests/prism_sim/v4/collection.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

constexpr CollectionNames kClusters = {"clustermgmt",
                                       "config/clusters",
                                       "clustermgmt.v4.config.Cluster",
                                       "clustermgmt.v4.config.ListClustersApiResponse",
                                       "clustermgmt.v4.config.GetClusterApiResponse",
                                       "cluster",
                                       "clusterExtId",
                                       "cluster"};
constexpr CollectionNames kHosts = {"clustermgmt",
                                    "config/hosts",
                                    "clustermgmt.v4.config.Host",
                                    "clustermgmt.v4.config.ListHostsApiResponse",
                                    "clustermgmt.v4.config.GetHostApiResponse",
                                    "host",
                                    "hostExtId",
                                    "host"};
constexpr CollectionNames kContainers = {"clustermgmt",
                                         "config/storage-containers",
                                         "clustermgmt.v4.config.StorageContainer",
                                         "clustermgmt.v4.config.ListStorageContainersApiResponse",
                                         "clustermgmt.v4.config.GetStorageContainerApiResponse",
                                         "storage container",
                                         "containerExtId",
                                         "storage_container"};
constexpr CollectionNames kSubnets = {"networking",
                                      "config/subnets",
                                      "networking.v4.config.Subnet",
                                      "networking.v4.config.ListSubnetsApiResponse",
                                      "networking.v4.config.GetSubnetApiResponse",
                                      "subnet",
                                      "subnetExtId",
                                      "subnet"};
constexpr CollectionNames kCategories = {"prism",
                                         "config/categories",
                                         "prism.v4.config.Category",
                                         "prism.v4.config.ListCategoriesApiResponse",
                                         "prism.v4.config.GetCategoryApiResponse",
                                         "category",
                                         "categoryExtId",
                                         "category"};
constexpr CollectionNames kImages = {"vmm",
                                     "content/images",
                                     "vmm.v4.content.Image",
                                     "vmm.v4.content.ListImagesApiResponse",
                                     "vmm.v4.content.GetImageApiResponse",
                                     "image",
                                     "imageExtId",
                                     "image"};
constexpr CollectionNames kDomainManagers = {"prism",
                                             "config/domain-managers",
                                             "prism.v4.config.DomainManager",
                                             "prism.v4.config.ListDomainManagerApiResponse",
                                             "prism.v4.config.GetDomainManagerApiResponse",
                                             "domain manager",
                                             "domainManagerExtId",
                                             "domain_manager",
                                             false};
constexpr CollectionNames kProjects = {"multidomain",
                                       "config/projects",
                                       "multidomain.v4.config.Project",
                                       "multidomain.v4.config.ListProjectsApiResponse",
                                       "multidomain.v4.config.GetProjectApiResponse",
                                       "project",
                                       "projectExtId",
                                       "project"};

/// What a list over a fixed vector needs to know of its entries.
struct Table {
    CollectionNames names;
    std::function<std::uint32_t()> count;
    std::function<Uuid(std::uint32_t)> id;
    std::function<std::string(std::uint32_t)> name;
    /// Whether an entry matches; nothing if the field cannot be filtered.
    std::function<std::optional<bool>(std::uint32_t, const Filter&)> matches;
    std::function<void(ObjectWriter&, std::uint32_t)> write;
    /// Index of the cluster an entry belongs to; null where no entry belongs to one.
    std::function<std::uint32_t(std::uint32_t)> cluster{};
    std::string_view id_field = "extId", name_field = "name";
};

class TableCollection final : public Collection {
  public:
    TableCollection(Table table, const Permissions& permissions)
        : Collection(table.names), table_(std::move(table)), permissions_(permissions) {}

    std::optional<QueryProblem> find(const ListQuery& query, Found& found) const override {
        std::vector<std::uint32_t> all(table_.count());
        std::iota(all.begin(), all.end(), 0U);
        std::erase_if(all, [this](std::uint32_t i) { return !is_seen(i); });
        if (query.filter && !filter(all, *query.filter)) return not_filterable(query.filter->field);
        if (!order(all, query)) return not_sortable(query.order_field);
        found.total = all.size();
        std::uint64_t at = names().is_paginated ? query.page * query.limit : 0;
        const std::uint64_t end = names().is_paginated
                                      ? std::min<std::uint64_t>(all.size(), at + query.limit)
                                      : all.size();
        for (; at < end; ++at) found.handles.push_back(all[at]);
        return std::nullopt;
    }

    [[nodiscard]] std::optional<std::uint32_t> find_id(const Uuid& id) const override {
        for (std::uint32_t i = 0; i < table_.count(); ++i)
            if (table_.id(i) == id && is_seen(i)) return i;
        return std::nullopt;
    }

    void write(ObjectWriter& out, std::uint32_t handle) const override {
        table_.write(out, handle);
    }

  private:
    [[nodiscard]] bool is_seen(std::uint32_t i) const {
        return !table_.cluster || permissions_.sees_cluster(table_.cluster(i));
    }
    bool filter(std::vector<std::uint32_t>& all, const Filter& wanted) const {
        if (wanted.field == table_.id_field) {
            const auto id = parse_uuid(wanted.value);
            std::erase_if(all, [&](std::uint32_t i) { return !id || table_.id(i) != *id; });
            return true;
        }
        if (wanted.field == table_.name_field) {
            std::erase_if(all, [&](std::uint32_t i) { return table_.name(i) != wanted.value; });
            return true;
        }
        if (!table_.matches || table_.count() == 0 || !table_.matches(0, wanted)) return false;
        std::erase_if(all, [&](std::uint32_t i) { return !table_.matches(i, wanted).value(); });
        return true;
    }
    bool order(std::vector<std::uint32_t>& all, const ListQuery& query) const {
        if (query.order_field == table_.id_field) {
            std::sort(all.begin(), all.end(), [this](std::uint32_t a, std::uint32_t b) {
                return table_.id(a) < table_.id(b);
            });
        } else if (query.order_field == table_.name_field) {
            std::stable_sort(all.begin(), all.end(), [this](std::uint32_t a, std::uint32_t b) {
                return table_.name(a) < table_.name(b);
            });
        } else if (!query.order_field.empty()) {
            return false;
        }
        if (query.descending) std::reverse(all.begin(), all.end());
        return true;
    }

    Table table_;
    const Permissions& permissions_;
};

// A filter on the cluster an entry belongs to; each entity calls that field differently.
template <class Entry>
auto by_cluster(const World& world, const std::vector<Entry>& entries, std::string_view field) {
    return [&world, &entries, field](std::uint32_t i, const Filter& filter) -> std::optional<bool> {
        if (filter.field != field) return std::nullopt;
        const std::uint32_t cluster = entries[i].cluster;
        return cluster != kNone && to_text(world.clusters[cluster].id) == filter.value;
    };
}

template <class Entry>
auto cluster_of(const std::vector<Entry>& entries) {
    return [&entries](std::uint32_t i) { return entries[i].cluster; };
}
template <class Entry>
auto size_of(const std::vector<Entry>& entries) {
    return [&entries] { return static_cast<std::uint32_t>(entries.size()); };
}
template <class Entry>
auto id_of(const std::vector<Entry>& entries) {
    return [&entries](std::uint32_t i) { return entries[i].id; };
}
template <class Entry>
auto name_of(const std::vector<Entry>& entries) {
    return [&entries](std::uint32_t i) { return entries[i].name; };
}

Table cluster_table(const World& w, const VmRoster& roster) {
    const auto aos = static_cast<std::uint32_t>(w.clusters.size());
    const auto matches = [aos](std::uint32_t i, const Filter& filter) -> std::optional<bool> {
        if (filter.field != "config/clusterFunction") return std::nullopt;
        return filter.value == (i == aos ? "PRISM_CENTRAL" : "AOS");
    };
    return {kClusters,
            [aos] { return aos + 1; },
            [&w, aos](std::uint32_t i) { return i == aos ? w.pc_id : w.clusters[i].id; },
            [&w, aos](std::uint32_t i) { return i == aos ? w.pc_name : w.clusters[i].name; },
            matches,
            [&w, &roster](ObjectWriter& out, std::uint32_t i) { write_cluster(out, w, roster, i); },
            [aos](std::uint32_t i) { return i == aos ? kNone : i; }};
}

Table host_table(const World& w, const VmRoster& roster) {
    return {kHosts,
            size_of(w.hosts),
            id_of(w.hosts),
            name_of(w.hosts),
            by_cluster(w, w.hosts, "cluster/uuid"),
            [&w, &roster](ObjectWriter& out, std::uint32_t i) { write_host(out, w, roster, i); },
            cluster_of(w.hosts),
            "extId",
            "hostName"};
}

Table container_table(const World& w) {
    return {kContainers,
            size_of(w.containers),
            id_of(w.containers),
            name_of(w.containers),
            by_cluster(w, w.containers, "clusterExtId"),
            [&w](ObjectWriter& out, std::uint32_t i) { write_container(out, w, i); },
            cluster_of(w.containers),
            "containerExtId"};
}

Table subnet_table(const World& w) {
    return {kSubnets,
            size_of(w.subnets),
            id_of(w.subnets),
            name_of(w.subnets),
            by_cluster(w, w.subnets, "clusterReference"),
            [&w](ObjectWriter& out, std::uint32_t i) { write_subnet(out, w, i); },
            cluster_of(w.subnets)};
}

Table category_table(const World& w) {
    const auto matches = [&w](std::uint32_t i, const Filter& filter) -> std::optional<bool> {
        if (filter.field != "value") return std::nullopt;
        return w.categories[i].value == filter.value;
    };
    return {kCategories,
            size_of(w.categories),
            id_of(w.categories),
            [&w](std::uint32_t i) { return w.categories[i].key; },
            matches,
            [&w](ObjectWriter& out, std::uint32_t i) { write_category(out, w, i); },
            nullptr,
            "extId",
            "key"};
}

Table image_table(const World& w) {
    const auto matches = [&w](std::uint32_t i, const Filter& filter) -> std::optional<bool> {
        if (filter.field != "type") return std::nullopt;
        return filter.value == (w.images[i].type == ImageType::iso ? "ISO_IMAGE" : "DISK_IMAGE");
    };
    return {kImages,         size_of(w.images),
            id_of(w.images), name_of(w.images),
            matches,         [&w](ObjectWriter& out, std::uint32_t i) { write_image(out, w, i); }};
}

Table domain_manager_table(const World& w) {
    return {kDomainManagers,
            [] { return 1U; },
            [&w](std::uint32_t) { return w.pc_id; },
            [&w](std::uint32_t) { return w.pc_name; },
            nullptr,
            [&w](ObjectWriter& out, std::uint32_t) { write_domain_manager(out, w); }};
}

Table project_table(const World& w) {
    return {
        kProjects,         size_of(w.projects),
        id_of(w.projects), name_of(w.projects),
        nullptr,           [&w](ObjectWriter& out, std::uint32_t i) { write_project(out, w, i); }};
}

}  // namespace

QueryProblem not_filterable(const std::string& field) {
    return {"$filter", "field '" + field + "' cannot be filtered"};
}
QueryProblem not_sortable(const std::string& field) {
    return {"$orderby", "field '" + field + "' cannot be sorted"};
}

std::vector<std::unique_ptr<Collection>> make_collections(const World& world, VmRoster& roster,
                                                          const Permissions& permissions) {
    std::vector<std::unique_ptr<Collection>> all;
    all.push_back(make_vm_collection(world, roster));
    for (Table (*make)(const World&, const VmRoster&) : {cluster_table, host_table})
        all.push_back(std::make_unique<TableCollection>(make(world, roster), permissions));
    for (Table (*make)(const World&) : {container_table, subnet_table, category_table, image_table,
                                        domain_manager_table, project_table})
        all.push_back(std::make_unique<TableCollection>(make(world), permissions));
    return all;
}

}  // namespace pf::sim
