#include "host/app/production_setup.hpp"

#include <nlohmann/json.hpp>

#include "host/app/application.hpp"
#include "host/app/secret_source.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;

constexpr std::string_view file_suffix = "_file";

bool names_secret_file(const std::string& path) {
    return path.ends_with(file_suffix) &&
           is_secret_key(path.substr(0, path.size() - file_suffix.size()));
}

// An address with a name and a password in it.
bool holds_login(const std::string& address) { return address.find('@') != std::string::npos; }

// A credential in place, or one that is taken from the environment; not one from a file.
bool is_in_clear(const std::string& path, const std::string& text) {
    const bool is_secret = is_secret_key(path) || (path.ends_with(".proxy") && holds_login(text));
    return is_secret && !text.empty() &&
           (!holds_reference(text) || text.find("${env:") != std::string::npos);
}

void look_at_values(const LoadedConfig& loaded, doctor::Setup& setup) {
    for (const auto& [path, value] : loaded.layers->leaves()) {
        if (!value.is_string()) {
            continue;
        }
        const auto& text = value.get_ref<const std::string&>();
        const Origin origin = loaded.layers->origin(path);
        if (is_in_clear(path, text)) {
            const bool is_environment = holds_reference(text) || !origin.is_file();
            setup.clear_secrets.push_back({path, origin.text(), is_environment});
        } else if (names_secret_file(path) && text != "-") {
            setup.secret_files.emplace_back(text);
        }
    }
}

void look_at_proxies(const Environment& environment, doctor::Setup& setup) {
    for (const char* name : {"HTTPS_PROXY", "https_proxy"}) {
        const auto found = environment.find(name);
        if (found != environment.end() && holds_login(found->second)) {
            setup.clear_secrets.push_back(
                {"the proxy's user", "environment " + std::string(name), true});
        }
    }
}

}  // namespace

doctor::Setup production_setup(const LoadedConfig& loaded, const Environment& environment) {
    const Config& config = loaded.config;
    doctor::Setup setup;
    look_at_values(loaded, setup);
    look_at_proxies(environment, setup);
    setup.module_directories = module_directories(config.modules);
    setup.expected_modules = config.modules.enable;
    setup.grpc_address = config.serve.grpc;
    setup.status_address = config.serve.status;
    setup.has_json_log = config.log.format == observe::Format::json;
    setup.log_level = observe::level_name(config.log.level);
    setup.drain = config.serve.drain;
    setup.is_in_kubernetes = environment.contains("KUBERNETES_SERVICE_HOST");
    if (const auto options = runtime::parse_options(config.collect_options)) {
        setup.replicas = options->replicas;
        setup.sessions = options->sessions;
        setup.budget = options->budget.value_or(runtime::usual_budget);
    }
    return setup;
}

}  // namespace pf::host::app
