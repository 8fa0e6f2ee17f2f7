// StatusServer: a port for probes, Prometheus and people. It answers GET and HEAD, and nothing that
// it answers is secret; by default nobody asks for it.
//
//     auto server = StatusServer::start("127.0.0.1:8080", {{"/healthz", [] { ... }}});
//
// A server on a loopback address answers only requests that name a loopback host, so that no page
// of a browser on the same machine can read it under a name of its own.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "host/base/status.hpp"

namespace pf::host::observe {

struct StatusAnswer {
    int status = 200;
    std::string type;  // "application/json"
    std::string body;
};

// Called from the server's threads, several at once. What it throws becomes a 500 without details.
using StatusPage = std::function<StatusAnswer()>;

class StatusServer {
  public:
    // Serves `pages`, by path, from now on. INVALID_ARGUMENT (ERROR_LISTEN_ADDRESS) for an address
    // that is none, FAILED_PRECONDITION (ERROR_LISTEN) with the system's reason when it cannot be
    // had.
    static Result<std::unique_ptr<StatusServer>> start(const std::string& address,
                                                       std::map<std::string, StatusPage> pages);
    // Closes the port; waits for answers that are being written.
    ~StatusServer();
    StatusServer(const StatusServer&) = delete;
    StatusServer& operator=(const StatusServer&) = delete;

    // "host:port", with the port that was taken, also when the system chose it.
    const std::string& address() const noexcept;

  private:
    struct State;
    explicit StatusServer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace pf::host::observe
