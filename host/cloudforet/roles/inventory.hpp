// The inventory role: spaceone.api.inventory.plugin Collector and Job, and spaceone.core.v1.Plugin,
// the name quick starts use for init and verify.
//
//     Server::start(options, inventory_role(std::make_shared<RuntimeInventory>(inventory)));
//
// The role reads requests and writes answers; the work is done by an InventoryService.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/cloudforet/roles/role.hpp"
#include "host/runtime/report.hpp"
#include "host/runtime/request.hpp"
#include "host/runtime/row_sink.hpp"

namespace pf::host::cloudforet {

// The functions of runtime::Inventory, with the same meaning. Called from many threads at once.
struct InventoryService {
    virtual ~InventoryService() = default;
    // The metadata of init: JSON text of an object.
    virtual std::string metadata() const = 0;
    // OK when every target of the request can be used.
    virtual Status verify(const runtime::Request& request, const Stop& stop) = 0;
    // The tasks of a job; never fails, never drops a target.
    virtual std::vector<runtime::Task> plan(const runtime::Request& request, const Stop& stop) = 0;
    // Hands the rows to `sink` and fills `report`; not OK when the run was cut.
    virtual Status collect(const runtime::Request& request, runtime::RowSink& sink,
                           const Stop& stop, runtime::RunReport& report) = 0;
};

// How long the calls of this role may take, and how many at once.
struct InventoryLimits {
    std::chrono::milliseconds verify{std::chrono::seconds(170)};  // the client gives up at 180 s
    std::chrono::milliseconds plan{std::chrono::seconds(30)};
    std::chrono::milliseconds collect{std::chrono::minutes(100)};  // without waiting for receivers
    std::chrono::milliseconds collect_wall{std::chrono::minutes(120)};  // then CloudForet gives up
    std::uint32_t collects = 128;  // more at once are refused with RESOURCE_EXHAUSTED
};

// Makes the role. `service` is shared with the calls in progress.
std::unique_ptr<Role> inventory_role(std::shared_ptr<InventoryService> service,
                                     InventoryLimits limits = {});

// Where a collect leaves its ledger: trailing metadata, JSON text in ASCII of at most 4 KiB.
inline constexpr const char* ledger_trailer = "x-prismforet-ledger";

}  // namespace pf::host::cloudforet
