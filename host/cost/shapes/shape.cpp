#include "host/cost/shapes/shape.hpp"

#include <algorithm>

namespace pf::host::cost {

bool assume(Shape& shape, Period period, std::int64_t now) noexcept {
    const std::int64_t created = shape.number(ShapeField::created);
    shape.from = created == Shape::none ? period.from : std::max(created, period.from);
    shape.to = std::min(period.to, now);
    shape.basis = Basis::assumed;
    return shape.from < shape.to;
}

void fill_unknown(Shape& shape, const Shape& before) {
    for (const services::ShapeFieldRule& rule : services::shape_field_rules()) {
        if ((shape.unknown & bit_of(rule.field)) == 0) {
            continue;
        }
        if (rule.field == ShapeField::disks) {
            shape.disks = before.disks;
        } else if (rule.field == ShapeField::gpus) {
            shape.gpus = before.gpus;
        } else if (rule.field == ShapeField::categories) {
            shape.categories = before.categories;
        } else if (rule.form == services::ShapeForm::text) {
            shape.text(rule.field) = before.text(rule.field);
        } else {
            shape.number(rule.field) = before.number(rule.field);
        }
    }
    shape.unknown &= before.unknown;
}

const services::ShapeFieldRule* missing_field(const Shape& shape) noexcept {
    for (const services::ShapeFieldRule& rule : services::shape_field_rules()) {
        if ((rule.must & bit_of(shape.shape_class)) != 0 &&
            (shape.unknown & bit_of(rule.field)) != 0) {
            return &rule;
        }
    }
    return nullptr;
}

}  // namespace pf::host::cost
