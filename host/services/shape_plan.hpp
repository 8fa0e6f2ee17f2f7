// ShapePlan: how a resource of one type is charged: which of its facts count, and where in its row
// they stand.
//
// A descriptor carries it as outputs[].shape; the loader checks it, host/cost follows it. The lists
// of classes, fields and parts are closed: what is charged is the host's business, where it stands
// is the module's.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pf::host::services {

// What kind of thing is charged. The names are those of descriptors and of pf.shapes/1.
enum class ShapeClass : std::uint8_t {
    machine,
    cluster,
    host,
    volume_group,
    recovery_point,
    floating_ip,
    storage_container,
};

// A fact of a shape, grouped by form. The order within a form is that of Shape's members.
enum class ShapeField : std::uint8_t {
    // Texts.
    cluster,
    cluster_name,
    project,
    owner,
    machine,  // of a recovery point: the machine it was made of
    os,
    host,
    // Numbers; `created` in UTC seconds, truths as 0 and 1.
    created,
    on,
    flash,
    vcpus,
    cores,
    nodes,
    replication_factor,
    memory_bytes,
    used_bytes,
    snapshot_bytes,
    raw_bytes,
    capacity_bytes,
    // Lists.
    disks,
    gpus,
    categories,
};

inline constexpr std::size_t shape_text_count = 7;
inline constexpr std::size_t shape_number_count = 12;
inline constexpr std::size_t shape_field_count = 22;

// How a field's value is written in a row.
enum class ShapeForm : std::uint8_t {
    text,
    time,    // RFC 3339
    states,  // a text of which some values mean yes and some no
    truth,   // a boolean
    number,  // a whole number that is not negative
    list,
};

// One entry of the closed lists, and the list of all.
struct ShapeFieldRule {
    ShapeField field;
    std::string_view name;
    ShapeForm form;
    std::uint8_t may;   // bits of ShapeClass that may have it
    std::uint8_t must;  // bits of those that cannot be charged without it
    // Of lists: names of the parts of an element, the needed ones first.
    std::span<const std::string_view> parts;
    std::size_t needed_parts;
};
std::span<const ShapeFieldRule> shape_field_rules() noexcept;
const ShapeFieldRule& rule_of(ShapeField field) noexcept;

// The bit of a class in ShapeFieldRule, and of a field in a set of fields.
constexpr std::uint8_t bit_of(ShapeClass shape_class) noexcept {
    return static_cast<std::uint8_t>(1u << static_cast<unsigned>(shape_class));
}
constexpr std::uint32_t bit_of(ShapeField field) noexcept {
    return 1u << static_cast<unsigned>(field);
}

std::string_view name_of(ShapeClass shape_class) noexcept;
// Nothing when there is no such class.
std::optional<ShapeClass> shape_class_of(std::string_view name) noexcept;

// Where one fact stands.
struct ShapeSource {
    // A part of a list's elements.
    struct Part {
        std::string name;
        std::vector<std::string> path;  // inside the element
    };
    ShapeField field = ShapeField::cluster;
    std::vector<std::string> path;  // inside the resource: {"data", "hardware", "core"}
    bool is_gib = false;            // a number of GiB, also a broken one, instead of bytes
    std::vector<std::string> yes;   // of states; any other text is not known
    std::vector<std::string> no;
    std::vector<std::string> sum;    // the path leads to a list: the sum of this in its elements
    std::vector<Part> parts;         // of a list
    std::vector<std::string> where;  // only elements in which this...
    std::string is;                  // ...is this text; empty path: all

    // The key of `data` without which the fact is not known; empty outside of data.
    std::string_view data_key() const noexcept {
        return path.size() > 1 && path.front() == "data" ? std::string_view(path[1])
                                                         : std::string_view();
    }
};

// How an output's resources are charged.
struct ShapePlan {
    ShapeClass shape_class = ShapeClass::machine;
    std::vector<ShapeSource> sources;
};

}  // namespace pf::host::services
