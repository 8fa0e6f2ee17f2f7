// The part `notify` of a configuration.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "host/app/config_values.hpp"
#include "host/app/notification_channel.hpp"

namespace pf::host::app {

// JSON text of the schema of this part.
const char* notify_schema_text() noexcept;

// Reads a value that the schema allows. Throws WrongConfig.
NotifyConfig read_notify(ConfigValues& values, const nlohmann::json& value);

}  // namespace pf::host::app
