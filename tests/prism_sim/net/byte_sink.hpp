#pragma once
// The way to the peer of one connection: blocking writes that are counted and can be cut short by
// the listener's stop.

#include <atomic>
#include <cstdint>
#include <string_view>

#include "tests/prism_sim/net/live_connections.hpp"

namespace Poco::Net {
class StreamSocket;
}

namespace pf::sim {

class ByteSink {
  public:
    /// The references must outlive it.
    ByteSink(Poco::Net::StreamSocket& socket, LiveConnections& live)
        : socket_(socket), live_(live) {}

    /// Sends all of it. Throws Poco exceptions when the peer is gone.
    void send(std::string_view text);
    /// Sends a pattern again and again until `bytes` are sent.
    void send_repeated(std::string_view pattern, std::uint64_t bytes);
    /// The next close of the connection resets it.
    void reset_on_close();
    /// Pauses and stops.
    [[nodiscard]] LiveConnections& live() { return live_; }

  private:
    Poco::Net::StreamSocket& socket_;
    LiveConnections& live_;
};

}  // namespace pf::sim
