// Telling a broken connection from one that was shut down on purpose.
#pragma once

#include <string>

#include "host/base/stop.hpp"
#include "host/prism/failure.hpp"
#include "host/prism/target.hpp"
#include "host/prism/watchdog.hpp"

namespace pf::host::prism {

// What a failure that looks like a broken connection (`otherwise`) really was: the deadline or the
// Stop that made `watch` shut the socket down, when one did.
Failed why_woken(const Watch& watch, const Stop& stop, const Limits& limits,
                 const std::string& otherwise);

}  // namespace pf::host::prism
