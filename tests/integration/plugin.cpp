#include "tests/integration/plugin.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host/cloudforet/roles/inventory.hpp"
#include "host/cloudforet/roles/runtime_inventory.hpp"
#include "host/cloudforet/server.hpp"
#include "host/runtime/inventory.hpp"
#include "tests/integration/built_modules.hpp"

namespace pf::test {

namespace cf = host::cloudforet;

namespace {

// Modules come and go beside this one; what the tests count is virtual machines.
std::vector<std::string> modules_of(const PluginConfig& config) {
    const bool is_usual = config.modules.empty() && config.enable.empty() && !config.has_all;
    return is_usual ? std::vector<std::string>{"vm"} : config.enable;
}

}  // namespace

struct Plugin::State {
    explicit State(const PluginConfig& config)
        : built(config.modules, modules_of(config), config.configs) {}
    BuiltModules built;
    host::prism::Targets targets;
    host::runtime::Inventory inventory{built.modules(), targets};
    std::unique_ptr<cf::Server> server;
};

Plugin::Plugin(const PluginConfig& config) : state_(std::make_unique<State>(config)) {
    cf::ServerOptions options;
    options.address = "127.0.0.1:0";
    options.version = "test";
    auto server = cf::Server::start(
        options, cf::inventory_role(std::make_shared<cf::RuntimeInventory>(state_->inventory)));
    if (!server) {
        throw std::runtime_error(server.status().text());
    }
    state_->server = std::move(*server);
}

Plugin::~Plugin() = default;

std::string Plugin::address() const {
    return "127.0.0.1:" + std::to_string(state_->server->port());
}

host::runtime::Modules& Plugin::modules() { return state_->built.modules(); }

void Plugin::shutdown(std::uint32_t grace_ms) {
    state_->server->shutdown(std::chrono::milliseconds(grace_ms));
}

std::string secret_for(std::uint16_t port, const std::string& ca_pem, const std::string& password) {
    return nlohmann::json{{"host", "127.0.0.1"},
                          {"port", port},
                          {"username", "admin"},
                          {"password", password},
                          {"ca_cert", ca_pem}}
        .dump();
}

}  // namespace pf::test
