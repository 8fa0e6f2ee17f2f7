#include "metric_table.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace monitoring {
namespace {

constexpr double percent_of_ppm = 1e-4;
constexpr double ms_of_us = 1e-3;
// v4 tells bytes of 30 seconds.
constexpr double per_second = 1.0 / 30;

constexpr std::string_view percent = "Percent", bytes = "Bytes", per_s = "Count/Second";
constexpr std::string_view kilobytes = "Kilobytes/Second", bytes_per_s = "Bytes/Second";
constexpr std::string_view ms = "Milliseconds", watts = "Watts";

constexpr auto vm_metrics = std::to_array<Metric>({
    {"cpu_utilization", "CPU utilization", "CPU", percent, percent_of_ppm, "hypervisorCpuUsagePpm",
     "", "hypervisor_cpu_usage_ppm"},
    {"cpu_ready", "CPU ready time", "CPU", percent, percent_of_ppm, "hypervisorCpuReadyTimePpm", "",
     "hypervisor.cpu_ready_time_ppm"},
    {"memory_utilization", "Memory utilization", "Memory", percent, percent_of_ppm,
     "memoryUsagePpm", "guestMemoryUsagePpm", "memory_usage_ppm"},
    {"memory_usage", "Memory used", "Memory", bytes, 1, "memoryUsageBytes", "",
     "memory_usage_bytes"},
    {"iops", "I/O operations", "Disk", per_s, 1, "controllerNumIops", "", "controller_num_iops"},
    {"read_iops", "Read operations", "Disk", per_s, 1, "controllerNumReadIops", "",
     "controller_num_read_iops"},
    {"write_iops", "Write operations", "Disk", per_s, 1, "controllerNumWriteIops", "",
     "controller_num_write_iops"},
    {"bandwidth", "I/O bandwidth", "Disk", kilobytes, 1, "controllerIoBandwidthKbps", "",
     "controller_io_bandwidth_kBps"},
    {"latency", "I/O latency", "Disk", ms, ms_of_us, "controllerAvgIoLatencyMicros", "",
     "controller_avg_io_latency_usecs"},
    {"network_received", "Network received", "Network", bytes_per_s, per_second,
     "hypervisorNumReceivedBytes", "", "hypervisor_num_received_bytes"},
    {"network_transmitted", "Network transmitted", "Network", bytes_per_s, per_second,
     "hypervisorNumTransmittedBytes", "", "hypervisor_num_transmitted_bytes"},
    {"storage_used", "Storage used", "Storage", bytes, 1, "controllerUserBytes", "",
     "controller_user_bytes"},
    {"snapshot_used", "Storage used by snapshots", "Storage", bytes, 1,
     "controllerSnapshotUsageBytes", "", "controller.snapshot_usage_bytes"},
    {"disk_utilization", "Disk utilization", "Storage", percent, percent_of_ppm, "diskUsagePpm", "",
     ""},
    {"gpu_utilization", "GPU utilization", "GPU", percent, percent_of_ppm, "gpuUsagePpm", "", ""},
});

// vCenter tells less.
constexpr auto esxi_metrics = std::to_array<Metric>({
    {"cpu_utilization", "CPU utilization", "CPU", percent, percent_of_ppm, "hypervisorCpuUsagePpm",
     "", "hypervisor_cpu_usage_ppm"},
    {"cpu_ready", "CPU ready time", "CPU", percent, percent_of_ppm, "hypervisorCpuReadyTimePpm", "",
     "hypervisor.cpu_ready_time_ppm"},
    {"memory_utilization", "Memory utilization", "Memory", percent, percent_of_ppm,
     "memoryUsagePpm", "hypervisorMemoryUsagePpm", "memory_usage_ppm"},
    {"iops", "I/O operations", "Disk", per_s, 1, "controllerNumIops", "", "controller_num_iops"},
    {"read_iops", "Read operations", "Disk", per_s, 1, "controllerNumReadIops", "",
     "controller_num_read_iops"},
    {"write_iops", "Write operations", "Disk", per_s, 1, "controllerNumWriteIops", "",
     "controller_num_write_iops"},
    {"bandwidth", "I/O bandwidth", "Disk", kilobytes, 1, "controllerIoBandwidthKbps", "",
     "controller_io_bandwidth_kBps"},
    {"latency", "I/O latency", "Disk", ms, ms_of_us, "controllerAvgIoLatencyMicros", "",
     "controller_avg_io_latency_usecs"},
    {"network_received", "Network received", "Network", bytes_per_s, per_second,
     "hypervisorNumReceivedBytes", "", "hypervisor_num_received_bytes"},
    {"network_transmitted", "Network transmitted", "Network", bytes_per_s, per_second,
     "hypervisorNumTransmittedBytes", "", "hypervisor_num_transmitted_bytes"},
    {"storage_used", "Storage used", "Storage", bytes, 1, "controllerUserBytes", "",
     "controller_user_bytes"},
});

// Hosts and clusters call theirs alike.
constexpr auto site_metrics = std::to_array<Metric>({
    {"cpu_utilization", "CPU utilization", "CPU", percent, percent_of_ppm, "hypervisorCpuUsagePpm",
     "", "hypervisor_cpu_usage_ppm"},
    {"memory_utilization", "Memory utilization", "Memory", percent, percent_of_ppm,
     "aggregateHypervisorMemoryUsagePpm", "", "hypervisor_memory_usage_ppm"},
    {"memory_usage", "Memory used", "Memory", bytes, 1, "overallMemoryUsageBytes", "",
     "memory_usage_bytes"},
    {"iops", "I/O operations", "Disk", per_s, 1, "controllerNumIops", "", "controller_num_iops"},
    {"read_iops", "Read operations", "Disk", per_s, 1, "controllerNumReadIops", "",
     "controller_num_read_iops"},
    {"write_iops", "Write operations", "Disk", per_s, 1, "controllerNumWriteIops", "",
     "controller_num_write_iops"},
    {"bandwidth", "I/O bandwidth", "Disk", kilobytes, 1, "ioBandwidthKbps", "",
     "controller_io_bandwidth_kBps"},
    {"latency", "I/O latency", "Disk", ms, ms_of_us, "controllerAvgIoLatencyUsecs", "",
     "controller_avg_io_latency_usecs"},
    {"storage_used", "Storage used", "Storage", bytes, 1, "storageUsageBytes", "",
     "storage.usage_bytes"},
    {"storage_capacity", "Storage capacity", "Storage", bytes, 1, "storageCapacityBytes", "",
     "storage.capacity_bytes"},
    {"power", "Power consumption", "Power", watts, 1, "powerConsumptionInstantWatt", "",
     "power_consumption_instant_watt"},
});

constexpr auto container_metrics = std::to_array<Metric>({
    {"iops", "I/O operations", "Disk", per_s, 1, "controllerNumIops", "", "controller_num_iops"},
    {"read_iops", "Read operations", "Disk", per_s, 1, "controllerNumReadIops", "",
     "controller_num_read_iops"},
    {"write_iops", "Write operations", "Disk", per_s, 1, "controllerNumWriteIops", "",
     "controller_num_write_iops"},
    {"bandwidth", "I/O bandwidth", "Disk", kilobytes, 1, "controllerIoBandwidthkBps", "",
     "controller_io_bandwidth_kBps"},
    {"latency", "I/O latency", "Disk", ms, ms_of_us, "controllerAvgIoLatencyuSecs", "",
     "controller_avg_io_latency_usecs"},
    {"storage_used", "Storage used", "Storage", bytes, 1, "storageUsageBytes", "",
     "storage.usage_bytes"},
    {"storage_free", "Storage free", "Storage", bytes, 1, "storageFreeBytes", "",
     "storage.user_free_bytes"},
    {"storage_capacity", "Storage capacity", "Storage", bytes, 1, "storageCapacityBytes", "",
     "storage.user_capacity_bytes"},
});

constexpr auto volume_group_metrics = std::to_array<Metric>({
    {"iops", "I/O operations", "Disk", per_s, 1, "controllerNumIOPS", "", "controller_num_iops"},
    {"read_iops", "Read operations", "Disk", per_s, 1, "controllerNumReadIOPS", "",
     "controller_num_read_iops"},
    {"write_iops", "Write operations", "Disk", per_s, 1, "controllerNumWriteIOPS", "",
     "controller_num_write_iops"},
    {"bandwidth", "I/O bandwidth", "Disk", kilobytes, 1, "controllerIOBandwidthKBps", "",
     "controller_io_bandwidth_kBps"},
    {"latency", "I/O latency", "Disk", ms, ms_of_us, "controllerAvgIOLatencyUsecs", "",
     "controller_avg_io_latency_usecs"},
    {"storage_used", "Storage used", "Storage", bytes, 1, "controllerUserBytes", "",
     "controller_user_bytes"},
});

constexpr std::array<std::string_view, kind_count> kind_words = {
    "vm", "esxi_vm", "host", "cluster", "storage_container", "volume_group"};

struct AggregationWords {
    std::string_view word, stat_type;
};
constexpr std::array<AggregationWords, 5> aggregations = {
    {{"AVERAGE", "AVG"}, {"MAX", "MAX"}, {"MIN", "MIN"}, {"SUM", "SUM"}, {"LAST", "LAST"}}};

}  // namespace

std::span<const Metric> metrics_of(Kind kind) noexcept {
    switch (kind) {
        case Kind::vm:
            return vm_metrics;
        case Kind::esxi_vm:
            return esxi_metrics;
        case Kind::host:
        case Kind::cluster:
            return site_metrics;
        case Kind::storage_container:
            return container_metrics;
        case Kind::volume_group:
            break;
    }
    return volume_group_metrics;
}

const Metric* find_metric(Kind kind, std::string_view key) noexcept {
    const std::span<const Metric> all = metrics_of(kind);
    const auto found =
        std::find_if(all.begin(), all.end(), [key](const Metric& one) { return one.key == key; });
    return found == all.end() ? nullptr : &*found;
}

std::optional<Kind> kind_named(std::string_view word) noexcept {
    const auto found = std::find(kind_words.begin(), kind_words.end(), word);
    if (found == kind_words.end()) return std::nullopt;
    return static_cast<Kind>(found - kind_words.begin());
}

std::string_view kind_word(Kind kind) noexcept {
    return kind_words[static_cast<std::size_t>(kind)];
}

std::optional<Aggregation> aggregation_named(std::string_view word) noexcept {
    for (std::size_t i = 0; i < aggregations.size(); ++i)
        if (aggregations[i].word == word) return static_cast<Aggregation>(i);
    return std::nullopt;
}

std::string_view stat_type(Aggregation aggregation) noexcept {
    return aggregations[static_cast<std::size_t>(aggregation)].stat_type;
}

}  // namespace monitoring
