// Acceptor: a listening TCP port on loopback and one thread for each connection to it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <thread>

#include "tests/fault_proxy/sockets.hpp"

namespace pf::test {

class Acceptor {
  public:
    // Serves one accepted connection on a thread of its own. It must return soon after `stop`
    // becomes readable (poll it beside the sockets).
    using Serve = std::function<void(Socket client, int stop)>;

    // Listens at once on `address`; port 0 is a free one. Throws std::system_error.
    explicit Acceptor(Serve serve, std::uint16_t port = 0,
                      const std::string& address = "127.0.0.1");
    // As stop().
    ~Acceptor();
    Acceptor(const Acceptor&) = delete;
    Acceptor& operator=(const Acceptor&) = delete;

    // The TCP port it listens on.
    std::uint16_t port() const { return port_; }
    // Connections accepted so far. Any thread.
    std::uint64_t connections() const { return connections_; }
    // Closes the port, wakes the connections and waits for their threads. Repeating it does
    // nothing.
    void stop();

  private:
    void accept_all();

    Serve serve_;
    Socket listener_;
    Socket stop_;
    std::uint16_t port_ = 0;
    std::atomic<std::uint64_t> connections_{0};
    std::list<std::thread> threads_;
    std::thread acceptor_;
};

}  // namespace pf::test
