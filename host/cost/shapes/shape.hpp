// Shape: what is charged for one resource over one segment of time.
//
// Its facts are those of services::ShapeField. A fact that the resource has not is absent; a fact
// that could not be found out is in `unknown`, and whoever keeps a history goes on with the value
// before. Plain values, no threads.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "host/services/shape_plan.hpp"

namespace pf::host::cost {

using services::ShapeClass;
using services::ShapeField;

// How the time of a segment is known: measured when observations enclose it.
enum class Basis : std::uint8_t { measured, assumed };

struct ShapeDisk {
    std::int64_t bytes = 0;  // provisioned
    std::string container;   // UUID; empty = not known
    std::string container_name;
    bool operator==(const ShapeDisk&) const = default;
};

struct ShapeGpu {
    std::string model;
    std::string mode;
    std::int64_t profile_bytes = -1;  // -1 = not known
    std::int64_t card_bytes = -1;
    bool operator==(const ShapeGpu&) const = default;
};

struct ShapeCategory {
    std::string key;
    std::string value;
    bool operator==(const ShapeCategory&) const = default;
};

struct Shape {
    // What a number is that the resource has not.
    static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::min();

    std::string id;       // reference.resource_id of the row
    std::string account;  // of the row: the target
    std::string kind;     // of the output
    std::string product;  // service_code of the output
    std::string name;
    std::string region;  // region_code of the row
    ShapeClass shape_class = ShapeClass::machine;
    Basis basis = Basis::assumed;
    std::int64_t from = 0;  // UTC seconds; the segment is [from, to)
    std::int64_t to = 0;
    std::uint32_t unknown = 0;  // bits of ShapeField
    std::array<std::string, services::shape_text_count> texts;
    std::array<std::int64_t, services::shape_number_count> numbers = no_numbers();
    std::vector<ShapeDisk> disks;
    std::vector<ShapeGpu> gpus;
    std::vector<ShapeCategory> categories;

    // A field that is a text; empty = absent.
    std::string& text(ShapeField field) { return texts[static_cast<std::size_t>(field)]; }
    const std::string& text(ShapeField field) const {
        return texts[static_cast<std::size_t>(field)];
    }
    // A field that is a number, a truth or a time; `none` = absent.
    std::int64_t& number(ShapeField field) { return numbers[number_index(field)]; }
    std::int64_t number(ShapeField field) const { return numbers[number_index(field)]; }

    bool operator==(const Shape&) const = default;

  private:
    static constexpr std::size_t number_index(ShapeField field) {
        return static_cast<std::size_t>(field) - services::shape_text_count;
    }
    static constexpr std::array<std::int64_t, services::shape_number_count> no_numbers() {
        std::array<std::int64_t, services::shape_number_count> all{};
        all.fill(none);
        return all;
    }
};

// A span of UTC seconds, half open.
struct Period {
    std::int64_t from = 0;
    std::int64_t to = 0;
};

// Sets the segment of a shape of which only the present is known: it is taken to have been so since
// it was created, or all the time when that is not known, and until `now`, within `period`. False:
// it was not there in the period. The basis is assumed.
bool assume(Shape& shape, Period period, std::int64_t now) noexcept;

// Takes what is unknown of `shape` from `before`, an observation of the same resource.
void fill_unknown(Shape& shape, const Shape& before);

// The first field that a shape of this class cannot be charged without and that is unknown; null
// when nothing is missing.
const services::ShapeFieldRule* missing_field(const Shape& shape) noexcept;

}  // namespace pf::host::cost
