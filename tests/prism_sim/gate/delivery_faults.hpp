#pragma once
// Faults in the way an answer travels.

#include "tests/prism_sim/gate/faults.hpp"
#include "tests/prism_sim/net/message.hpp"

namespace pf::sim {

/// Applies a fault of the stage `delivery`: tells the listener how to send the answer.
void spoil_delivery(const Fault& fault, Delivery& delivery);

}  // namespace pf::sim
