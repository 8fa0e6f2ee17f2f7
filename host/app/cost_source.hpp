// Where a cost model comes from: the options of the plugin, before what the configuration names.
#pragma once

#include <string>
#include <string_view>

#include "host/app/config.hpp"
#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/cost/model/cost_model.hpp"

namespace pf::host::app {

// The beginning of a reference to a configuration that CloudForet keeps.
inline constexpr std::string_view config_reference = "config://";

// The model that applies. `options` is JSON text of the plugin's options, or empty. Its member
// cost_model is the model itself as an object or as YAML or JSON text, or "config://NAME"; it never
// names a file, as whoever sends options has no business with this machine's files. Without it the
// configuration's cost.model decides: a path, or "config://NAME".
//
// What CloudForet keeps is fetched anew by each call and not stored. A SharedConfig comes before a
// DomainConfig of the same name. Fails as read_cost_model does, with what CloudForet's services
// say, with ERROR_CONFIG_FILE for a file that cannot be read, and with FAILED_PRECONDITION
// (ERROR_COST_MODEL_MISSING) when nothing names a model.
Result<cost::CostModel> load_cost_model(const Config& config, std::string_view options,
                                        const Stop& stop = {});

}  // namespace pf::host::app
