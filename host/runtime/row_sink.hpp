// RowSink: where finished rows go: a gRPC stream, a file, a table.
#pragma once

#include "host/encoding/row_batch.hpp"
#include "host/encoding/row_format.hpp"

namespace pf::host::runtime {

using encoding::RowBatch;

// All functions are called from the thread that called Inventory::collect.
class RowSink {
  public:
    virtual ~RowSink() = default;
    // The form in which this sink wants its rows; asked once.
    virtual encoding::RowFormat format() const = 0;
    // Takes the rows of one batch, in order; may block: that is the back-pressure. The batch's
    // memory may be kept by moving from it. False: the receiver is gone; no more will be offered.
    virtual bool write(RowBatch& batch) = 0;
    // True when the receiver went away. Asked at least every 100 ms while nothing is written.
    virtual bool is_gone() = 0;
};

}  // namespace pf::host::runtime
