#pragma once
// What is measured of the things of the site. One generator for every API: a figure follows from
// seed, thing, metric and time alone, so any window, order or page shows the same. Tests take it as
// the truth that an answer is held against. Any thread.

#include <cstdint>
#include <optional>
#include <vector>

#include "tests/prism_sim/model/load_curve.hpp"
#include "tests/prism_sim/model/power_history.hpp"
#include "tests/prism_sim/model/sample_slots.hpp"
#include "tests/prism_sim/model/world.hpp"
#include "tests/prism_sim/statistics_readings.hpp"

namespace pf::sim {

enum class Measured : std::uint8_t { vm, esxi_vm, host, cluster, container, volume_group };

/// A thing: the serial of a VM, or an index into the world's vector.
struct Subject {
    Measured kind = Measured::vm;
    std::uint32_t index = 0;
};

/// What can be measured; not every thing has each. Units are in the names.
enum class Metric : std::uint8_t {
    cpu_usage_ppm,
    cpu_ready_ppm,
    vcpus_used_ppm,
    cpu_usage_hz,
    cpu_capacity_hz,
    memory_usage_ppm,
    memory_usage_bytes,
    memory_capacity_bytes,
    iops,
    read_iops,
    write_iops,
    bandwidth_kilobytes,
    read_bandwidth_kilobytes,
    write_bandwidth_kilobytes,
    latency_us,
    read_latency_us,
    write_latency_us,
    received_bytes,     ///< In 30 seconds.
    transmitted_bytes,  ///< In 30 seconds.
    running_us,
    user_bytes,
    snapshot_bytes,
    disk_capacity_bytes,
    disk_usage_ppm,
    storage_capacity_bytes,
    storage_usage_bytes,
    storage_free_bytes,
    replication_factor,
    power_watt,
    health_score,
};

/// Which base samples a stretch of time has, and how long the thing ran in it.
struct Coverage {
    std::vector<SlotRange> ranges;
    std::uint64_t slots = 0;            ///< All that there could be.
    std::uint64_t running_seconds = 0;  ///< Within these slots.
    std::uint64_t end_s = 0;            ///< Where the last of these slots ends.
    [[nodiscard]] bool is_empty() const { return ranges.empty(); }
};

/// Everything about one thing that its figures are made of.
class Meter {
  public:
    Meter(const World& world, const StatisticsReadings& readings, const Subject& subject,
          std::uint64_t now_s);

    /// False for what has never been measured: it is new.
    [[nodiscard]] bool is_measured() const { return is_measured_; }
    /// False where the thing has no such figure at all.
    [[nodiscard]] bool has(Metric metric) const;
    /// What there is of [from_s, to_s).
    [[nodiscard]] Coverage cover(std::uint64_t from_s, std::uint64_t to_s) const;
    /// The figure of such a stretch; nothing where there is no sample of it.
    [[nodiscard]] std::optional<std::int64_t> read(Metric metric, const Coverage& coverage,
                                                   StatType type) const;
    /// The figure of what is stored, which does not need the thing to run; nothing for others.
    [[nodiscard]] std::optional<std::int64_t> standing(Metric metric) const;
    [[nodiscard]] const PowerHistory& power() const { return power_; }

  private:
    // A load between nothing and `span`, or a figure that stands still at `low`.
    struct Figure {
        std::uint32_t channel = 0;
        std::int64_t low = 0, span = 0;
    };
    struct Size {
        std::int64_t cpus = 1, hertz = 0, memory = 0, disk = 0, used = 0;
    };
    [[nodiscard]] std::optional<Figure> figure(Metric metric) const;
    [[nodiscard]] std::optional<Figure> processor_figure(Metric metric) const;
    [[nodiscard]] std::optional<Figure> traffic_figure(Metric metric) const;
    [[nodiscard]] std::optional<Figure> storage_figure(Metric metric) const;
    [[nodiscard]] std::int64_t running(const Coverage& coverage, StatType type) const;
    void measure_vm(const World& world, std::uint64_t now_s);
    void measure_site(const World& world);

    std::uint64_t seed_ = 0, thing_ = 0, created_s_ = 0;
    Subject subject_;
    StatisticsReadings readings_;
    bool is_measured_ = true;
    Size size_;
    PowerHistory power_ = PowerHistory::always();
};

class Statistics {
  public:
    /// `world` must outlive the object. What is now is taken once, so that the past stays as it is.
    Statistics(const World& world, const StatisticsReadings& readings);

    [[nodiscard]] const StatisticsReadings& readings() const { return readings_; }
    /// Seconds since 1970.
    [[nodiscard]] std::uint64_t now_s() const;
    [[nodiscard]] Meter meter(const Subject& subject) const {
        return {world_, readings_, subject, began_s_};
    }
    /// The exact seconds a VM ran in [from_s, to_s).
    [[nodiscard]] std::uint64_t running_seconds(std::uint32_t vm, std::uint64_t from_s,
                                                std::uint64_t to_s) const;
    /// The samples of this window as this thing shows them: with gaps, out of order, twice, where
    /// the readings say so. `slots` are those of sample_slots().
    [[nodiscard]] std::vector<SampleSlot> spoiled(const Subject& subject,
                                                  std::vector<SampleSlot> slots) const;
    /// The figure of a sample as it is shown: the meter's, or a mark for none.
    [[nodiscard]] std::optional<std::int64_t> shown(const Subject& subject, const Meter& meter,
                                                    Metric metric, const SampleSlot& slot,
                                                    const Coverage& coverage, StatType type) const;

  private:
    const World& world_;
    const StatisticsReadings readings_;
    const std::uint64_t began_s_;
};

}  // namespace pf::sim
