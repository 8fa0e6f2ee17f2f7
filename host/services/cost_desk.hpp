// CostDesk: where a cost handler finds shapes and leaves records and lines.
#pragma once

#include "host/base/status.hpp"
#include "host/services/desk.hpp"
#include "prismforet/abi/charges.h"
#include "prismforet/abi/types.h"

namespace pf::host::services {

// All functions are called from the thread that runs the handler. The first one that fails ends the
// calculation, whatever the handler makes of it; OUT_OF_RANGE from next() is no failure.
class CostDesk : public Desk {
  public:
    // Back to the first shape.
    virtual Status rewind() = 0;
    // The next shape, readable on the calling thread until the following next or rewind.
    // OUT_OF_RANGE after the last.
    virtual Status next(pf_val& shape) = 0;
    // Takes a record that charge_rules.hpp has found good.
    virtual Status record(const pf_charge& charge) = 0;
    // Takes a line of an explanation.
    virtual Status line(const pf_cost_line& line) = 0;
    // Whether a record may be billed on this day.
    virtual bool has_day(std::string_view date) const = 0;
};

}  // namespace pf::host::services
