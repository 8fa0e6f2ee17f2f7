#pragma once
// Puts one answer on the wire, with the faults its delivery asks for.

#include "tests/prism_sim/net/byte_sink.hpp"
#include "tests/prism_sim/net/message.hpp"

namespace pf::sim {

/// Sends status line, headers and body. Returns false if the connection must not be used again.
/// Throws Poco exceptions when the peer is gone.
bool send_answer(ByteSink& sink, const Response& response, bool is_head, bool is_keep_alive);

}  // namespace pf::sim
