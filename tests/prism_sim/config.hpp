#pragma once
// What a simulated Prism Central is made of and how it behaves.
// Fill the fields that matter and hand it to Simulator (server.hpp); every field has a usable
// default. The same seed and sizes give the same ids, names and relations on every machine.

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/prism_sim/readings.hpp"
#include "tests/prism_sim/statistics_readings.hpp"

namespace pf::sim {

/// What is wrong with the server's certificate.
enum class CertificateFlaw : std::uint8_t {
    none,
    expired,
    not_yet_valid,
    wrong_host,
    self_signed,     ///< Signed by its own key; Simulator::ca_pem() has nothing to do with it.
    unknown_ca,      ///< Signed by another CA than Simulator::ca_pem().
    weak_key,        ///< RSA with 1024 bits.
    weak_signature,  ///< SHA-1.
};
/// The flaw called `name` ("not-yet-valid"). Throws std::invalid_argument.
CertificateFlaw certificate_flaw(const std::string& name);

struct Config {
    // World
    std::uint64_t seed = 7;
    std::uint32_t vms = 500;
    std::uint32_t clusters = 4;  ///< AOS clusters, 1 to 1000; Prism Central adds its own entry.
    std::uint32_t hosts_per_cluster = 4;  ///< 1 to 64.
    std::uint32_t esxi_vms = 0;           ///< With any, the last quarter of the clusters is ESXi.
    std::uint32_t recovery_points = 40;   ///< Of single VMs; some stand in one for several.
    std::uint32_t templates = 3;
    std::uint32_t containers = 0;      ///< Storage containers in all; at least three per cluster.
    std::uint32_t volume_groups = 64;  ///< VMs are attached to the first 64.
    std::uint32_t subnets = 0;         ///< 0: three VLANs per cluster and four overlays.
    std::uint32_t floating_ips = 8;
    std::uint32_t security_policies = 6;
    std::string pc_version = "7.6";  ///< 2022.6 (v3 only), 2023.3, 2024.1 (betas), 2024.3 to 7.6.
    PcSize pc_size = PcSize::small;
    bool prism_element = false;  ///< A cluster's own Prism: v2 and part of v3 of one cluster.
    std::uint32_t clusterless_vms = 0;  ///< Percent of VMs that name no cluster.
    bool unknown_enums = false;  ///< Some VMs carry a power state the v4 model does not know.

    // Replay
    std::string replay{};    ///< A capture file (docs/capture.md) to answer with instead.
    int replay_target = -1;  ///< Which of its targets; -1: the only one.

    // Listening
    std::string listen = "127.0.0.1";
    std::uint16_t port = 0;          ///< 0 lets the system choose; read Simulator::port().
    std::vector<std::string> san{};  ///< More names or addresses for the server certificate.
    CertificateFlaw certificate = CertificateFlaw::none;
    std::string newest_tls = "1.3";       ///< 1.1, 1.2 or 1.3; 1.1 is served only when it is named.
    std::uint32_t max_threads = 160;      ///< One thread per open connection.
    std::chrono::seconds keep_alive{75};  ///< An idle connection is closed after this.

    // Accounts
    std::string user = "admin";
    std::string password = "nutanix/4u";
    std::string api_key{};              ///< Empty: API keys are refused.
    std::chrono::seconds session{900};  ///< Life of a session cookie.
    std::uint32_t session_requests =
        0;                          ///< A cookie dies after so many requests; 0: no such limit.
    bool json_auth_errors = false;  ///< v4 401 and 403 carry a JSON body instead of none.

    // Behaviour
    bool serve_v3 = true;
    EmptyData empty_data = EmptyData::absent;
    OverLimit over_limit = OverLimit::refused;
    BehindEnd behind_end = BehindEnd::empty;
    bool refuse_filters = false;
    std::chrono::milliseconds latency{0};  ///< Added to every answer under /api.
    std::uint32_t churn_every =
        0;                  ///< After so many VM list requests a VM goes or comes; 0: never.
    double rate_limit = 0;  ///< Requests per second, then 429; 0: no limit.
    bool rate_limit_of_size = false;    ///< The published limit of pc_size.
    std::string retry_after{};          ///< Text of Retry-After on 429; empty: no header.
    std::vector<std::string> faults{};  ///< NAME[@PAGE][:RATE][:key=value]..., see README.md.

    // Webhooks
    std::vector<std::string> webhooks{};  ///< URLs to which each change of an alert is posted.
    WebhookForm webhook_form = WebhookForm::v3;
    std::chrono::milliseconds webhook_pause{1000};  ///< Before a post that failed is repeated.

    // Where Prism Centrals differ, and what nobody has verified
    V4Readings v4{};
    V3Readings v3{};
    AccessReadings access{};
    StatisticsReadings statistics{};
};

}  // namespace pf::sim
