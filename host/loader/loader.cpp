#include "host/loader/loader.hpp"

#include <algorithm>
#include <exception>
#include <set>
#include <system_error>
#include <utility>

#include "host/base/running_module.hpp"
#include "host/loader/descriptor.hpp"
#include "host/loader/library.hpp"
#include "host/loader/module_file.hpp"
#include "host/loader/negotiation.hpp"
#include "host/loader/refusal.hpp"

namespace pf::host::loader {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_library = std::size_t{256} << 20;
constexpr std::size_t max_sidecar = std::size_t{1} << 20;
constexpr std::string_view library_suffix = ".so";
constexpr std::string_view sidecar_suffix = ".module.json";

fs::path sidecar_of(const fs::path& library) {
    return library.parent_path() / (library.stem().string() + std::string(sidecar_suffix));
}

struct Sidecar {
    std::string text;
    services::Descriptor descriptor;
};

Result<Sidecar> read_sidecar(const fs::path& library) {
    const fs::path file = sidecar_of(library);
    auto text = read_file(file, max_sidecar);
    if (!text) {
        return refuse(reason::sidecar,
                      "its descriptor " + file.string() + " " + text.status().message(),
                      "install it beside the library (the build writes both)");
    }
    auto descriptor = parse_descriptor(*text);
    if (!descriptor) {
        return Status(Code::failed_precondition, descriptor.status().reason(),
                      "descriptor " + file.string() + ": " + descriptor.status().message() +
                          "; mend descriptor.json and build again");
    }
    if (descriptor->name != library.stem().string()) {
        return refuse(reason::name,
                      "its descriptor says it is the module '" + descriptor->name + "'",
                      "do not rename the file: a library has its module's name");
    }
    return Sidecar{std::move(*text), std::move(*descriptor)};
}

Result<std::string> read_library(const fs::path& library) {
    auto bytes = read_file(library, max_library);
    if (!bytes && bytes.status().code() == Code::not_found) {
        return Status(Code::not_found, std::string(reason::unavailable),
                      "there is no such library in " + library.parent_path().string() +
                          "; install the module or take it out of modules.enable");
    }
    if (!bytes) {
        return refuse(reason::file, bytes.status().message(),
                      "put the module's shared library there, readable for this user");
    }
    return bytes;
}

Status load_into(LoadedModule& module, const ModuleSource& source, const fs::path& state_dir) {
    // Read first: a refused module's kinds are still expected, and only its descriptor knows them.
    auto sidecar = read_sidecar(source.library);
    if (sidecar) {
        module.descriptor = sidecar->descriptor;
    }
    const auto bytes = read_library(source.library);
    if (!bytes) {
        return bytes.status();
    }
    module.sha256 = sha256_hex(*bytes);
    module.notes = open_to_all(source.library);
    if (Status status = look_at(*bytes); !status.ok()) {
        return status;
    }
    if (!sidecar) {
        return sidecar.status();
    }
    if (Status status = validate_config(sidecar->descriptor, source.config_json); !status.ok()) {
        return status;
    }
    auto library = load_library(source.library, source.name, *bytes, module.sha256, state_dir);
    if (!library) {
        return library.status();
    }
    module.loaded_from = library->loaded_from.string();
    module.notes.insert(module.notes.end(), library->notes.begin(), library->notes.end());
    const RunningModule running(source.name, "its entry function");
    const auto entry = negotiate(library->entry, sidecar->text);
    if (!entry) {
        return entry.status();
    }
    module.entry = *entry;
    return {};
}

std::string place_of(const LoadedModule& module) {
    return "module " + module.name + " (" + module.path + ")";
}

LoadedModule refused(std::string name, std::string path, const Status& refusal) {
    LoadedModule module;
    module.name = std::move(name);
    module.path = std::move(path);
    module.refusal = refusal.within(place_of(module));
    return module;
}

std::string join_directories(const LoaderConfig& config) {
    std::vector<std::string> texts;
    for (const fs::path& directory : config.directories) {
        texts.push_back(directory.string());
    }
    return enumerate(texts);
}

// What the directories hold: each name with its libraries, in the order of the directories.
struct Installation {
    std::map<std::string, std::vector<fs::path>> libraries;
    std::vector<LoadedModule> unreadable;
};

Installation find_modules(const LoaderConfig& config) {
    Installation installation;
    std::set<fs::path> seen;
    for (const fs::path& directory : config.directories) {
        std::error_code error;
        const fs::path canonical = fs::weakly_canonical(directory, error);
        if (!seen.insert(error ? directory : canonical).second) {
            continue;  // the same place named twice is no duplicate
        }
        const auto names = list_modules(directory);
        if (!names) {
            LoadedModule entry;
            entry.name = "*";
            entry.path = directory.string();
            entry.refusal = names.status();
            installation.unreadable.push_back(std::move(entry));
            continue;
        }
        for (const std::string& name : *names) {
            installation.libraries[name].push_back(directory /
                                                   (name + std::string(library_suffix)));
        }
    }
    return installation;
}

LoadedModule missing(const std::string& name, const LoaderConfig& config,
                     const Installation& installation) {
    std::vector<std::string> known;
    for (const auto& [installed, libraries] : installation.libraries) {
        known.push_back(installed);
    }
    const std::string place = join_directories(config);
    const std::string where = place.empty() ? "no modules directory is configured"
                                            : "there is no such module in " + place;
    return refused(
        name, place,
        Status(Code::not_found, std::string(reason::unavailable),
               where + suggestion(name, known) + "; install it or take it out of modules.enable"));
}

void load_all_named(const std::string& name, const std::vector<fs::path>& libraries,
                    const LoaderConfig& config, std::vector<LoadedModule>& modules) {
    const auto found = config.configs.find(name);
    const std::string module_config = found == config.configs.end() ? "" : found->second;
    modules.push_back(load_module({name, libraries.front(), module_config}, config.state_dir));
    for (std::size_t i = 1; i < libraries.size(); ++i) {
        modules.push_back(
            refused(name, libraries[i].string(),
                    Status(Code::already_exists, std::string(reason::duplicate),
                           "a module of this name was found before at " +
                               libraries.front().string() + "; keep one of the two files")));
    }
}

// A kind that two modules make would arrive twice, as one resource in two versions.
void refuse_second_makers(std::vector<LoadedModule>& modules) {
    std::map<std::string, const LoadedModule*> makers;
    for (LoadedModule& module : modules) {
        for (const services::Output& output : module.descriptor.outputs) {
            if (!module.refusal.ok()) {
                break;
            }
            const auto [maker, is_new] = makers.try_emplace(output.kind, &module);
            if (!is_new && maker->second != &module) {
                module.entry = nullptr;
                module.refusal =
                    Status(Code::already_exists, std::string(reason::duplicate),
                           "makes the kind '" + output.kind + "', which module " +
                               maker->second->name + " (" + maker->second->path +
                               ") makes already; take one of the two out of modules.enable")
                        .within(place_of(module));
            }
        }
    }
}

}  // namespace

Result<std::vector<std::string>> list_modules(const fs::path& directory) {
    std::set<std::string> names;
    std::error_code error;
    fs::directory_iterator entries(directory, error);
    for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
        const std::string file = entries->path().filename().string();
        for (const std::string_view suffix : {library_suffix, sidecar_suffix}) {
            if (file.size() > suffix.size() && file.front() != '.' && file.ends_with(suffix)) {
                names.insert(file.substr(0, file.size() - suffix.size()));
            }
        }
    }
    if (error) {
        return Status(Code::not_found, std::string(reason::directory),
                      "modules directory " + directory.string() + " cannot be read: " +
                          error.message() + "; set modules.dir to where the modules are installed");
    }
    return std::vector<std::string>(names.begin(), names.end());
}

LoadedModule load_module(const ModuleSource& source, const fs::path& state_dir) {
    LoadedModule module;
    module.name = source.name;
    module.path = source.library.string();
    module.config_json = source.config_json.empty() ? "{}" : source.config_json;
    Status status;
    try {
        status = load_into(module, source, state_dir);
    } catch (const std::exception& e) {
        status = refuse(reason::load, std::string("could not be loaded: ") + e.what(),
                        "see the host's log");
    }
    if (!status.ok()) {
        module.entry = nullptr;
        module.refusal = status.within(place_of(module));
    }
    return module;
}

std::vector<LoadedModule> load_modules(const LoaderConfig& config) {
    Installation installation = find_modules(config);
    std::set<std::string> expected(config.enable.begin(), config.enable.end());
    if (expected.empty()) {
        for (const auto& [name, libraries] : installation.libraries) {
            expected.insert(name);
        }
    }
    std::vector<LoadedModule> modules = std::move(installation.unreadable);
    for (const std::string& name : expected) {
        const auto found = installation.libraries.find(name);
        if (found == installation.libraries.end()) {
            modules.push_back(missing(name, config, installation));
        } else {
            load_all_named(name, found->second, config, modules);
        }
    }
    refuse_second_makers(modules);
    return modules;
}

}  // namespace pf::host::loader
