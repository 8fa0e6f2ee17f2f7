#include "tests/prism_sim/model/vm_facts.hpp"
#include "tests/prism_sim/v4/collection.hpp"
#include "tests/prism_sim/v4/entities.hpp"

namespace pf::sim {
namespace {

constexpr CollectionNames kVms = {"vmm",
                                  "ahv/config/vms",
                                  "vmm.v4.ahv.config.Vm",
                                  "vmm.v4.ahv.config.ListVmsApiResponse",
                                  "vmm.v4.ahv.config.GetVmApiResponse",
                                  "VM",
                                  "vmExtId",
                                  "vm"};

class VmCollection final : public Collection {
  public:
    VmCollection(const World& world, VmRoster& roster)
        : Collection(kVms), world_(world), roster_(roster) {}

    std::optional<QueryProblem> find(const ListQuery& query, Found& found) const override {
        VmSelection selection;
        selection.descending = query.descending;
        selection.offset = query.page * query.limit;
        selection.limit = query.limit;
        if (query.order_field == "extId")
            selection.order = VmOrder::ext_id;
        else if (query.order_field == "name")
            selection.order = VmOrder::name;
        else if (!query.order_field.empty())
            return not_sortable(query.order_field);
        if (query.filter && query.filter->field == "extId") {
            if (const auto id = parse_uuid(query.filter->value)) find_one(*id, query, found);
            return std::nullopt;
        }
        if (query.filter && query.filter->field == "cluster/extId") {
            selection.cluster = cluster_index(query.filter->value);
            if (selection.cluster == kNone) return std::nullopt;
        } else if (query.filter) {
            return not_filterable(query.filter->field);
        }
        found.total = roster_.select(selection, found.handles);
        return std::nullopt;
    }

    [[nodiscard]] std::optional<std::uint32_t> find_id(const Uuid& id) const override {
        return roster_.find(id);
    }

    void write(ObjectWriter& out, std::uint32_t handle) const override {
        thread_local VmFacts vm;
        describe_vm(world_, handle, vm);
        write_vm(out, world_, vm);
    }

  private:
    void find_one(const Uuid& id, const ListQuery& query, Found& found) const {
        const auto serial = roster_.find(id);
        if (!serial) return;
        found.total = 1;
        if (query.page == 0) found.handles.push_back(*serial);
    }
    [[nodiscard]] std::uint32_t cluster_index(std::string_view text) const {
        const auto id = parse_uuid(text);
        for (std::uint32_t i = 0; i < world_.clusters.size(); ++i)
            if (id && world_.clusters[i].id == *id) return i;
        return kNone;
    }

    const World& world_;
    VmRoster& roster_;
};

}  // namespace

std::unique_ptr<Collection> make_vm_collection(const World& world, VmRoster& roster) {
    return std::make_unique<VmCollection>(world, roster);
}

}  // namespace pf::sim
