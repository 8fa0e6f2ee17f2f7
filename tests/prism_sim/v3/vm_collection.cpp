#include <algorithm>

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"
#include "tests/prism_sim/v3/collection.hpp"
#include "tests/prism_sim/v3/entities.hpp"

namespace pf::sim::v3 {
namespace {

constexpr CollectionNames kVms = {"vms", "vm"};

bool is_cluster_id(std::string_view name) { return name == "cluster" || name == "cluster_uuid"; }
bool is_name(std::string_view name) { return name == "vm_name" || name == "name"; }
bool is_id(std::string_view name) { return name == "uuid" || name == "vm_uuid"; }

std::string_view power_word(PowerState power) {
    switch (power) {
        case PowerState::on:
            return "on";
        case PowerState::off:
            return "off";
        case PowerState::paused:
            return "paused";
        case PowerState::suspended:
            return "suspended";
        case PowerState::undetermined:
            break;
    }
    return "undetermined";
}

class VmCollection final : public Collection {
  public:
    VmCollection(const Config& config, const World& world, VmRoster& roster)
        : Collection(kVms, config.v3.unknown_attribute),
          world_(world),
          roster_(roster),
          broken_percent_(config.v3.error_vms),
          has_ipv6_addresses_(config.v3.shows_ipv6) {}

    [[nodiscard]] std::optional<std::uint32_t> find_id(const Uuid& id) const override {
        return roster_.find(id);
    }

    void write(JsonWriter& out, std::uint32_t handle) const override {
        thread_local VmFacts vm;
        describe_vm(world_, handle, vm);
        const bool is_broken = Draws(world_.seed(), Kind::broken, handle).chance(broken_percent_);
        write_vm(out, world_, vm, {is_broken, has_ipv6_addresses_});
    }

  protected:
    [[nodiscard]] bool can_filter(std::string_view name) const override {
        return is_name(name) || is_id(name) || is_cluster_id(name) || name == "cluster_name" ||
               name == "power_state";
    }
    [[nodiscard]] bool can_sort(std::string_view name) const override {
        return is_name(name) || is_id(name);
    }

    void select(const ListRequest& request, Found& found) const override {
        VmSelection selection;
        if (is_name(request.sort_attribute)) selection.order = VmOrder::name;
        if (is_id(request.sort_attribute)) selection.order = VmOrder::ext_id;
        selection.descending = request.descending;
        selection.offset = request.offset;
        selection.limit = static_cast<std::uint32_t>(request.length);
        if (!request.filter) {
            found.total = roster_.select(selection, found.handles);
        } else if (const auto cluster = only_cluster(*request.filter)) {
            selection.cluster = *cluster;
            found.total = roster_.select(selection, found.handles);
        } else {
            select_each(request, selection, found);
        }
    }

  private:
    // The index of the cluster if the filter says nothing but which one; the common case, for
    // which the roster keeps an order.
    [[nodiscard]] std::optional<std::uint32_t> only_cluster(const Fiql& filter) const {
        if (filter.alternatives().size() != 1 || filter.alternatives()[0].size() != 1)
            return std::nullopt;
        const Condition& condition = filter.alternatives()[0][0];
        if (!is_cluster_id(condition.name) || condition.comparison != Comparison::equal)
            return std::nullopt;
        const auto id = parse_uuid(condition.value);
        for (std::uint32_t i = 0; id && i < world_.clusters.size(); ++i)
            if (world_.clusters[i].id == *id) return i;
        return std::nullopt;
    }
    // Looks at every VM.
    void select_each(const ListRequest& request, VmSelection selection, Found& found) const {
        selection.offset = 0;
        selection.limit = 0xffffffff;
        std::vector<std::uint32_t> all;
        roster_.select(selection, all);
        for (const std::uint32_t serial : all) {
            const auto value = [&](std::string_view name) { return attribute(serial, name); };
            if (!request.filter->matches(value)) continue;
            if (found.total++ >= request.offset && found.handles.size() < request.length)
                found.handles.push_back(serial);
        }
    }
    [[nodiscard]] std::optional<std::string> attribute(std::uint32_t serial,
                                                       std::string_view name) const {
        if (is_name(name)) return vm_name(world_, serial);
        if (is_id(name)) return to_text(vm_id(world_, serial));
        const Placement place = place_vm(world_, serial);
        const Cluster& cluster = world_.clusters[place.cluster];
        if (!place.has_cluster && (is_cluster_id(name) || name == "cluster_name"))
            return std::nullopt;
        if (is_cluster_id(name)) return to_text(cluster.id);
        if (name == "cluster_name") return cluster.name;
        return std::string(power_word(place.power));
    }

    const World& world_;
    VmRoster& roster_;
    const std::uint32_t broken_percent_;
    const bool has_ipv6_addresses_;
};

}  // namespace

std::unique_ptr<Collection> make_vm_collection(const Config& config, const World& world,
                                               VmRoster& roster) {
    return std::make_unique<VmCollection>(config, world, roster);
}

}  // namespace pf::sim::v3
