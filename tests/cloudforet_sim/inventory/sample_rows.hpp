// Rows for the unit tests, as JSON to change before they are written as bytes.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "tests/cloudforet_sim/inventory/inventory.hpp"
#include "tests/row_check/resource_info_encoder.hpp"

namespace pf::cloudforet_sim {

inline nlohmann::json vm_row(const std::string& id = "vm-1") {
    return nlohmann::json{
        {"state", 4},
        {"resource_type", "inventory.CloudService"},
        {"match_rules",
         {{"1",
           {"reference.resource_id", "provider", "cloud_service_type", "cloud_service_group",
            "account"}}}},
        {"resource",
         {{"name", "web"},
          {"provider", "nutanix"},
          {"cloud_service_group", "AHV"},
          {"cloud_service_type", "VirtualMachine"},
          {"account", "pc-1"},
          {"reference", {{"resource_id", id}}},
          {"tags", {{"Stage", "test"}}},
          {"ip_addresses", {"10.0.0.1"}},
          {"data", {{"compute", {{"instance_state", "RUNNING"}}}, {"hardware", {{"core", 4}}}}}}}};
}

inline nlohmann::json type_row() {
    return nlohmann::json{{"state", 4},
                          {"resource_type", "inventory.CloudServiceType"},
                          {"match_rules", {{"1", {"name", "group", "provider"}}}},
                          {"resource",
                           {{"name", "VirtualMachine"},
                            {"group", "AHV"},
                            {"provider", "nutanix"},
                            {"labels", {"Server"}}}}};
}

inline nlohmann::json region_row() {
    return nlohmann::json{
        {"state", 4},
        {"resource_type", "inventory.Region"},
        {"match_rules", {{"1", {"region_code", "provider"}}}},
        {"resource", {{"name", "One"}, {"region_code", "c-1"}, {"provider", "nutanix"}}}};
}

inline nlohmann::json namespace_row() {
    return nlohmann::json{{"resource_type", "inventory.Namespace"},
                          {"resource",
                           {{"namespace_id", "ns-nutanix-ahv-vm"},
                            {"name", "AHV/VirtualMachine"},
                            {"category", "ASSET"},
                            {"resource_type", "inventory.CloudService:nutanix.AHV.VirtualMachine"},
                            {"version", "1.0"}}}};
}

inline nlohmann::json metric_row() {
    return nlohmann::json{
        {"resource_type", "inventory.Metric"},
        {"resource",
         {{"metric_id", "metric-nutanix-ahv-vm-core"},
          {"name", "VM Core Sum"},
          {"metric_type", "GAUGE"},
          {"resource_type", "inventory.CloudService:nutanix.AHV.VirtualMachine"},
          {"namespace_id", "ns-nutanix-ahv-vm"},
          {"version", "1.0"},
          {"query_options",
           {{"group_by", {{{"key", "data.compute.instance_state"}, {"name", "State"}}}},
            {"fields", {{"value", {{"operator", "sum"}, {"key", "data.hardware.core"}}}}}}}}}};
}

inline nlohmann::json failure_row() {
    return nlohmann::json{{"state", 5},
                          {"message", "disks could not be listed"},
                          {"resource_type", "inventory.ErrorResource"},
                          {"resource", {{"provider", "nutanix"}}}};
}

// An inventory with a clock that stands until it is told to go on.
struct TimedInventory {
    Time now{std::chrono::hours(1000)};
    Inventory inventory{[this] { return now; }};

    // Takes the rows in one job task of one sub task.
    const JobTask& run(const std::vector<nlohmann::json>& rows, const Source& source = {}) {
        const std::size_t job = inventory.begin(source, 1);
        for (const nlohmann::json& row : rows) {
            inventory.take(job, test::encode_resource_info(row));
        }
        inventory.end_sub_task(job);
        return inventory.job_task(job);
    }
    // The document of the only service.
    const nlohmann::json& only() const { return inventory.services().at(0)->document; }
    // The code of the first error of a run.
    static std::string code(const JobTask& task) {
        return task.errors.empty() ? "" : task.errors.front().code;
    }
};

}  // namespace pf::cloudforet_sim
