#include "host/app/application.hpp"

#include "host/app/config_references.hpp"
#include "host/app/installation.hpp"
#include "host/observe/log.hpp"
#include "host/services/document.hpp"
#include "host/services/host.hpp"

namespace pf::host::app {

std::vector<std::filesystem::path> module_directories(const ModulesConfig& config) {
    if (!config.dir.empty()) {
        return {std::filesystem::path(config.dir)};
    }
    return {default_module_directory()};
}

Result<loader::Instance> start_module(const loader::LoadedModule& loaded) {
    if (!loaded.refusal.ok()) {
        return loaded.refusal;
    }
    services::Document document;
    if (Status parsed = document.parse(loaded.config_json); !parsed.ok()) {
        return parsed;
    }
    return loader::create_instance(loaded, services::host_for_module(loaded.name), document.root());
}

Application::Application(const Config& config) : proxies_(config.proxies) {
    for (const loader::LoadedModule& loaded : loader::load_modules(loader_config(config.modules))) {
        add(loaded);
    }
}

Application::~Application() {
    // A handler that was left behind may still use its instance; the end of the process takes it.
    static auto& left_behind = *new std::vector<std::unique_ptr<loader::Instance>>;
    for (const runtime::Modules::Entry& entry : modules_.entries()) {
        for (Running& running : running_) {
            if (running.name == entry.name && entry.refusal.reason() == runtime::hung_module) {
                left_behind.push_back(std::move(running.instance));
            }
        }
    }
}

void Application::add(const loader::LoadedModule& loaded) {
    for (const std::string& note : loaded.notes) {
        observe::log(observe::Level::warn, "module.note",
                     {{"module", loaded.name}, {"text", note}});
    }
    std::shared_ptr<const services::Descriptor> descriptor;
    if (!loaded.descriptor.name.empty()) {
        descriptor = std::make_shared<const services::Descriptor>(loaded.descriptor);
    }
    auto started = start_module(loaded);
    if (!started) {
        const Status refusal = started.status();
        observe::log(observe::Level::error, "module.refused",
                     {{"module", loaded.name},
                      {"path", loaded.path},
                      {"code", refusal.reason()},
                      {"text", refusal.message()}});
        modules_.add_refused(loaded.name, loaded.path, refusal, descriptor);
        return;
    }
    running_.push_back({loaded.name, std::make_unique<loader::Instance>(std::move(*started))});
    const loader::Instance& instance = *running_.back().instance;
    runtime::Module module;
    module.descriptor = descriptor;
    module.concerns = instance.concerns;
    observe::log(observe::Level::debug, "module.loaded",
                 {{"module", loaded.name},
                  {"version", descriptor->version},
                  {"path", loaded.path},
                  {"sha256", loaded.sha256}});
    modules_.add(loaded.path, loaded.sha256, std::move(module));
}

}  // namespace pf::host::app
