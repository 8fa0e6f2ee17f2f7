#include "tests/integration/built_modules.hpp"

#include <stdexcept>

#include "host/loader/loader.hpp"
#include "host/services/document.hpp"
#include "host/services/host.hpp"

namespace pf::test {

struct BuiltModules::State {
    host::runtime::Modules modules;
    std::vector<host::loader::Instance> instances;
};

BuiltModules::BuiltModules(const std::filesystem::path& directory,
                           const std::vector<std::string>& enable,
                           const std::map<std::string, std::string>& configs)
    : state_(std::make_unique<State>()) {
    host::loader::LoaderConfig loader;
    loader.directories = {directory.empty() ? std::filesystem::path(PF_MODULE_DIRECTORY)
                                            : directory};
    loader.enable = enable;
    loader.configs = configs;
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
        state_->modules.add(loaded.path, loaded.sha256, {descriptor, instance->concerns});
        state_->instances.push_back(std::move(*instance));
    }
}

BuiltModules::~BuiltModules() {
    // A handler that was left behind may still use its instance.
    static auto& left_behind = *new std::vector<std::vector<host::loader::Instance>>;
    for (const host::runtime::Modules::Entry& entry : state_->modules.entries()) {
        if (entry.refusal.reason() == host::runtime::hung_module) {
            left_behind.push_back(std::move(state_->instances));
            return;
        }
    }
}

host::runtime::Modules& BuiltModules::modules() { return state_->modules; }

}  // namespace pf::test
