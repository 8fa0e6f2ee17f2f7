#include "host/app/config_references.hpp"

#include <unistd.h>

#include <algorithm>

#include "host/app/application.hpp"
#include "host/app/targets.hpp"
#include "host/cloudforet/listen_error.hpp"
#include "host/prism/probe.hpp"
#include "host/runtime/nearest.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::app {
namespace {

class Check {
  public:
    Check(const LoadedConfig& loaded, const std::vector<loader::LoadedModule>& modules)
        : loaded_(loaded), config_(loaded.config), modules_(modules) {}

    ReferenceFindings run() {
        check_targets();
        check_modules();
        check_kinds();
        if (auto address = cloudforet::parse_listen_address(config_.serve.grpc); !address) {
            wrong("serve.grpc", address.status().message());
        }
        const std::string& state = config_.modules.state_dir;
        if (!state.empty() && ::access(state.c_str(), W_OK | X_OK) != 0) {
            wrong("modules.state_dir",
                  state + " is no directory that this user may write; create it or chown it");
        }
        return std::move(findings_);
    }

  private:
    std::string placed(const std::string& path, const std::string& text) const {
        return loaded_.layers->origin(path).text() + ": " + path + ": " + text;
    }
    void wrong(const std::string& path, const std::string& why) {
        findings_.wrong.emplace_back(Code::invalid_argument, "ERROR_CONFIG", placed(path, why));
    }
    void odd(const std::string& path, const std::string& what) {
        findings_.odd.push_back(placed(path, what));
    }

    void check_targets() {
        auto options = runtime::parse_options(config_.collect_options);
        if (!options) {
            return wrong("collect", options.status().message());
        }
        for (std::size_t i = 0; i < config_.targets.size(); ++i) {
            const std::string path = "targets[" + std::to_string(i) + "]";
            if (!config_.targets[i].secret_id.empty()) {
                // What it holds is only known when it is fetched.
                if (config_.cloudforet.identity.empty()) {
                    wrong(path + ".auth.secret",
                          "needs CloudForet's secret service; give cloudforet.identity");
                }
                continue;
            }
            auto request = target_request(config_.targets[i], *options);
            const Status failure = request ? request->refusal : request.status();
            if (!failure.ok()) {
                wrong(path, failure.message());
                continue;
            }
            if (Status tls = prism::check_tls_settings(request->spec); !tls.ok()) {
                wrong(path + ".tls", tls.message());
            }
            if (config_.targets[i].skips_verification && config_.targets[i].pin_sha256.empty()) {
                odd(path + ".tls.insecure_skip_verify",
                    "anybody on the way can read the password; set ca_file or pin_sha256 instead");
            }
        }
    }

    // Each expected module is among the loaded ones, with its refusal when it is not there.
    void check_modules() {
        std::vector<std::string> names;
        for (const auto& directory : module_directories(config_.modules)) {
            if (auto found = loader::list_modules(directory)) {
                names.insert(names.end(), found->begin(), found->end());
            }
        }
        for (const loader::LoadedModule& module : modules_) {
            if (module.refusal.reason() == "ERROR_MODULE_UNAVAILABLE") {
                wrong("modules.enable",
                      module.name + " is not installed" + hint(module.name, names));
            } else if (!module.refusal.ok()) {
                findings_.wrong.push_back(module.refusal.within("module " + module.name));
            }
        }
        for (const auto& [name, config] : config_.modules.configs) {
            if (std::find(names.begin(), names.end(), name) == names.end()) {
                odd("modules.config." + name, "there is no module " + name + hint(name, names));
            }
        }
    }

    void check_kinds() {
        auto options = runtime::parse_options(config_.collect_options);
        std::vector<std::string> known;
        for (const loader::LoadedModule& module : modules_) {
            for (const services::Output& output : module.descriptor.outputs) {
                known.push_back(output.kind);
            }
        }
        if (!options || known.empty()) {
            return;
        }
        check_words("collect.kinds", options->kinds, known);
        check_words("collect.exclude_kinds", options->exclude_kinds, known);
    }

    void check_words(const std::string& path, const std::vector<std::string>& words,
                     const std::vector<std::string>& known) {
        for (const std::string& word : words) {
            if (std::find(known.begin(), known.end(), word) == known.end()) {
                wrong(path, "no module makes the kind " + word + hint(word, known));
            }
        }
    }

    static std::string hint(const std::string& word, const std::vector<std::string>& known) {
        const std::string nearest = runtime::suggestion(word, known);
        if (!nearest.empty() || known.empty()) {
            return nearest;
        }
        std::string list;
        for (const std::string& one : known) {
            list += (list.empty() ? "; there are: " : ", ") + one;
        }
        return list;
    }

    const LoadedConfig& loaded_;
    const Config& config_;
    const std::vector<loader::LoadedModule>& modules_;
    ReferenceFindings findings_;
};

}  // namespace

ReferenceFindings check_references(const LoadedConfig& loaded,
                                   const std::vector<loader::LoadedModule>& modules) {
    return Check(loaded, modules).run();
}

loader::LoaderConfig loader_config(const ModulesConfig& config) {
    loader::LoaderConfig wanted;
    wanted.directories = module_directories(config);
    wanted.enable = config.enable;
    wanted.configs = config.configs;
    wanted.state_dir = config.state_dir;
    return wanted;
}

}  // namespace pf::host::app
