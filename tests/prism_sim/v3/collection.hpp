#pragma once
// One v3 entity type that can be listed: its path, how its entries are found and written.
// Adding an entity means one more table in tables.cpp.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/prism_sim/json/json_writer.hpp"
#include "tests/prism_sim/model/alert_book.hpp"
#include "tests/prism_sim/model/vm_roster.hpp"
#include "tests/prism_sim/model/world.hpp"
#include "tests/prism_sim/v3/list_request.hpp"

namespace pf::sim::v3 {

enum class Paging : std::uint8_t {
    pages,       ///< offset and length are obeyed and answered.
    everything,  ///< All entries at once; offset and length are answered.
    no_window,   ///< All entries at once; neither offset nor length is answered.
};

struct CollectionNames {
    std::string_view plural;  ///< "vms", of the path vms/list
    std::string_view kind;    ///< "vm"
    Paging paging = Paging::pages;
};

/// Entries found for one request: handles to write, count of all that match.
struct Found {
    std::vector<std::uint32_t> handles;
    std::uint64_t total = 0;
};

class Collection {
  public:
    Collection(const CollectionNames& names, UnknownAttribute reading)
        : names_(names), reading_(reading) {}
    virtual ~Collection() = default;
    Collection(const Collection&) = delete;
    Collection& operator=(const Collection&) = delete;

    [[nodiscard]] const CollectionNames& names() const { return names_; }
    /// The window asked for; a refusal for a filter or order this list does not know. Any thread.
    std::optional<Refusal> find(ListRequest request, Found& found) const;
    /// The entry with this id.
    [[nodiscard]] virtual std::optional<std::uint32_t> find_id(const Uuid& id) const = 0;
    /// Writes the fields of one entry into the object that is open.
    virtual void write(JsonWriter& out, std::uint32_t handle) const = 0;

  protected:
    [[nodiscard]] virtual bool can_filter(std::string_view name) const = 0;
    [[nodiscard]] virtual bool can_sort(std::string_view name) const = 0;
    /// `request` names only attributes that can be filtered or sorted.
    virtual void select(const ListRequest& request, Found& found) const = 0;

  private:
    CollectionNames names_;
    UnknownAttribute reading_;
};

/// VMs of all hypervisors, those of AHV read from the roster. The references must outlive the
/// result.
std::unique_ptr<Collection> make_vm_collection(const Config& config, const World& world,
                                               const Permissions& permissions, VmRoster& roster);
/// Alerts as they are now. The references must outlive the result.
std::unique_ptr<Collection> make_alert_collection(const Config& config, const World& world,
                                                  const AlertBook& book);
/// Every other list; of a Prism Element only clusters, hosts, subnets and images.
/// The references must outlive the result.
std::vector<std::unique_ptr<Collection>> make_tables(const Config& config, const World& world,
                                                     VmRoster& roster,
                                                     const Permissions& permissions);

}  // namespace pf::sim::v3
