#pragma once
// The HTTPS side: connections, TLS, HTTP/1.1 with keep-alive, and the delivery an answer asks for.

#include <cstdint>
#include <memory>
#include <string>

#include "tests/prism_sim/config.hpp"
#include "tests/prism_sim/net/certificates.hpp"
#include "tests/prism_sim/simulation.hpp"

namespace pf::sim {

class Listener {
  public:
    /// Listens at once; throws std::runtime_error if it cannot. The references must outlive it.
    Listener(const Config& config, Simulation& simulation, const Certificates& certificates);
    /// As stop().
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// Adds the counters of connections to those of the simulation.
    [[nodiscard]] Stats stats() const;
    /// Breaks every connection, waits for their threads, closes the port.
    void stop();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace pf::sim
