#include <algorithm>

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"
#include "tests/prism_sim/v3/collection.hpp"
#include "tests/prism_sim/v3/entities.hpp"

namespace pf::sim::v3 {
namespace {

constexpr CollectionNames kVms = {"vms", "vm"};
// v3 lists the machines of all hypervisors. A handle with this bit is an index of an ESXi machine,
// any other the serial of an AHV one.
constexpr std::uint32_t kEsxi = 0x80000000;

bool is_cluster_id(std::string_view name) { return name == "cluster" || name == "cluster_uuid"; }
bool is_name(std::string_view name) { return name == "vm_name" || name == "name"; }
bool is_id(std::string_view name) { return name == "uuid" || name == "vm_uuid"; }

std::string_view power_word(EsxiPower power) {
    switch (power) {
        case EsxiPower::on:
            return "on";
        case EsxiPower::off:
            return "off";
        case EsxiPower::suspended:
            return "suspended";
        case EsxiPower::undetermined:
            break;
    }
    return "undetermined";
}

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
    VmCollection(const Config& config, const World& world, const Permissions& permissions,
                 VmRoster& roster)
        : Collection(kVms, config.v3.unknown_attribute),
          world_(world),
          permissions_(permissions),
          roster_(roster),
          broken_percent_(config.v3.error_vms),
          has_ipv6_addresses_(config.v3.shows_ipv6) {}

    [[nodiscard]] std::optional<std::uint32_t> find_id(const Uuid& id) const override {
        for (std::uint32_t i = 0; i < world_.esxi_vms.size(); ++i)
            if (world_.esxi_vms[i].id == id && sees(i)) return i | kEsxi;
        return roster_.find(id);
    }

    void write(JsonWriter& out, std::uint32_t handle) const override {
        const bool is_broken = Draws(world_.seed(), Kind::broken, handle).chance(broken_percent_);
        if ((handle & kEsxi) != 0) return write_esxi_vm(out, world_, handle & ~kEsxi, is_broken);
        thread_local VmFacts vm;
        describe_vm(world_, handle, vm);
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
        if (!world_.esxi_vms.empty()) {
            select_each(request, selection, found);
        } else if (!request.filter) {
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
        add_esxi(selection, all);
        for (const std::uint32_t handle : all) {
            const auto value = [&](std::string_view name) { return attribute(handle, name); };
            if (request.filter && !request.filter->matches(value)) continue;
            if (found.total++ >= request.offset && found.handles.size() < request.length)
                found.handles.push_back(handle);
        }
    }
    // ESXi machines behind those of AHV, or among them where an order was asked for.
    void add_esxi(const VmSelection& selection, std::vector<std::uint32_t>& all) const {
        if (world_.esxi_vms.empty()) return;
        for (std::uint32_t i = 0; i < world_.esxi_vms.size(); ++i)
            if (sees(i)) all.push_back(i | kEsxi);
        if (selection.order == VmOrder::created) return;
        const std::string_view by = selection.order == VmOrder::name ? "name" : "uuid";
        std::vector<std::pair<std::string, std::uint32_t>> keyed;
        for (const std::uint32_t handle : all)
            keyed.emplace_back(attribute(handle, by).value(), handle);
        std::sort(keyed.begin(), keyed.end());
        if (selection.descending) std::reverse(keyed.begin(), keyed.end());
        std::transform(keyed.begin(), keyed.end(), all.begin(),
                       [](const auto& key) { return key.second; });
    }
    [[nodiscard]] bool sees(std::uint32_t esxi_vm) const {
        return permissions_.sees_cluster(world_.esxi_vms[esxi_vm].cluster);
    }
    [[nodiscard]] std::optional<std::string> attribute(std::uint32_t handle,
                                                       std::string_view name) const {
        const bool is_esxi = (handle & kEsxi) != 0;
        const EsxiVm* esxi = is_esxi ? &world_.esxi_vms[handle & ~kEsxi] : nullptr;
        if (is_name(name)) return is_esxi ? esxi->name : vm_name(world_, handle);
        if (is_id(name)) return to_text(is_esxi ? esxi->id : vm_id(world_, handle));
        if (name == "power_state")
            return std::string(is_esxi ? power_word(esxi->power)
                                       : power_word(place_vm(world_, handle).power));
        const Placement place = is_esxi ? Placement{.cluster = esxi->cluster, .has_cluster = true}
                                        : place_vm(world_, handle);
        if (!place.has_cluster) return std::nullopt;
        const Cluster& cluster = world_.clusters[place.cluster];
        return name == "cluster_name" ? cluster.name : to_text(cluster.id);
    }

    const World& world_;
    const Permissions& permissions_;
    VmRoster& roster_;
    const std::uint32_t broken_percent_;
    const bool has_ipv6_addresses_;
};

}  // namespace

std::unique_ptr<Collection> make_vm_collection(const Config& config, const World& world,
                                               const Permissions& permissions, VmRoster& roster) {
    return std::make_unique<VmCollection>(config, world, permissions, roster);
}

}  // namespace pf::sim::v3
