#pragma once
// The simulated Prism Central without a network: a request in, an answer out.
// Server uses it behind TLS; unit tests call answer() directly. All members may be called from any
// thread.

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

#include "tests/prism_sim/config.hpp"
#include "tests/prism_sim/gate/faults.hpp"
#include "tests/prism_sim/gate/login_burst.hpp"
#include "tests/prism_sim/gate/rate_limit.hpp"
#include "tests/prism_sim/gate/request_stats.hpp"
#include "tests/prism_sim/gate/retry_orders.hpp"
#include "tests/prism_sim/gate/sessions.hpp"
#include "tests/prism_sim/model/alert_book.hpp"
#include "tests/prism_sim/model/permissions.hpp"
#include "tests/prism_sim/model/statistics.hpp"
#include "tests/prism_sim/model/vm_roster.hpp"
#include "tests/prism_sim/model/world.hpp"
#include "tests/prism_sim/replay/replay.hpp"
#include "tests/prism_sim/v2/service.hpp"
#include "tests/prism_sim/v3/service.hpp"
#include "tests/prism_sim/v4/service.hpp"

namespace pf::sim {

class Simulation {
  public:
    /// Throws std::invalid_argument for a config that makes no sense, CaptureError for a capture
    /// that cannot be replayed.
    explicit Simulation(const Config& config);

    /// Fills `response`, which is reset first.
    void answer(const Request& request, Response& response);

    [[nodiscard]] const World& world() const { return world_; }
    [[nodiscard]] VmRoster& roster() { return roster_; }
    /// What every figure is held against.
    [[nodiscard]] const Statistics& statistics() const { return statistics_; }
    [[nodiscard]] AlertBook& alerts() { return alerts_; }
    [[nodiscard]] Sessions& sessions() { return sessions_; }
    [[nodiscard]] FaultTable& faults() { return faults_; }
    /// Null unless a capture is replayed.
    [[nodiscard]] const Replay* replay() const { return replay_.get(); }
    /// Counters of requests and VMs; those of connections are the listener's.
    [[nodiscard]] Stats stats() const;
    /// What GET /sim/stats shows; the listener adds its own counters here.
    void set_stats_source(std::function<Stats()> source) { stats_source_ = std::move(source); }

  private:
    void answer_api(const Request& request, Response& response);
    void answer_control(const Request& request, Response& response);
    void steer_alerts(std::string_view lines, Response& response);
    void change_request(const Fault& fault, const Request& request,
                        std::optional<Request>& changed);
    bool answer_by_fault(const Fault& fault, const Request& request, Response& response);
    void redirect(const Fault& fault, const Request& request, Response& response);
    void spoil(const Fault& fault, const Request& request, Response& response);
    void add_retry_after(const Request& request, std::string_view wish, Response& response);
    bool begin_login(Admission admission, const Request& request, Response& response);
    bool admit(const Request& request, Response& response);
    void refuse_credential(const Request& request, Response& response) const;
    void refuse_permission(const Request& request, Response& response) const;
    void refuse_rate(const Request& request, Response& response, std::uint32_t status,
                     std::string_view retry_after);
    void route(const Request& request, Response& response);
    void churn_after(bool is_vm_list);
    void add_usual_headers(const Request& request, Response& response) const;

    const Config config_;
    const World world_;
    const Permissions permissions_;
    VmRoster roster_;
    const Statistics statistics_;
    AlertBook alerts_;
    Sessions sessions_;
    RateLimit rate_limit_;
    LoginBurst login_burst_;
    std::atomic<std::uint32_t> redirects_left_;
    RetryOrders retry_orders_;
    FaultTable faults_;
    RequestStats stats_;
    V2Service v2_;
    V4Service v4_;
    V3Service v3_;
    std::atomic<std::uint64_t> vm_lists_{0};
    std::unique_ptr<Replay> replay_;
    std::function<Stats()> stats_source_;
};

}  // namespace pf::sim
