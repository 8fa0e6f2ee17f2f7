// RowOutput: where a call puts its finished batches. Several calls of a run share one.
#pragma once

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/encoding/row_batch.hpp"

namespace pf::host::services {

class RowOutput {
  public:
    virtual ~RowOutput() = default;
    // Takes the batch; blocks while the receiver is behind, wakes on stop. UNAVAILABLE
    // (ERROR_RECEIVER_GONE) when nobody takes rows any more. Safe from any thread.
    virtual Status push(encoding::RowBatch batch, const Stop& stop) = 0;
    // An empty block for the next batch, with memory of one that was sent, if there is any.
    virtual encoding::Block spare() = 0;
};

}  // namespace pf::host::services
