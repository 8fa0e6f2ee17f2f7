// ChargeSink: where cost records go: pages for CloudForet, a report, a file.
#pragma once

#include "host/base/status.hpp"
#include "host/cost/charge.hpp"

namespace pf::host::cost {

class ChargeSink {
  public:
    virtual ~ChargeSink() = default;
    // Takes a record; its texts are copied where they are kept. May block: that is the
    // back-pressure. Not OK: the record cannot be taken or the receiver is gone; what makes the
    // records gives up with this status. Called from one thread.
    virtual Status add(const Charge& charge) = 0;
};

}  // namespace pf::host::cost
