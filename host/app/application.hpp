// Application: the parts of the host put together: modules, targets, the runtime.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/app/config.hpp"
#include "host/loader/loader.hpp"
#include "host/prism/target.hpp"
#include "host/runtime/inventory.hpp"
#include "host/runtime/modules.hpp"

namespace pf::host::app {

// The directories that are searched for modules.
std::vector<std::filesystem::path> module_directories(const ModulesConfig& config);

// An instance of a loaded module, as the application makes it. Fails with the refusal of a module
// that is not loaded, or with what its create did wrong. [main]
Result<loader::Instance> start_module(const loader::LoadedModule& loaded);

class Application {
  public:
    // Loads the modules. One that is refused is logged and listed; it is no failure here. [main]
    explicit Application(const Config& config);
    // Ends the modules' instances; nothing of them may run any more. [main]
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    // What the roles and the command line call. Valid as long as this object.
    runtime::Inventory& inventory() { return inventory_; }
    // What was loaded and what was refused. Valid as long as this object.
    runtime::Modules& modules() { return modules_; }
    // Their sessions are shared with the inventory. Valid as long as this object.
    prism::Targets& targets() { return targets_; }
    // For targets that name no proxy.
    const prism::ProxyRules& proxies() const { return proxies_; }

  private:
    void add(const loader::LoadedModule& loaded);

    struct Running {
        std::string name;
        std::unique_ptr<loader::Instance> instance;
    };
    runtime::Modules modules_;
    const prism::ProxyRules proxies_;
    prism::Targets targets_{proxies_};
    runtime::Inventory inventory_{modules_, targets_};
    std::vector<Running> running_;
};

}  // namespace pf::host::app
