#pragma once
// JSON values that no honest server sends, or that few readers expect.

#include <string>

#include "tests/prism_sim/gate/faults.hpp"

namespace pf::sim {

/// The value a fault puts in place of a field. Its size follows from Fault::bytes where it has one:
/// digits, characters, levels or keys.
std::string odd_value(const Fault& fault);

}  // namespace pf::sim
