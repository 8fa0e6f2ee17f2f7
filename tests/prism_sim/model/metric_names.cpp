#include "tests/prism_sim/model/metric_names.hpp"

#include <array>
#include <utility>

namespace pf::sim {
namespace {

constexpr auto kNames = std::to_array<std::pair<std::string_view, Metric>>({
    {"hypervisor_cpu_usage_ppm", Metric::cpu_usage_ppm},
    {"hypervisor.cpu_ready_time_ppm", Metric::cpu_ready_ppm},
    {"hypervisor_memory_usage_ppm", Metric::memory_usage_ppm},
    {"memory_usage_ppm", Metric::memory_usage_ppm},
    {"memory_usage_bytes", Metric::memory_usage_bytes},
    {"guest.memory_usage_ppm", Metric::memory_usage_ppm},
    {"controller_num_iops", Metric::iops},
    {"controller_num_read_iops", Metric::read_iops},
    {"controller_num_write_iops", Metric::write_iops},
    {"controller_io_bandwidth_kBps", Metric::bandwidth_kilobytes},
    {"controller_read_io_bandwidth_kBps", Metric::read_bandwidth_kilobytes},
    {"controller_write_io_bandwidth_kBps", Metric::write_bandwidth_kilobytes},
    {"controller_avg_io_latency_usecs", Metric::latency_us},
    {"controller_avg_read_io_latency_usecs", Metric::read_latency_us},
    {"controller_avg_write_io_latency_usecs", Metric::write_latency_us},
    {"controller_user_bytes", Metric::user_bytes},
    {"controller.snapshot_usage_bytes", Metric::snapshot_bytes},
    {"hypervisor_num_received_bytes", Metric::received_bytes},
    {"hypervisor_num_transmitted_bytes", Metric::transmitted_bytes},
    {"hypervisor_vm_running_time_usecs", Metric::running_us},
    {"storage.user_capacity_bytes", Metric::storage_capacity_bytes},
    {"storage.user_free_bytes", Metric::storage_free_bytes},
    {"storage.user_usage_bytes", Metric::storage_usage_bytes},
    {"storage.capacity_bytes", Metric::storage_capacity_bytes},
    {"storage.usage_bytes", Metric::storage_usage_bytes},
    {"power_consumption_instant_watt", Metric::power_watt},
});

}  // namespace

std::optional<Metric> metric_named(std::string_view name) {
    for (const auto& [known, metric] : kNames)
        if (known == name) return metric;
    return std::nullopt;
}

}  // namespace pf::sim
