#include "host/services/shape_plan.hpp"

#include <array>

namespace pf::host::services {
namespace {

constexpr std::array<std::string_view, 7> class_names{
    "machine",     "cluster",          "host", "volume_group", "recovery_point",
    "floating_ip", "storage_container"};

constexpr std::uint8_t machine = bit_of(ShapeClass::machine);
constexpr std::uint8_t cluster = bit_of(ShapeClass::cluster);
constexpr std::uint8_t host = bit_of(ShapeClass::host);
constexpr std::uint8_t group = bit_of(ShapeClass::volume_group);
constexpr std::uint8_t point = bit_of(ShapeClass::recovery_point);
constexpr std::uint8_t container = bit_of(ShapeClass::storage_container);
constexpr std::uint8_t any = 0x7F;

constexpr std::array<std::string_view, 3> disk_parts{"bytes", "container", "container_name"};
constexpr std::array<std::string_view, 4> gpu_parts{"model", "mode", "profile_bytes", "card_bytes"};
constexpr std::array<std::string_view, 2> category_parts{"key", "value"};

using F = ShapeField;
using Form = ShapeForm;
constexpr std::array<ShapeFieldRule, shape_field_count> rules{{
    {F::cluster, "cluster", Form::text, any, cluster | host | container, {}, 0},
    {F::cluster_name, "cluster_name", Form::text, any, 0, {}, 0},
    {F::project, "project", Form::text, any, 0, {}, 0},
    {F::owner, "owner", Form::text, any, 0, {}, 0},
    {F::machine, "machine", Form::text, point, 0, {}, 0},
    {F::os, "os", Form::text, machine, 0, {}, 0},
    {F::host, "host", Form::text, machine, 0, {}, 0},
    {F::created, "created", Form::time, any, 0, {}, 0},
    {F::on, "on", Form::states, machine, machine, {}, 0},
    {F::flash, "flash", Form::truth, group | container, 0, {}, 0},
    {F::vcpus, "vcpus", Form::number, machine, machine, {}, 0},
    {F::cores, "cores", Form::number, machine | cluster | host, host, {}, 0},
    {F::nodes, "nodes", Form::number, cluster, cluster, {}, 0},
    {F::replication_factor, "replication_factor", Form::number, cluster | container, 0, {}, 0},
    {F::memory_bytes,
     "memory_bytes",
     Form::number,
     machine | cluster | host,
     machine | host,
     {},
     0},
    {F::used_bytes, "used_bytes", Form::number, machine | group | container, 0, {}, 0},
    {F::snapshot_bytes, "snapshot_bytes", Form::number, machine | point, 0, {}, 0},
    {F::raw_bytes, "raw_bytes", Form::number, cluster | host, 0, {}, 0},
    {F::capacity_bytes, "capacity_bytes", Form::number, container, 0, {}, 0},
    {F::disks, "disks", Form::list, machine | group, machine | group, disk_parts, 1},
    {F::gpus, "gpus", Form::list, machine, 0, gpu_parts, 1},
    {F::categories, "categories", Form::list, any, 0, category_parts, 2},
}};

}  // namespace

std::span<const ShapeFieldRule> shape_field_rules() noexcept { return rules; }

const ShapeFieldRule& rule_of(ShapeField field) noexcept {
    return rules[static_cast<std::size_t>(field)];
}

std::string_view name_of(ShapeClass shape_class) noexcept {
    return class_names[static_cast<std::size_t>(shape_class)];
}

std::optional<ShapeClass> shape_class_of(std::string_view name) noexcept {
    for (std::size_t i = 0; i < class_names.size(); ++i) {
        if (class_names[i] == name) {
            return static_cast<ShapeClass>(i);
        }
    }
    return std::nullopt;
}

}  // namespace pf::host::services
