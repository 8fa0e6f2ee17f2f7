// The outbox on the status port.
#pragma once

#include <functional>
#include <memory>

#include "host/app/status_pages.hpp"
#include "host/state/outbox.hpp"

namespace pf::host::app {

// The section "outbox": how many letters wait, were given up, delivered and dropped, and how long
// the oldest waits. `outbox` may be empty: then no outbox is used.
StatusSection outbox_section(std::shared_ptr<state::Outbox> outbox);

}  // namespace pf::host::app
