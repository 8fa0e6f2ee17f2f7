// The look-ups of the vm module, and its positions in the descriptor.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <prismforet/module.hpp>

#include "vm_facts.hpp"

namespace vm {

// Positions in the descriptor; descriptor_test.cpp holds them against it.
enum class Endpoint : std::uint32_t {
    vms,
    clusters,
    hosts,
    subnets,
    categories,
    storage_containers,
    projects,
    images,
    esxi_vms,
    recovery_points,
    templates
};
enum class Table : std::uint32_t {
    clusters,
    hosts,
    subnets,
    categories,
    storage_containers,
    projects,
    images,
    vms
};
enum class ClusterField : std::uint32_t { name, vm_count, hypervisors };
enum class SubnetField : std::uint32_t { name, cidr, type, network_id, vpc };
enum class CategoryField : std::uint32_t { key, value };

// A look-up that is opened when it is first needed. Asking may wait, and throw when the call ends.
class NameTable {
  public:
    // `call` outlives this object. Not available: nothing is ever asked for.
    NameTable(pf::Call& call, Table index, bool is_available = true) noexcept
        : call_(call), index_(index), is_available_(is_available) {}

    // Fills the table now.
    void open() const {
        if (is_available_ && !table_) table_.emplace(call_.lookup(index_));
    }

    // Field number `field` of `uuid`; empty when there is none.
    std::string_view find(std::string_view uuid, std::uint32_t field = 0) const {
        if (uuid.empty() || !is_available_) return {};
        open();
        return table_->find(uuid, field);
    }
    // The name: the reference's own, else the table's.
    std::string_view name_of(const Reference& reference) const {
        return reference.name.empty() ? find(reference.uuid) : reference.name;
    }
    // `reference` has a name that could not be found out.
    bool hides(const Reference& reference) const {
        return reference.name.empty() && hides(reference.uuid);
    }
    // Facts about `uuid` exist and could not be read.
    bool hides(std::string_view uuid) const {
        if (uuid.empty() || !is_available_) return false;
        open();
        return table_->is_unknown();
    }
    bool is_filled() const {
        open();
        return table_ && table_->is_filled();
    }

  private:
    pf::Call& call_;
    Table index_;
    bool is_available_;
    mutable std::optional<pf::Lookup> table_;
};

// Fills these tables now, where they are available.
inline void open_all(std::initializer_list<const NameTable*> tables) {
    for (const NameTable* table : tables) table->open();
}

// Names of what entities refer to by id, kept for one call. By v4 open_all fills what a kind is
// sure to need; v3 mostly brings the names itself, and has no list of storage containers nor UUIDs
// of categories.
struct Names {
    // `call` outlives this object.
    Names(pf::Call& call, int dialect) noexcept
        : clusters(call, Table::clusters),
          hosts(call, Table::hosts),
          subnets(call, Table::subnets),
          categories(call, Table::categories, dialect != 3),
          storage_containers(call, Table::storage_containers, dialect != 3),
          projects(call, Table::projects),
          images(call, Table::images),
          vms(call, Table::vms) {}

    std::string_view subnet(std::string_view uuid, SubnetField field) const {
        return subnets.find(uuid, static_cast<std::uint32_t>(field));
    }
    std::string_view category(std::string_view uuid, CategoryField field) const {
        return categories.find(uuid, static_cast<std::uint32_t>(field));
    }

    NameTable clusters;
    NameTable hosts;
    NameTable subnets;
    NameTable categories;
    NameTable storage_containers;
    NameTable projects;
    NameTable images;
    NameTable vms;
};

}  // namespace vm
