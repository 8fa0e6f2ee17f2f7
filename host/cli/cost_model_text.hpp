// A cost model as people and programs see it.
#pragma once

#include <string>

#include "host/cost/model/cost_model.hpp"

namespace pf::host::cli {

// Every value that counts, stated or by default, one line each: its place and what it is.
std::string cost_model_table(const cost::CostModel& model);
// The same as indented JSON text of an object with the key "model".
std::string cost_model_json(const cost::CostModel& model);

}  // namespace pf::host::cli
