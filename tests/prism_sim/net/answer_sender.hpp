#pragma once
// Puts one answer on the wire, with the faults its delivery asks for.

#include <string>

#include "tests/prism_sim/net/live_connections.hpp"
#include "tests/prism_sim/net/message.hpp"

namespace Poco::Net {
class StreamSocket;
}

namespace pf::sim {

/// Sends status line, headers and body. Returns false if the connection must not be used again.
/// Throws Poco exceptions when the peer is gone.
bool send_answer(Poco::Net::StreamSocket& socket, const Response& response, bool is_head,
                 bool is_keep_alive, LiveConnections& live);

}  // namespace pf::sim
