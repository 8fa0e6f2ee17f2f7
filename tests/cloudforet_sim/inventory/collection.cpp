#include "tests/cloudforet_sim/inventory/collection.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pf::cloudforet_sim {

Collection collect(Inventory& inventory, const test::ReflectionClient& client,
                   test::InventoryJob job, const Source& source) {
    // Tasks run side by side and the number of them is known at the end: rows wait until then.
    std::map<std::size_t, std::vector<std::string>> rows;
    const auto also = job.on_row;
    job.on_row = [&rows, &also](std::string_view row, std::size_t task) {
        rows[task].emplace_back(row);
        if (also) also(row, task);
    };
    Collection collection;
    collection.report = test::run_inventory_job(client, job);
    const std::vector<test::TaskReport>& tasks = collection.report.tasks;
    if (tasks.empty()) {  // init or verify failed: nothing was begun
        collection.job_task = inventory.begin(source, 1);
        inventory.end_sub_task(collection.job_task, "the collection did not begin");
        return collection;
    }
    collection.job_task = inventory.begin(source, tasks.size());
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        for (const std::string& row : rows[i]) inventory.take(collection.job_task, row);
        const test::CallStatus& status = tasks[i].status;
        inventory.end_sub_task(collection.job_task, status.ok() ? "" : status.describe());
    }
    return collection;
}

}  // namespace pf::cloudforet_sim
