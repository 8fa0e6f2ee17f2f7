// The look-ups of the vm module, and its positions in the descriptor.
#pragma once

#include <cstdint>
#include <prismforet/module.hpp>

namespace vm {

// Positions in the descriptor; vm_test.cpp holds them against it.
enum class Endpoint : std::uint32_t {
    vms,
    clusters,
    hosts,
    subnets,
    categories,
    storage_containers,
    projects,
    images
};
enum class Table : std::uint32_t {
    clusters,
    hosts,
    subnets,
    categories,
    storage_containers,
    projects,
    images
};
enum class SubnetField : std::uint32_t { name, cidr, type, network_id, vpc };
enum class CategoryField : std::uint32_t { key, value };

// Names of what VMs refer to by id, opened once per call.
struct Names {
    // Opens all tables; waits until each is filled or has failed.
    explicit Names(pf::Call& call)
        : clusters(call.lookup(Table::clusters)),
          hosts(call.lookup(Table::hosts)),
          subnets(call.lookup(Table::subnets)),
          categories(call.lookup(Table::categories)),
          storage_containers(call.lookup(Table::storage_containers)),
          projects(call.lookup(Table::projects)),
          images(call.lookup(Table::images)) {}

    std::string_view subnet(std::string_view id, SubnetField field) const noexcept {
        return subnets.find(id, static_cast<std::uint32_t>(field));
    }
    std::string_view category(std::string_view id, CategoryField field) const noexcept {
        return categories.find(id, static_cast<std::uint32_t>(field));
    }

    pf::Lookup clusters;
    pf::Lookup hosts;
    pf::Lookup subnets;
    pf::Lookup categories;
    pf::Lookup storage_containers;
    pf::Lookup projects;
    pf::Lookup images;
};

}  // namespace vm
