#pragma once
// What makes two requests the same: method, path, query in any order, body as JSON.

#include <string>

#include "tests/prism_sim/net/message.hpp"

namespace pf::sim {

/// Equal texts for requests that ask the same.
std::string request_key(const Request& request);

}  // namespace pf::sim
