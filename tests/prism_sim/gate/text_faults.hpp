#pragma once
// Faults in the bytes of a finished answer, whatever it says.

#include "tests/prism_sim/gate/faults.hpp"
#include "tests/prism_sim/net/message.hpp"

namespace pf::sim {

/// Applies a fault of the stage `text`.
void spoil_text(const Fault& fault, Response& response);

}  // namespace pf::sim
