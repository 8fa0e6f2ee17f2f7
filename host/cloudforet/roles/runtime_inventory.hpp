// RuntimeInventory: the runtime's Inventory as the service behind the inventory role.
#pragma once

#include <string>
#include <vector>

#include "host/cloudforet/roles/inventory.hpp"
#include "host/runtime/inventory.hpp"

namespace pf::host::cloudforet {

class RuntimeInventory : public InventoryService {
  public:
    // `inventory` outlives this object.
    explicit RuntimeInventory(runtime::Inventory& inventory) : inventory_(inventory) {}

    std::string metadata() const override { return inventory_.metadata(); }
    Status verify(const runtime::Request& request, const Stop& stop) override {
        return inventory_.verify(request, stop);
    }
    std::vector<runtime::Task> plan(const runtime::Request& request, const Stop& stop) override {
        return inventory_.plan(request, stop);
    }
    Status collect(const runtime::Request& request, runtime::RowSink& sink, const Stop& stop,
                   runtime::RunReport& report) override {
        return inventory_.collect(request, sink, stop, report);
    }

  private:
    runtime::Inventory& inventory_;
};

}  // namespace pf::host::cloudforet
