// Which metrics there are of each kind of entity: what they are called and measured in, where each
// API has them, and what turns Prism's number into ours.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace monitoring {

enum class Kind : std::uint8_t { vm, esxi_vm, host, cluster, storage_container, volume_group };
inline constexpr std::size_t kind_count = 6;

enum class Api : std::uint8_t { v4, v3, v2 };

// How the samples of a period become one value.
enum class Aggregation : std::uint8_t { average, max, min, sum, last };

struct Metric {
    std::string_view key;    // "cpu_utilization", unique among those of a kind.
    std::string_view name;   // For people.
    std::string_view group;  // "CPU"
    std::string_view unit;   // "Percent"
    double factor = 1.0;     // Prism's number times this is in `unit`.
    std::string_view v4;     // Field of v4; below "stats/" for VMs.
    // Another field of v4 that says the same where the first has no value; empty: none.
    std::string_view v4_instead;
    // Attribute of v3's groups and metric of v2, which have the same names; empty: it has none.
    std::string_view older;

    constexpr std::string_view field(Api api) const noexcept { return api == Api::v4 ? v4 : older; }
};

// Those of a kind, in the order they are shown in.
std::span<const Metric> metrics_of(Kind kind) noexcept;
// The metric of a kind with this key; null if there is none.
const Metric* find_metric(Kind kind, std::string_view key) noexcept;

// The kind by the word in `data.nutanix_monitoring.entity_type`; nothing for other words.
std::optional<Kind> kind_named(std::string_view word) noexcept;
std::string_view kind_word(Kind kind) noexcept;

// AVERAGE, MAX, MIN, SUM or LAST; nothing for other words.
std::optional<Aggregation> aggregation_named(std::string_view word) noexcept;
// What v4 calls it in $statType, and v3 in `operation`.
std::string_view stat_type(Aggregation aggregation) noexcept;

}  // namespace monitoring
