#include <algorithm>
#include <numeric>

#include "tests/prism_sim/model/site_facts.hpp"
#include "tests/prism_sim/v3/collection.hpp"
#include "tests/prism_sim/v3/entities.hpp"

namespace pf::sim::v3 {
namespace {

/// What a list over a fixed vector needs to know of its entries.
struct Table {
    CollectionNames names;
    std::uint32_t count = 0;
    std::function<Uuid(std::uint32_t)> id;
    std::function<std::string_view(std::uint32_t)> name;
    /// Index of the cluster an entry belongs to, kNone for none; null if the kind has no cluster.
    std::function<std::uint32_t(std::uint32_t)> cluster;
    std::function<void(JsonWriter&, std::uint32_t)> write;
};

class TableCollection final : public Collection {
  public:
    TableCollection(const World& world, const Permissions& permissions, Table table,
                    UnknownAttribute reading)
        : Collection(table.names, reading),
          world_(world),
          permissions_(permissions),
          table_(std::move(table)) {}

    [[nodiscard]] std::optional<std::uint32_t> find_id(const Uuid& id) const override {
        for (std::uint32_t i = 0; i < table_.count; ++i)
            if (table_.id(i) == id && is_seen(i)) return i;
        return std::nullopt;
    }
    void write(JsonWriter& out, std::uint32_t handle) const override { table_.write(out, handle); }

  protected:
    [[nodiscard]] bool can_filter(std::string_view name) const override {
        const bool is_of_cluster =
            name == "cluster" || name == "cluster_uuid" || name == "cluster_name";
        return name == "name" || name == "uuid" || (is_of_cluster && table_.cluster != nullptr);
    }
    [[nodiscard]] bool can_sort(std::string_view name) const override {
        return name == "name" || name == "uuid";
    }

    void select(const ListRequest& request, Found& found) const override {
        std::vector<std::uint32_t> all(table_.count);
        std::iota(all.begin(), all.end(), 0U);
        std::erase_if(all, [this](std::uint32_t i) { return !is_seen(i); });
        if (request.filter) {
            std::erase_if(all, [&](std::uint32_t i) {
                return !request.filter->matches(
                    [&](std::string_view name) { return attribute(i, name); });
            });
        }
        order(all, request);
        found.total = all.size();
        const std::uint64_t end =
            std::min<std::uint64_t>(all.size(), request.offset + request.length);
        for (std::uint64_t at = request.offset; at < end; ++at) found.handles.push_back(all[at]);
    }

  private:
    [[nodiscard]] bool is_seen(std::uint32_t i) const {
        const bool is_cluster = table_.names.kind == "cluster";
        if (is_cluster) return i == world_.clusters.size() || permissions_.sees_cluster(i);
        return !table_.cluster || permissions_.sees_cluster(table_.cluster(i));
    }
    void order(std::vector<std::uint32_t>& all, const ListRequest& request) const {
        if (request.sort_attribute == "uuid") {
            std::sort(all.begin(), all.end(), [this](std::uint32_t a, std::uint32_t b) {
                return table_.id(a) < table_.id(b);
            });
        } else if (request.sort_attribute == "name") {
            std::stable_sort(all.begin(), all.end(), [this](std::uint32_t a, std::uint32_t b) {
                return table_.name(a) < table_.name(b);
            });
        }
        if (request.descending) std::reverse(all.begin(), all.end());
    }
    [[nodiscard]] std::optional<std::string> attribute(std::uint32_t i,
                                                       std::string_view name) const {
        if (name == "name") return std::string(table_.name(i));
        if (name == "uuid") return to_text(table_.id(i));
        const std::uint32_t cluster = table_.cluster(i);
        if (cluster == kNone) return std::nullopt;
        if (name == "cluster_name") return world_.clusters[cluster].name;
        return to_text(world_.clusters[cluster].id);
    }

    const World& world_;
    const Permissions& permissions_;
    Table table_;
};

template <class Entry>
std::uint32_t size_of(const std::vector<Entry>& entries) {
    return static_cast<std::uint32_t>(entries.size());
}
template <class Entry>
auto id_of(const std::vector<Entry>& entries) {
    return [&entries](std::uint32_t i) { return entries[i].id; };
}
template <class Entry>
auto name_of(const std::vector<Entry>& entries) {
    return [&entries](std::uint32_t i) { return std::string_view(entries[i].name); };
}

Table cluster_table(const Config& config, const World& w) {
    const auto aos = size_of(w.clusters);
    const Paging paging = config.v3.pages_clusters ? Paging::pages : Paging::no_window;
    return {{"clusters", "cluster", paging},
            config.prism_element ? aos : aos + 1,
            [&w, aos](std::uint32_t i) { return i == aos ? w.pc_id : w.clusters[i].id; },
            [&w, aos](std::uint32_t i) {
                return i == aos ? std::string_view("Unnamed") : w.clusters[i].name;
            },
            nullptr,
            [&w](JsonWriter& out, std::uint32_t i) { write_cluster(out, w, i); }};
}

Table host_table(const Config& config, const World& w, const VmRoster& roster) {
    const auto real = size_of(w.hosts);
    return {{"hosts", "host", Paging::everything},
            real + (config.v3.shows_pseudo_hosts ? 1U : 0U),
            [&w, real](std::uint32_t i) { return i == real ? pseudo_host_id(w) : w.hosts[i].id; },
            [&w, real](std::uint32_t i) {
                return i == real ? std::string_view() : std::string_view(w.hosts[i].name);
            },
            [&w, real](std::uint32_t i) { return i == real ? kNone : w.hosts[i].cluster; },
            [&w, &roster](JsonWriter& out, std::uint32_t i) { write_host(out, w, roster, i); }};
}

Table subnet_table(const World& w) {
    return {{"subnets", "subnet"},
            size_of(w.subnets),
            id_of(w.subnets),
            name_of(w.subnets),
            [&w](std::uint32_t i) { return w.subnets[i].cluster; },
            [&w](JsonWriter& out, std::uint32_t i) { write_subnet(out, w, i); }};
}

Table image_table(const World& w) {
    return {{"images", "image"},
            size_of(w.images),
            id_of(w.images),
            name_of(w.images),
            nullptr,
            [&w](JsonWriter& out, std::uint32_t i) { write_image(out, w, i); }};
}

Table project_table(const World& w) {
    return {{"projects", "project"},
            size_of(w.projects),
            id_of(w.projects),
            name_of(w.projects),
            nullptr,
            [&w](JsonWriter& out, std::uint32_t i) { write_project(out, w, i); }};
}

}  // namespace

std::vector<std::unique_ptr<Collection>> make_tables(const Config& config, const World& world,
                                                     const VmRoster& roster,
                                                     const Permissions& permissions) {
    std::vector<std::unique_ptr<Collection>> all;
    const auto add = [&](Table table) {
        all.push_back(std::make_unique<TableCollection>(world, permissions, std::move(table),
                                                        config.v3.unknown_attribute));
    };
    add(cluster_table(config, world));
    add(host_table(config, world, roster));
    add(subnet_table(world));
    add(image_table(world));
    if (!config.prism_element) add(project_table(world));
    return all;
}

}  // namespace pf::sim::v3
