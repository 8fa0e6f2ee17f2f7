// EventDesk: where a handler of events finds documents and leaves what they tell; and the table of
// pf.event_feed/1, backed by it.
#pragma once

#include "host/base/status.hpp"
#include "host/services/desk.hpp"
#include "prismforet/abi/events.h"

namespace pf::host::services {

// All functions are called from the thread that runs the handler. The first one that fails ends the
// call, whatever the handler makes of it; OUT_OF_RANGE from next() is no failure.
class EventDesk : public Desk {
  public:
    // The next document, readable on the calling thread until the following next. OUT_OF_RANGE
    // after the last.
    virtual Status next(pf_val& document) = 0;
    // Takes one that event_rules.hpp has found good.
    virtual Status tell(const pf_event& event) = 0;
};

// Static. A call that is not about events is refused, and its module blamed.
const pf_event_feed& event_feed_table() noexcept;

}  // namespace pf::host::services
