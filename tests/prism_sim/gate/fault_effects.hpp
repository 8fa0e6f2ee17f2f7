#pragma once
// What a fault does to an answer or to its delivery.

#include "tests/prism_sim/gate/faults.hpp"
#include "tests/prism_sim/net/message.hpp"

namespace pf::sim {

/// The login page a gateway sends in place of JSON.
std::string_view login_page();
/// The page of a gateway that reached nobody behind it.
void write_gateway_page(Response& response, std::uint32_t status);
/// Applies a fault that spoils the delivery of a finished answer.
void spoil_delivery(const Fault& fault, Response& response);

}  // namespace pf::sim
