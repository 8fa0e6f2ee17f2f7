// An alert that came or went, as a letter to CloudForet.
#pragma once

#include <optional>
#include <string>

#include "host/app/watch_config.hpp"
#include "host/runtime/events_source.hpp"
#include "host/state/outbox.hpp"

namespace pf::host::app {

// The letter; nothing for what this way cannot say. The key is the same whenever the same change of
// the same alert is told; the lane is the alert. `service_id` is for AlertWay::alert.
std::optional<state::Letter> alert_letter(const runtime::Occurrence& one, AlertWay way,
                                          const std::string& service_id);

}  // namespace pf::host::app
