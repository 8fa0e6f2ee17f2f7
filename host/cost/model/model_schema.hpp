// The one JSON Schema of the text of a cost model.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace pf::host::cost {

const nlohmann::json& cost_model_schema();

}  // namespace pf::host::cost
