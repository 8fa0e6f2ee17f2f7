#include <algorithm>
#include <numeric>

#include "tests/prism_sim/v3/table.hpp"

namespace pf::sim::v3 {
namespace {

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

}  // namespace

std::vector<std::unique_ptr<Collection>> make_tables(const Config& config, const World& world,
                                                     VmRoster& roster,
                                                     const Permissions& permissions) {
    std::vector<std::unique_ptr<Collection>> all;
    const auto add = [&](std::vector<Table> tables) {
        for (Table& table : tables)
            all.push_back(std::make_unique<TableCollection>(world, permissions, std::move(table),
                                                            config.v3.unknown_attribute));
    };
    add(make_cluster_tables(config, world, roster));
    add(make_storage_tables(world, roster));
    add(make_network_tables(config, world));
    add(make_content_tables(world));
    add(make_machine_tables(config, world));
    add(make_management_tables(config, world));
    return all;
}

}  // namespace pf::sim::v3
