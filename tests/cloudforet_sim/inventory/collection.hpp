// A collection of a plugin endpoint into an Inventory, over gRPC, as CloudForet runs one.
#pragma once

#include <cstddef>

#include "tests/acceptance/inventory_job.hpp"
#include "tests/cloudforet_sim/inventory/inventory.hpp"

namespace pf::cloudforet_sim {

struct Collection {
    test::JobReport report;    // of the calls and of the row check
    std::size_t job_task = 0;  // in the inventory
};

// Runs the job (init, verify, get_tasks, every collect) and gives the rows to the inventory, task
// by task; a call that fails is a failed sub task. Throws test::ReflectionError as
// run_inventory_job.
Collection collect(Inventory& inventory, const test::ReflectionClient& client,
                   test::InventoryJob job, const Source& source = {});

}  // namespace pf::cloudforet_sim
