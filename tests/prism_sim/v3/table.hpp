#pragma once
// A v3 list over a fixed vector of the world: what it needs to know of its entries. Each area has a
// file of tables (<area>_tables.cpp).

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "tests/prism_sim/v3/collection.hpp"

namespace pf::sim::v3 {

struct Table {
    CollectionNames names;
    std::uint32_t count = 0;
    std::function<Uuid(std::uint32_t)> id;
    std::function<std::string_view(std::uint32_t)> name;
    /// Index of the cluster an entry belongs to, kNone for none; null if the kind has no cluster.
    std::function<std::uint32_t(std::uint32_t)> cluster;
    std::function<void(JsonWriter&, std::uint32_t)> write;
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

/// The tables of each area. The references must outlive them.
std::vector<Table> make_cluster_tables(const Config& config, const World& world,
                                       const VmRoster& roster);
std::vector<Table> make_storage_tables(const World& world, VmRoster& roster);
/// Of a Prism Element: subnets only.
std::vector<Table> make_network_tables(const Config& config, const World& world);
std::vector<Table> make_content_tables(const World& world);
/// Of a Prism Element: none.
std::vector<Table> make_machine_tables(const Config& config, const World& world);
/// Of a Prism Element: none.
std::vector<Table> make_management_tables(const Config& config, const World& world);

}  // namespace pf::sim::v3
