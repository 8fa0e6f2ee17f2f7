#pragma once
// A simulated Prism Central inside this process: HTTPS with its own CA, on a free port, until
// destroyed. Use it in tests and benchmarks; the program prism-sim wraps the same class.
//
//   pf::sim::Simulator sim({.vms = 10000});
//   connect("127.0.0.1", sim.port(), sim.ca_pem(), "admin", "nutanix/4u");
//
// All members may be called from any thread. The destructor closes every connection and joins.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/prism_sim/config.hpp"

namespace pf::sim {

class AlertBook;

/// Counters since the start. A request under /sim is not counted.
struct Stats {
    std::uint64_t requests = 0;
    std::uint64_t logins = 0;          ///< Requests accepted by their Authorization header.
    std::uint64_t failed_logins = 0;   ///< Requests refused for a wrong Authorization or API key.
    std::uint64_t credentials = 0;     ///< Requests with a password or an API key, right or wrong.
    std::uint64_t burst_refusals = 0;  ///< Right credentials refused: too many logins at once.
    std::uint64_t cookie_requests = 0;
    std::uint64_t api_key_requests = 0;
    std::uint64_t stale_cookies = 0;  ///< 401 for an expired or unknown cookie.
    std::uint64_t rate_limited = 0;
    std::uint64_t early_retries = 0;  ///< Requests repeated before their Retry-After was over.
    std::uint64_t faults = 0;
    std::uint64_t in_flight_peak = 0;
    std::uint64_t body_bytes = 0;
    std::uint64_t sent_bytes = 0;  ///< Of answers, as far as the peer took them.
    std::uint64_t connections = 0;
    std::uint64_t tls_resumptions = 0;
    std::uint64_t vms = 0;  ///< VMs at this moment.
    std::uint64_t vms_created = 0;
    std::uint64_t vms_deleted = 0;
    /// Trace context as it was sent, "traceparent" or "traceparent|tracestate": requests. The first
    /// few thousand different ones.
    std::map<std::string, std::uint64_t> by_trace;
    std::uint64_t untraced = 0;                        ///< Requests without a traceparent.
    std::map<std::string, std::uint64_t> by_path;      ///< "GET /api/...": requests.
    std::map<std::uint32_t, std::uint64_t> by_status;  ///< HTTP status: answers.
};

class Simulator {
  public:
    /// Builds the world, makes the certificates and listens.
    /// Throws std::invalid_argument for a config that makes no sense, std::runtime_error if it
    /// cannot listen or a capture cannot be replayed.
    explicit Simulator(const Config& config = {});
    ~Simulator();
    Simulator(const Simulator&) = delete;
    Simulator& operator=(const Simulator&) = delete;

    /// The TCP port it listens on.
    [[nodiscard]] std::uint16_t port() const;
    /// The certificate of the CA that signed the server's certificate, PEM.
    [[nodiscard]] const std::string& ca_pem() const;
    /// SHA-256 of the server certificate (DER), 64 lower-case hex digits: what a pin compares with.
    [[nodiscard]] const std::string& certificate_sha256() const;
    /// extId of this Prism Central (domain manager and its own entry in the cluster list).
    [[nodiscard]] std::string prism_central_id() const;

    /// "capture=FILE requests=80" when a capture is replayed, else empty.
    [[nodiscard]] std::string replay_description() const;

    /// A copy of the counters.
    [[nodiscard]] Stats stats() const;
    /// The counters as one JSON object.
    [[nodiscard]] std::string stats_json() const;
    /// The alerts, to let things happen to them.
    [[nodiscard]] AlertBook& alerts();
    /// extIds of the VMs present now, in creation order.
    [[nodiscard]] std::vector<std::string> vm_ids() const;
    /// Those of them that the account may see.
    [[nodiscard]] std::vector<std::string> visible_vm_ids() const;

    /// One VM goes or comes, as --churn-every does.
    void churn();
    /// So many VMs get a GiB of memory more, spread over all of them, others with each call; their
    /// extIds.
    std::vector<std::string> edit_vms(std::size_t count);
    /// Every session cookie given so far is refused from now on.
    void expire_sessions();
    /// Replaces the faults. Throws std::invalid_argument for a fault that cannot be read.
    void set_faults(const std::vector<std::string>& faults);

    /// Closes every connection and the port. The counters stay readable. Repeating it does nothing.
    void stop();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace pf::sim
