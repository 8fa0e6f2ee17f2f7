#include "tests/integration/plugin.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host/cloudforet/roles/inventory.hpp"
#include "host/cloudforet/roles/runtime_inventory.hpp"
#include "host/cloudforet/server.hpp"
#include "host/loader/loader.hpp"
#include "host/runtime/inventory.hpp"
#include "host/services/document.hpp"
#include "host/services/host.hpp"

namespace pf::test {

namespace cf = host::cloudforet;

struct Plugin::State {
    host::runtime::Modules modules;
    host::prism::Targets targets;
    host::runtime::Inventory inventory{modules, targets};
    std::vector<host::loader::Instance> instances;
    std::unique_ptr<cf::Server> server;
};

Plugin::Plugin(const PluginConfig& config) : state_(std::make_unique<State>()) {
    host::loader::LoaderConfig loader;
    loader.directories = {config.modules.empty() ? std::filesystem::path(PF_MODULE_DIRECTORY)
                                                 : config.modules};
    loader.enable = config.enable;
    loader.configs = config.configs;
    for (host::loader::LoadedModule& loaded : host::loader::load_modules(loader)) {
        auto descriptor = std::make_shared<const host::services::Descriptor>(loaded.descriptor);
        if (!loaded.refusal.ok()) {
            state_->modules.add_refused(loaded.name, loaded.path, loaded.refusal,
                                        loaded.descriptor.name.empty() ? nullptr : descriptor);
            continue;
        }
        host::services::Document document;
        if (!document.parse(loaded.config_json.empty() ? "{}" : loaded.config_json).ok()) {
            throw std::runtime_error("module configuration is no JSON");
        }
        auto instance = host::loader::create_instance(
            loaded, host::services::host_for_module(loaded.name), document.root());
        if (!instance) {
            state_->modules.add_refused(loaded.name, loaded.path, instance.status(), descriptor);
            continue;
        }
        state_->modules.add(loaded.path, loaded.sha256,
                            {descriptor, instance->inventory, instance->inventory_self});
        state_->instances.push_back(std::move(*instance));
    }
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

Plugin::~Plugin() {
    state_->server.reset();
    // A handler that was left behind may still use its instance.
    static auto& left_behind = *new std::vector<std::vector<host::loader::Instance>>;
    for (const host::runtime::Modules::Entry& entry : state_->modules.entries()) {
        if (entry.refusal.reason() == host::runtime::hung_module) {
            left_behind.push_back(std::move(state_->instances));
            return;
        }
    }
}

std::string Plugin::address() const {
    return "127.0.0.1:" + std::to_string(state_->server->port());
}

host::runtime::Modules& Plugin::modules() { return state_->modules; }

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
