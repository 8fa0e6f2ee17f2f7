// The part of a descriptor that says how a resource is charged: outputs[].shape.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "host/loader/strict_json.hpp"
#include "host/services/descriptor.hpp"

namespace pf::host::loader {

// The plan of `shape`, which fits the schema.
services::ShapePlan read_shape(const nlohmann::ordered_json& shape);

// Every broken rule of the plan of `output`, which has one; `path` is its place in the document.
std::vector<Problem> broken_shape_rules(const services::Output& output, const std::string& path);

}  // namespace pf::host::loader
