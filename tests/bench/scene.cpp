#include "tests/bench/scene.hpp"

#include <stdlib.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace pf::bench {
namespace {

namespace fs = std::filesystem;

fs::path make_place() {
    std::string name = (fs::temp_directory_path() / "prismforet-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        throw std::runtime_error("cannot make a folder in " + fs::temp_directory_path().string());
    }
    return name;
}

// The number behind the last colon.
std::uint16_t port_in(const std::string& text) {
    const auto colon = text.rfind(':', text.find(" vms="));
    return static_cast<std::uint16_t>(std::stoul(text.substr(colon + 1)));
}

}  // namespace

Scene::Scene(const SceneOptions& options) : options_(options), place_(make_place()) {
    prism_ = std::make_unique<Program>(
        std::vector<std::string>{
            (options.programs / "prism-sim").string(), "--port", "0", "--vms",
            std::to_string(options.vms), "--latency-ms", std::to_string(options.latency_ms),
            "--churn-every", std::to_string(options.churn_every), "--session-seconds",
            std::to_string(options.session_s), "--max-connections", "1200", "--ca-out",
            (place_ / "ca.pem").string(), "--ready-file", (place_ / "prism").string()},
        place_ / "prism.log");
    prism_port_ = port_in(prism_->wait_for(place_ / "prism"));
    std::ifstream ca(place_ / "ca.pem");
    ca_pem_.assign(std::istreambuf_iterator<char>(ca), {});
    restart_plugin();
}

Scene::~Scene() {
    plugin_.reset();
    prism_.reset();
    std::error_code ignored;
    fs::remove_all(place_, ignored);
}

void Scene::restart_plugin() {
    plugin_.reset();
    const fs::path ready = place_ / "plugin";
    fs::remove(ready);
    const auto begun = std::chrono::steady_clock::now();
    plugin_ = std::make_unique<Program>(
        std::vector<std::string>{(options_.programs / "prismforet").string(), "serve", "--listen",
                                 "127.0.0.1:0", "--ready-file", ready.string()},
        place_ / "plugin.log");
    plugin_port_ = port_in(plugin_->wait_for(ready));
    start_to_ready_ =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

CollectOrder Scene::order(std::uint32_t sessions) const {
    CollectOrder order;
    order.prism_port = prism_port_;
    order.ca_pem = ca_pem_;
    order.sessions = sessions;
    return order;
}

DownloadOrder Scene::download_order(std::uint32_t sessions) const {
    DownloadOrder order;
    order.prism_port = prism_port_;
    order.ca_file = (place_ / "ca.pem").string();
    order.sessions = sessions;
    order.vms = options_.vms;
    return order;
}

std::string Scene::prism_stats() const {
    DownloadOrder order = download_order(1);
    return fetch_text(order, "/sim/stats");
}

}  // namespace pf::bench
