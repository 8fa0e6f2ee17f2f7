// A TLS server for tests that says exactly the bytes a test wants it to say. One thread per
// connection; a script decides about each request.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "host/prism/testing_certificates.hpp"

namespace pf::host::prism::testing {

struct Seen {
    std::string method;
    std::string path;
    std::map<std::string, std::string> headers;  // lower-case names
    std::string body;
    unsigned connection = 0;  // 1 for the first accepted one
    unsigned number = 0;      // of all requests, 1 for the first

    bool has(const std::string& name) const { return headers.contains(name); }
    std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

// The connection a request came over.
class Talk {
  public:
    explicit Talk(SSL* ssl) : ssl_(ssl) {}
    void send(std::string_view bytes);
    // Asks the client to shake hands again (TLS 1.2).
    void renegotiate();
    // A proper end of the TLS connection.
    void close();
    // Ends TCP without an end of TLS, as a crash would.
    void tear();
    // Says nothing more until the client goes away or the server stops.
    void wait_until_client_leaves();
    bool closed() const { return closed_; }

  private:
    SSL* ssl_;
    bool closed_ = false;
};

// Called on connection threads, several at once.
using Script = std::function<void(const Seen&, Talk&)>;

class TestingServer {
  public:
    // `newest` is the newest TLS version it speaks, e.g. TLS1_1_VERSION; 0 = any.
    TestingServer(const ServerIdentity& identity, Script script, int newest = 0);
    ~TestingServer();
    TestingServer(const TestingServer&) = delete;
    TestingServer& operator=(const TestingServer&) = delete;

    std::uint16_t port() const { return port_; }
    unsigned connections() const { return connections_; }
    unsigned resumed() const { return resumed_; }
    // Handshakes that clients began.
    unsigned hellos() const { return hellos_; }
    std::vector<Seen> seen() const;

  private:
    void accept_all();
    void serve(int fd, unsigned connection);
    bool read_request(SSL* ssl, std::string& rest, Seen& seen);

    Script script_;
    SSL_CTX* context_;
    int listener_;
    std::uint16_t port_ = 0;
    std::atomic<unsigned> connections_{0};
    std::atomic<unsigned> resumed_{0};
    std::atomic<unsigned> hellos_{0};
    mutable std::mutex mutex_;
    bool stopping_ = false;
    std::vector<int> open_;
    std::vector<Seen> seen_;
    std::list<std::thread> threads_;
    std::thread acceptor_;
};

// A whole answer with Content-Length. `headers` are lines without CR LF.
std::string http(int status, std::string_view body, const std::vector<std::string>& headers = {});

}  // namespace pf::host::prism::testing
