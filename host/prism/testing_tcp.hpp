// A TCP server for tests, without TLS: what stands where a Prism Central should, or before it.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace pf::host::prism::testing {

// One accepted connection.
class Wire {
  public:
    explicit Wire(int fd) : fd_(fd) {}
    void send(const std::string& bytes);
    // What comes next, at most `limit` bytes; empty when the client is gone.
    std::string receive(std::size_t limit = 16384);
    // Everything up to and with "\r\n\r\n", or less when the client goes away before.
    std::string receive_head();
    int fd() const { return fd_; }

  private:
    int fd_;
};

// Listens on a free port of 127.0.0.1; one thread per connection runs the script, and the
// connection ends with it.
class TcpServer {
  public:
    using Script = std::function<void(Wire&)>;
    explicit TcpServer(Script script);
    ~TcpServer();
    TcpServer(const TcpServer&) = delete;
    TcpServer& operator=(const TcpServer&) = delete;
    std::uint16_t port() const { return port_; }

  private:
    void accept_all();

    Script script_;
    int listener_;
    std::uint16_t port_ = 0;
    std::mutex mutex_;
    bool is_over_ = false;
    std::vector<int> open_;
    std::list<std::thread> threads_;
    std::thread acceptor_;
};

}  // namespace pf::host::prism::testing
