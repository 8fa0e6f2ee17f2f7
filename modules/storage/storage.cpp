// The storage module: storage containers and volume groups of a Prism Central.
#include <prismforet/module.hpp>

#include "container.hpp"
#include "volume_groups.hpp"

namespace {

class Storage final : public pf::Inventory {
  public:
    void collect(pf::Call& call, std::uint32_t output, pf::Value options,
                 std::string_view cluster) const override {
        const bool detail = options["detail"].boolean(true);
        switch (static_cast<storage::Output>(output)) {
            case storage::Output::storage_container:
                return storage::collect_containers(call, output, cluster, detail);
            case storage::Output::volume_group:
                return storage::collect_volume_groups(call, output, cluster, detail);
        }
    }
};

}  // namespace

PF_MODULE(Storage)
