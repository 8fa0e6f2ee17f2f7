// Server: one listener with one role, as CloudForet expects a plugin.
//
//     auto server = Server::start({.address = "0.0.0.0:50051", .version = "0.9.0"},
//     std::move(role)); if (!server) { ... server.status() says why ... }
//     ... wait for a signal ...
//     (*server)->shutdown(std::chrono::seconds(20));
//
// Beside the role's services it serves reflection (v1alpha, always), health and
// spaceone.api.core.v1.ServerInfo. Plain text, as CloudForet's supervisor expects.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "host/base/status.hpp"
#include "host/cloudforet/roles/role.hpp"

namespace pf::host::cloudforet {

struct ServerOptions {
    std::string address = "0.0.0.0:50051";  // port 0 lets the system choose
    std::string version;                    // what ServerInfo.get_version answers
    CallObserver on_call;                   // may be empty
    std::uint32_t max_threads = 192;  // of this listener: one per call in progress, and few more
};

class Server {
  public:
    // Listens and serves from now on. INVALID_ARGUMENT (ERROR_LISTEN_ADDRESS) for an address that
    // is none, FAILED_PRECONDITION (ERROR_LISTEN) with the system's reason when it cannot be had.
    static Result<std::unique_ptr<Server>> start(ServerOptions options, std::unique_ptr<Role> role);
    // As shutdown without grace.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // The port that was taken, also when the system chose it.
    std::uint16_t port() const noexcept;
    // "host:port" with that port.
    const std::string& address() const noexcept;
    // Calls of the role in progress.
    std::size_t active_calls() const;

    // Takes no new calls, lets those in progress run for `grace`, then cuts them (they end ABORTED,
    // ERROR_COLLECT_INTERRUPTED), and closes what is still open five seconds later. Blocks until
    // all handlers have returned. Safe from any thread, not from a signal handler; once is enough.
    void shutdown(std::chrono::milliseconds grace);

  private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace pf::host::cloudforet
