#pragma once
// What a gateway in front of Prism says when it, and not Prism, answers.

#include "tests/prism_sim/net/message.hpp"

namespace pf::sim {

/// The login page a gateway sends in place of JSON.
std::string_view login_page();
/// The page of a gateway that reached nobody behind it.
void write_gateway_page(Response& response, std::uint32_t status);

}  // namespace pf::sim
