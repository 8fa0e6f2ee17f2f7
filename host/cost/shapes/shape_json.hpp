// Shapes as JSON: what modules read through pf.shapes/1, and what the history keeps.
#pragma once

#include <string>
#include <string_view>

#include "host/base/status.hpp"
#include "host/cost/shapes/shape.hpp"
#include "host/services/document.hpp"

namespace pf::host::cost {

// One line: {"id":..,"kind":..,"class":..,"name":..,"product":..,"region":..,FACTS..,"from":..,
// "to":..,"basis":"measured"|"assumed"}. What is absent has no member; `on` and `flash` are
// booleans. Equal shapes give equal texts.
std::string shape_json(const Shape& shape);

// The same without id, from, to and basis, but with `created`: what does not change as long as
// nothing changes.
std::string facts_json(const Shape& shape);

// A shape of a text that facts_json() made; `document` is the memory to parse with. DATA_LOSS
// (ERROR_SHAPE_FACTS) when it is no such text.
Result<Shape> shape_of_facts(std::string_view text, services::Document& document);

}  // namespace pf::host::cost
