// Loader: finds the modules of an installation, checks each, loads it and makes instances.
//
// A module that cannot serve is a result too, with the reason as its refusal: what was expected is
// decided by the configuration, never by what happened to load. No exception leaves this folder.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "host/base/status.hpp"
#include "host/services/concerns.hpp"
#include "host/services/descriptor.hpp"
#include "prismforet/abi.h"

namespace pf::host::loader {

// One module to load.
struct ModuleSource {
    std::string name;               // the library's stem
    std::filesystem::path library;  // .../<name>.so; <name>.module.json lies beside it
    std::string config_json;        // its configuration, text of an object; empty = {}
};

// Which modules to load.
struct LoaderConfig {
    std::vector<std::filesystem::path> directories;  // searched in order
    std::vector<std::string> enable;                 // expected modules; empty = all that are there
    std::map<std::string, std::string> configs;      // config_json by module name
    std::filesystem::path state_dir;  // for private copies; empty = temporary directory
};

// One expected module, loaded or refused. The library stays mapped for the life of the process.
struct LoadedModule {
    std::string name;
    std::string path;                  // the library as installed; the directories when not found
    std::string sha256;                // of the bytes that were loaded; empty when never read
    Status refusal;                    // OK when loaded, else why not: ERROR_MODULE_*
    services::Descriptor descriptor;   // name is empty when it could not be read
    const pf_module* entry = nullptr;  // null when refused
    std::string loaded_from;           // the private copy
    std::string config_json;           // validated against the descriptor's config_schema
    std::vector<std::string> notes;    // warnings to log
};

// Names of the modules in `directory`, sorted: of each library, and of each descriptor whose
// library is missing. Fails with ERROR_MODULE_DIRECTORY when it cannot be read.
Result<std::vector<std::string>> list_modules(const std::filesystem::path& directory);

// Looks, copies, loads and negotiates, in this order; the first broken rule is the refusal. [main]
LoadedModule load_module(const ModuleSource& source, const std::filesystem::path& state_dir);

// Loads every expected module, in name order. One that is not there is refused with
// ERROR_MODULE_UNAVAILABLE, a second one of the same name or for the same kind with
// ERROR_MODULE_DUPLICATE, and a directory that cannot be read is an entry of its own named "*".
// [main]
std::vector<LoadedModule> load_modules(const LoaderConfig& config);

// Whether a module may register a table for the concern, and the ids of all such, for messages.
bool is_known_concern(std::string_view id);
std::string known_concern_names();

// A running instance of a module. Moves; ends with destroy, which its owner must only let happen
// when no handler of it runs. [main]
class Instance {
  public:
    Instance(std::string name, const pf_module* module, void* self)
        : name_(std::move(name)), module_(module), self_(self) {}
    Instance(Instance&& other) noexcept;
    Instance& operator=(Instance&& other) noexcept;
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;
    ~Instance();

    // What create gave; only destroy gets it back.
    void* self() const noexcept { return self_; }

    // What its create registered.
    services::Concerns concerns;

  private:
    void end() noexcept;
    std::string name_;
    const pf_module* module_;
    void* self_;
};

// Calls the module's create with its registrar and checks what it registered: every concern of the
// descriptor, once, with a usable table, and no other. `config` is the parsed config_json and lives
// until this returns; `host` lives as long as the process. Fails with ERROR_MODULE_CREATE, or with
// the refusal of a module that is not loaded. [main]
Result<Instance> create_instance(const LoadedModule& module, const pf_host* host, pf_val config);

}  // namespace pf::host::loader
