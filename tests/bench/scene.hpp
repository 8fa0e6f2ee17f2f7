// Scene: a simulated Prism Central and the plugin, each in a process of its own on this machine.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "tests/bench/download.hpp"
#include "tests/bench/program.hpp"
#include "tests/bench/receiver.hpp"

namespace pf::bench {

struct SceneOptions {
    std::filesystem::path programs;  // where prism-sim and prismforet are
    std::uint32_t vms = 100000;
    std::uint32_t latency_ms = 0;
    std::uint32_t churn_every = 0;
    std::uint32_t session_s = 900;  // life of a session cookie
};

class Scene {
  public:
    // Starts both. Throws std::runtime_error when one of them does not come up.
    explicit Scene(const SceneOptions& options);
    ~Scene();
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;

    // A new plugin process, which knows nothing of what the one before has cached.
    void restart_plugin();

    const Program& plugin() const noexcept { return *plugin_; }
    const Program& prism() const noexcept { return *prism_; }
    std::uint16_t plugin_port() const noexcept { return plugin_port_; }
    // From the start of the plugin's process until it was listening, seconds.
    double start_to_ready() const noexcept { return start_to_ready_; }

    CollectOrder order(std::uint32_t sessions) const;
    DownloadOrder download_order(std::uint32_t sessions) const;
    // What the simulator has counted so far: GET /sim/stats, JSON.
    std::string prism_stats() const;

  private:
    const SceneOptions options_;
    std::filesystem::path place_;
    std::unique_ptr<Program> prism_;
    std::unique_ptr<Program> plugin_;
    std::uint16_t prism_port_ = 0;
    std::uint16_t plugin_port_ = 0;
    std::string ca_pem_;
    double start_to_ready_ = 0;
};

}  // namespace pf::bench
