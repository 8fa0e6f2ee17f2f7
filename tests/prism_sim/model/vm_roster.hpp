#pragma once
// Which VMs exist now and which of them are seen, in the orders a list can be asked for, and who
// comes and goes. Holds serial numbers only (a few bytes per VM). All members may be called from
// any thread.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <shared_mutex>
#include <vector>

#include "tests/prism_sim/model/permissions.hpp"
#include "tests/prism_sim/model/world.hpp"

namespace pf::sim {

enum class VmOrder : std::uint8_t { created, ext_id, name };

/// Which VMs, in what order, and which window of them.
struct VmSelection {
    std::uint32_t cluster = kNone;  ///< kNone: of all clusters.
    VmOrder order = VmOrder::created;
    bool descending = false;
    std::uint64_t offset = 0;
    std::uint32_t limit = 50;
};

class VmRoster {
  public:
    /// `permissions` decide what select() and find() see; counts are of everything.
    explicit VmRoster(const World& world, Permissions permissions = {});

    /// Fills `serials` with the window and returns the count of all selected VMs that are seen.
    std::uint64_t select(const VmSelection& selection, std::vector<std::uint32_t>& serials);
    /// The VM with this id, if it exists now and is seen.
    std::optional<std::uint32_t> find(const Uuid& id);
    /// One VM goes or comes, in turn; which one goes follows from the seed.
    void churn();
    /// A new VM comes; its id, and so its place by id, follow from the seed.
    void add();
    /// The VM at this place of the order by id goes, or the last one if there are fewer.
    void remove_at(std::uint64_t place);
    /// So many VMs get a GiB of memory more, spread over all of them, others with each call; their
    /// ids.
    std::vector<Uuid> edit(std::uint64_t count);
    /// Every present VM's id in creation order.
    [[nodiscard]] std::vector<Uuid> ids() const;
    /// The same without the VMs that are not seen.
    [[nodiscard]] std::vector<Uuid> visible_ids();

    [[nodiscard]] std::uint64_t size() const;
    [[nodiscard]] std::uint64_t created() const;
    [[nodiscard]] std::uint64_t deleted() const;
    [[nodiscard]] std::uint32_t count_in_cluster(std::uint32_t cluster) const;
    [[nodiscard]] std::uint32_t count_on_host(std::uint32_t host) const;

  private:
    struct Scope {
        std::uint32_t cluster;
        VmOrder order;
        bool is_filtered;  ///< Only VMs that are seen.
        auto operator<=>(const Scope&) const = default;
    };
    using Serials = std::vector<std::uint32_t>;

    static constexpr Scope kEverything{kNone, VmOrder::created, false};

    [[nodiscard]] bool is_in(const Scope& scope, std::uint32_t serial) const;
    [[nodiscard]] bool is_before(VmOrder order, std::uint32_t a, std::uint32_t b) const;
    void build(const Scope& scope);
    void sort(VmOrder order, Serials& serials) const;
    /// Calls change(serials, position) for every order this VM belongs to.
    template <class Change>
    void at_each_place(std::uint32_t serial, Change change);
    void insert(std::uint32_t serial);
    void erase(std::uint32_t serial);
    void count(std::uint32_t serial, std::int32_t change);

    const World& world_;
    const Permissions permissions_;
    mutable std::shared_mutex mutex_;
    std::map<Scope, Serials>
        orders_;  // The creation order of everything always exists; others on demand.
    std::vector<std::uint32_t> per_cluster_, per_host_;
    std::uint32_t next_serial_ = 0;
    std::uint64_t churn_steps_ = 0, edit_steps_ = 0, created_ = 0, deleted_ = 0;
};

}  // namespace pf::sim
