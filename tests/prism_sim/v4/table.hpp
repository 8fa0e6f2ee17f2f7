#pragma once
// A v4 list over a fixed vector of the world: what it needs to know of its entries. Each area of
// the API has a file of tables (<area>_tables.cpp).

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/prism_sim/v4/collection.hpp"

namespace pf::sim {

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

/// The list. `permissions` must outlive the result.
std::unique_ptr<Collection> make_table_collection(Table table, const Permissions& permissions);

/// A filter on the cluster an entry belongs to; each entity calls that field differently.
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

/// The tables of each area of the API. The references must outlive them.
std::vector<Table> make_cluster_tables(const World& world, const VmRoster& roster);
std::vector<Table> make_storage_tables(const World& world, VmRoster& roster);
std::vector<Table> make_network_tables(const World& world);
std::vector<Table> make_machine_tables(const World& world);
std::vector<Table> make_content_tables(const World& world);
std::vector<Table> make_management_tables(const World& world);

}  // namespace pf::sim
