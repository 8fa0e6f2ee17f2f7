// The look-ups of the network module, and its positions in the descriptor.
//
// Their fields are those the vm module asks for, so that one host fills each table once for both.
#pragma once

#include <cstdint>
#include <optional>
#include <prismforet/module.hpp>
#include <string_view>

namespace network {

// Positions in the descriptor; network_test.cpp holds them against it.
enum class Output : std::uint32_t {
    subnet,
    vpc,
    floating_ip,
    virtual_switch,
    gateway,
    security_policy
};
enum class Endpoint : std::uint32_t {
    subnets,
    vpcs,
    floating_ips,
    virtual_switches,
    gateways,
    security_policies,
    clusters,
    hosts,
    categories
};
enum class Table : std::uint32_t { clusters, hosts, subnets, categories, vpcs, virtual_switches };
enum class CategoryField : std::uint32_t { key, value };

// Something an entity refers to. v3 gives names with most references, v4 leaves them to look-ups.
struct Reference {
    std::string_view uuid;
    std::string_view name;
};

// A look-up that is opened when it is first needed. Asking may wait, and throw when the call ends.
class NameTable {
  public:
    // `call` outlives this object. Not available: nothing is ever asked for.
    NameTable(pf::Call& call, Table index, bool is_available = true) noexcept
        : call_(call), index_(index), is_available_(is_available) {}

    // Field number `field` of `uuid`; empty when there is none.
    std::string_view find(std::string_view uuid, std::uint32_t field = 0) const {
        if (uuid.empty() || !is_available_) return {};
        return table().find(uuid, field);
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
        return !uuid.empty() && is_available_ && table().is_unknown();
    }
    bool is_filled() const { return is_available_ && table().is_filled(); }

  private:
    const pf::Lookup& table() const {
        if (!table_) table_.emplace(call_.lookup(index_));
        return *table_;
    }

    pf::Call& call_;
    Table index_;
    bool is_available_;
    mutable std::optional<pf::Lookup> table_;
};

// Names of what entities refer to by id, kept for one call.
struct Names {
    // v3 has no list of virtual switches nor UUIDs of categories.
    Names(pf::Call& call, int dialect)
        : clusters(call, Table::clusters),
          hosts(call, Table::hosts),
          subnets(call, Table::subnets),
          categories(call, Table::categories, dialect != 3),
          vpcs(call, Table::vpcs),
          virtual_switches(call, Table::virtual_switches, dialect != 3) {}

    std::string_view category(std::string_view uuid, CategoryField field) const {
        return categories.find(uuid, static_cast<std::uint32_t>(field));
    }

    NameTable clusters;
    NameTable hosts;
    NameTable subnets;
    NameTable categories;
    NameTable vpcs;
    NameTable virtual_switches;
};

}  // namespace network
