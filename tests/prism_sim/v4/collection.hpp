#pragma once
// One v4 entity type that can be listed: where it is, what its types are called, how its entries
// are found and written. Adding an entity means one more table in tables.cpp.

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "tests/prism_sim/model/vm_roster.hpp"
#include "tests/prism_sim/model/world.hpp"
#include "tests/prism_sim/v4/object_writer.hpp"
#include "tests/prism_sim/v4/query.hpp"

namespace pf::sim {

struct CollectionNames {
    std::string_view name_space;   ///< "vmm"
    std::string_view path;         ///< "ahv/config/vms", behind /api/<namespace>/<version>/
    std::string_view item_type;    ///< "vmm.v4.ahv.config.Vm"
    std::string_view list_type;    ///< $objectType of the list's envelope
    std::string_view get_type;     ///< $objectType of a single object's envelope
    std::string_view word;         ///< "VM", for messages
    std::string_view id_argument;  ///< "vmExtId", for argumentsMap
    std::string_view kind;         ///< "vm", for permissions
    bool is_paginated = true;

    /// The last part of the path: "vms".
    [[nodiscard]] std::string_view list() const { return path.substr(path.rfind('/') + 1); }
};

/// Entries found for one request: handles to write, count of all that match.
struct Found {
    std::vector<std::uint32_t> handles;
    std::uint64_t total = 0;
};

class Collection {
  public:
    explicit Collection(const CollectionNames& names) : names_(names) {}
    virtual ~Collection() = default;
    Collection(const Collection&) = delete;
    Collection& operator=(const Collection&) = delete;

    [[nodiscard]] const CollectionNames& names() const { return names_; }
    /// The page asked for; a problem if the filter or order field is not served here. Any thread.
    virtual std::optional<QueryProblem> find(const ListQuery& query, Found& found) const = 0;
    /// The entry with this id.
    [[nodiscard]] virtual std::optional<std::uint32_t> find_id(const Uuid& id) const = 0;
    /// Writes one entry as a list element.
    virtual void write(ObjectWriter& out, std::uint32_t handle) const = 0;

  private:
    CollectionNames names_;
};

/// A filter or order field the list does not serve.
QueryProblem not_filterable(const std::string& field);
QueryProblem not_sortable(const std::string& field);

/// VMs, read from the roster. The references must outlive the result.
std::unique_ptr<Collection> make_vm_collection(const World& world, VmRoster& roster);
/// Every v4 list of the simulated Prism Central. The references must outlive the result.
std::vector<std::unique_ptr<Collection>> make_collections(const World& world, VmRoster& roster,
                                                          const Permissions& permissions);

}  // namespace pf::sim
