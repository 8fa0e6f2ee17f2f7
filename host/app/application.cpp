#include "host/app/application.hpp"

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

Application::Application(const Config& config) {
    loader::LoaderConfig wanted;
    wanted.directories = module_directories(config.modules);
    wanted.enable = config.modules.enable;
    wanted.configs = config.modules.configs;
    wanted.state_dir = config.modules.state_dir;
    for (const loader::LoadedModule& loaded : loader::load_modules(wanted)) {
        add(loaded);
    }
}

Application::~Application() {
    for (Running& running : running_) {
        if (!modules_.refusal_of_module(running.name).ok()) {
            // A handler that was left behind may still use it; the end of the process takes it.
            static_cast<void>(running.instance.release());
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
    Status refusal = loaded.refusal;
    if (refusal.ok()) {
        services::Document document;
        refusal = document.parse(loaded.config_json.empty() ? "{}" : loaded.config_json);
        if (refusal.ok()) {
            auto instance = loader::create_instance(loaded, services::host_for_module(loaded.name),
                                                    document.root());
            refusal = instance.status();
            if (instance) {
                running_.push_back(
                    {loaded.name, std::make_unique<loader::Instance>(std::move(*instance))});
            }
        }
    }
    if (!refusal.ok()) {
        observe::log(observe::Level::error, "module.refused",
                     {{"module", loaded.name},
                      {"path", loaded.path},
                      {"code", refusal.reason()},
                      {"text", refusal.message()}});
        modules_.add_refused(loaded.name, loaded.path, refusal, descriptor);
        return;
    }
    const loader::Instance& instance = *running_.back().instance;
    runtime::Module module;
    module.descriptor = descriptor;
    module.inventory = instance.inventory;
    module.self = instance.inventory_self;
    observe::log(observe::Level::debug, "module.loaded",
                 {{"module", loaded.name},
                  {"version", descriptor->version},
                  {"path", loaded.path},
                  {"sha256", loaded.sha256}});
    modules_.add(loaded.path, loaded.sha256, std::move(module));
}

}  // namespace pf::host::app
