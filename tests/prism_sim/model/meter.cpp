#include <algorithm>

#include "tests/prism_sim/model/random.hpp"
#include "tests/prism_sim/model/statistics.hpp"
#include "tests/prism_sim/model/vm_facts.hpp"

namespace pf::sim {
namespace {

__extension__ using Wide = __int128;

constexpr std::int64_t kPpm = 1'000'000;
constexpr std::uint64_t kSecondUs = 1'000'000;

// What follows one curve goes up and down together.
enum Channel : std::uint32_t { kStill, kProcessor, kWaiting, kMemory, kIo, kLatency, kNetwork };

// `part` of the load, or of a sum of loads.
std::int64_t scaled(std::int64_t span, std::int64_t load) {
    return static_cast<std::int64_t>(static_cast<Wide>(span) * load / kFullLoad);
}

std::int64_t to_signed(std::uint64_t value) { return static_cast<std::int64_t>(value); }

}  // namespace

Meter::Meter(const World& world, const StatisticsReadings& readings, const Subject& subject,
             std::uint64_t now_s)
    : seed_(world.seed()),
      thing_(static_cast<std::uint64_t>(subject.kind) << 32 | subject.index),
      subject_(subject),
      readings_(readings) {
    Draws draws(seed_, Kind::measured, thing_);
    is_measured_ = !draws.chance(readings.unmeasured);
    if (subject.kind == Measured::vm || subject.kind == Measured::esxi_vm)
        measure_vm(world, now_s);
    else
        measure_site(world);
}

void Meter::measure_vm(const World& world, std::uint64_t now_s) {
    bool is_on = false;
    if (subject_.kind == Measured::vm) {
        thread_local VmFacts vm;
        describe_vm(world, subject_.index, vm);
        size_.cpus = vm.sockets * vm.cores * vm.threads;
        size_.memory = to_signed(vm.memory_bytes);
        for (std::uint32_t i = 0; i < vm.disk_count; ++i)
            if (!vm.disks[i].is_volume_group) size_.disk += to_signed(vm.disks[i].bytes);
        is_on = vm.place.power == PowerState::on;
        created_s_ = vm.created_us / kSecondUs;
        // One that came while the site was looked at.
        if (subject_.index >= world.size.vms) is_measured_ = false;
    } else {
        const EsxiVm& vm = world.esxi_vms[subject_.index];
        size_.cpus = vm.cpus;
        size_.memory = to_signed(vm.memory_bytes);
        for (const EsxiDisk& disk : vm.disks) size_.disk += to_signed(disk.bytes);
        is_on = vm.power == EsxiPower::on;
        created_s_ = vm.created_us / kSecondUs;
    }
    size_.used = size_.disk / 100 * (10 + Draws(seed_, Kind::load, thing_).below(80));
    power_ = PowerHistory({seed_, thing_, is_on, created_s_, now_s});
}

void Meter::measure_site(const World& world) {
    const auto add_host = [this](const Host& host) {
        size_.cpus += 2 * host.cores;
        size_.hertz += to_signed(host.cores * host.frequency_hz);
        size_.memory += to_signed(host.memory_bytes);
    };
    const auto add_container = [this, &world](std::uint32_t index) {
        size_.disk += to_signed(world.containers[index].capacity_bytes);
        size_.used += to_signed(used_bytes(world, index));
    };
    size_.cpus = 0;
    switch (subject_.kind) {
        case Measured::host:
            add_host(world.hosts[subject_.index]);
            size_.disk = 8'000'000'000'000;
            size_.used = 3'000'000'000'000;
            return;
        case Measured::cluster: {
            const Cluster& cluster = world.clusters[subject_.index];
            for (std::uint32_t i = 0; i < cluster.host_count; ++i)
                add_host(world.hosts[cluster.first_host + i]);
            for (std::uint32_t i = 0; i < cluster.container_count; ++i)
                add_container(cluster.first_container + i);
            return;
        }
        case Measured::container:
            return add_container(subject_.index);
        default:
            for (const VolumeDisk& disk : world.volume_groups[subject_.index].disks)
                size_.disk += to_signed(disk.bytes);
            size_.used = size_.disk / 100 * (10 + Draws(seed_, Kind::load, thing_).below(80));
    }
}

std::optional<Meter::Figure> Meter::processor_figure(Metric metric) const {
    const bool is_vm = subject_.kind == Measured::vm || subject_.kind == Measured::esxi_vm;
    const bool is_machine =
        is_vm || subject_.kind == Measured::host || subject_.kind == Measured::cluster;
    if (!is_machine) return std::nullopt;
    switch (metric) {
        case Metric::cpu_usage_ppm:
            return Figure{kProcessor, 0, kPpm};
        case Metric::memory_usage_ppm:
            return Figure{kMemory, 0, kPpm};
        case Metric::memory_usage_bytes:
            return Figure{kMemory, 0, size_.memory};
        case Metric::memory_capacity_bytes:
            return Figure{kStill, size_.memory, 0};
        case Metric::health_score:
            return Figure{kStill, 100, 0};
        default:
            break;
    }
    if (is_vm && metric == Metric::cpu_ready_ppm) return Figure{kWaiting, 0, kPpm / 10};
    if (is_vm && metric == Metric::vcpus_used_ppm) return Figure{kProcessor, 0, size_.cpus * kPpm};
    if (!is_vm && metric == Metric::cpu_usage_hz) return Figure{kProcessor, 0, size_.hertz};
    if (!is_vm && metric == Metric::cpu_capacity_hz) return Figure{kStill, size_.hertz, 0};
    if (!is_vm && metric == Metric::power_watt) return Figure{kProcessor, 0, size_.cpus * 12};
    return std::nullopt;
}

std::optional<Meter::Figure> Meter::traffic_figure(Metric metric) const {
    // A third of what is read and written is written.
    const std::int64_t most_iops = subject_.kind == Measured::cluster ? 60'000
                                   : size_.cpus > 0                   ? 300 * size_.cpus
                                                                      : 20'000;
    switch (metric) {
        case Metric::iops:
            return Figure{kIo, 0, most_iops};
        case Metric::read_iops:
            return Figure{kIo, 0, most_iops / 3 * 2};
        case Metric::write_iops:
            return Figure{kIo, 0, most_iops / 3};
        case Metric::bandwidth_kilobytes:
            return Figure{kIo, 0, most_iops * 32};
        case Metric::read_bandwidth_kilobytes:
            return Figure{kIo, 0, most_iops / 3 * 2 * 32};
        case Metric::write_bandwidth_kilobytes:
            return Figure{kIo, 0, most_iops / 3 * 32};
        case Metric::latency_us:
            return Figure{kLatency, 0, 6'000};
        case Metric::read_latency_us:
            return Figure{kLatency, 0, 4'000};
        case Metric::write_latency_us:
            return Figure{kLatency, 0, 9'000};
        default:
            break;
    }
    if (subject_.kind != Measured::vm && subject_.kind != Measured::esxi_vm) return std::nullopt;
    if (metric == Metric::received_bytes) return Figure{kNetwork, 0, 30'000'000 * size_.cpus};
    if (metric == Metric::transmitted_bytes) return Figure{kNetwork, 0, 12'000'000 * size_.cpus};
    return std::nullopt;
}

std::optional<Meter::Figure> Meter::storage_figure(Metric metric) const {
    const bool is_vm = subject_.kind == Measured::vm;
    const bool is_pool = subject_.kind == Measured::container ||
                         subject_.kind == Measured::cluster || subject_.kind == Measured::host;
    switch (metric) {
        case Metric::user_bytes:
            if (is_pool) return std::nullopt;
            return Figure{kStill, size_.used, 0};
        case Metric::snapshot_bytes:
            return is_vm ? std::optional(Figure{kStill, size_.used / 20, 0}) : std::nullopt;
        case Metric::disk_capacity_bytes:
            return is_vm ? std::optional(Figure{kStill, size_.disk, 0}) : std::nullopt;
        case Metric::disk_usage_ppm:
            if (!is_vm || size_.disk == 0) return std::nullopt;
            return Figure{kStill, static_cast<std::int64_t>(Wide(size_.used) * kPpm / size_.disk),
                          0};
        case Metric::replication_factor:
            if (subject_.kind != Measured::container) return std::nullopt;
            return Figure{kStill, 2, 0};
        default:
            break;
    }
    if (!is_pool) return std::nullopt;
    if (metric == Metric::storage_capacity_bytes) return Figure{kStill, size_.disk, 0};
    if (metric == Metric::storage_usage_bytes) return Figure{kStill, size_.used, 0};
    if (metric == Metric::storage_free_bytes) return Figure{kStill, size_.disk - size_.used, 0};
    return std::nullopt;
}

std::optional<Meter::Figure> Meter::figure(Metric metric) const {
    if (metric == Metric::running_us) {
        // vCenter tells none.
        return subject_.kind == Measured::vm ? std::optional(Figure{}) : std::nullopt;
    }
    for (const auto find :
         {&Meter::processor_figure, &Meter::traffic_figure, &Meter::storage_figure})
        if (const auto found = (this->*find)(metric)) return found;
    return std::nullopt;
}

bool Meter::has(Metric metric) const { return figure(metric).has_value(); }

std::optional<std::int64_t> Meter::standing(Metric metric) const {
    const auto figure = storage_figure(metric);
    return figure && is_measured_ ? std::optional(figure->low) : std::nullopt;
}

Coverage Meter::cover(std::uint64_t from_s, std::uint64_t to_s) const {
    Coverage coverage;
    const std::uint64_t first = (from_s + kSlotSeconds - 1) / kSlotSeconds;
    const std::uint64_t end = (to_s + kSlotSeconds - 1) / kSlotSeconds;
    coverage.slots = end - first;
    coverage.end_s = end * kSlotSeconds;
    if (!is_measured_) return coverage;
    thread_local std::vector<TimeSpan> spans;
    power_.spans(first * kSlotSeconds, end * kSlotSeconds, spans);
    for (const TimeSpan& span : spans) {
        // A slot in which it ran for a second has a sample.
        SlotRange range{span.from_s / kSlotSeconds, (span.to_s + kSlotSeconds - 1) / kSlotSeconds};
        if (!coverage.ranges.empty())
            range.first = std::max(range.first, coverage.ranges.back().end);
        if (range.first < range.end) coverage.ranges.push_back(range);
        coverage.running_seconds += span.to_s - span.from_s;
    }
    return coverage;
}

std::int64_t Meter::running(const Coverage& coverage, StatType type) const {
    constexpr std::uint64_t micros = kSecondUs;
    if (readings_.running_time == RunningTime::interval)
        return to_signed(coverage.running_seconds * micros);
    if (readings_.running_time == RunningTime::counter)
        return to_signed(power_.running_seconds(created_s_, coverage.end_s) * micros);
    LoadTotals totals;
    for (const SlotRange& range : coverage.ranges) {
        for (std::uint64_t slot = range.first; slot < range.end; ++slot)
            totals.add(to_signed(
                power_.running_seconds(slot * kSlotSeconds, (slot + 1) * kSlotSeconds) * micros));
    }
    switch (type) {
        case StatType::sum:
            return totals.sum;
        case StatType::min:
            return totals.min;
        case StatType::max:
            return totals.max;
        case StatType::avg:
            return totals.sum / std::max<std::int64_t>(1, to_signed(totals.count));
        default:
            return totals.last;
    }
}

std::optional<std::int64_t> Meter::read(Metric metric, const Coverage& coverage,
                                        StatType type) const {
    const std::optional<Figure> figure = this->figure(metric);
    if (!figure || !is_measured_ || coverage.slots == 0) return std::nullopt;
    const bool shows_zero = readings_.off_samples == OffSamples::zero;
    if (coverage.is_empty() && readings_.off_samples == OffSamples::minus_one) return -1;
    if (coverage.is_empty() && !shows_zero) return std::nullopt;
    LoadTotals totals;
    const LoadCurve curve(seed_, thing_, figure->channel);
    for (const SlotRange& range : coverage.ranges) {
        const std::uint64_t slots = range.end - range.first;
        figure->span == 0 ? totals.add({slots, 0, 0, 0, 0}) : totals.add(curve.over(range));
    }
    if (shows_zero && totals.count < coverage.slots) {
        totals.min = 0;
        totals.count = coverage.slots;
        const bool ends_off =
            coverage.is_empty() || coverage.ranges.back().end * kSlotSeconds < coverage.end_s;
        if (ends_off) totals.last = 0;
    }
    const std::int64_t count = to_signed(totals.count);
    if (type == StatType::count) return count;
    if (metric == Metric::running_us) return running(coverage, type);
    switch (type) {
        case StatType::sum:
            return count * figure->low + scaled(figure->span, totals.sum);
        case StatType::min:
            return figure->low + scaled(figure->span, totals.min);
        case StatType::max:
            return figure->low + scaled(figure->span, totals.max);
        case StatType::avg:
            return figure->low + scaled(figure->span, totals.sum) / count;
        default:
            return figure->low + scaled(figure->span, totals.last);
    }
}

}  // namespace pf::sim
