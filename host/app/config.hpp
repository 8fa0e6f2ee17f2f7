// Config: what an operator decided, from defaults, files, environment and flags.
//
//     auto loaded = load_config(process_environment(), {.file = "", .overrides = {...}});
//     if (!loaded) { ... one clear error with file, line and what to do ... }
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/app/config_environment.hpp"
#include "host/app/config_layers.hpp"
#include "host/app/notification_channel.hpp"
#include "host/app/watch_config.hpp"
#include "host/base/secret.hpp"
#include "host/base/status.hpp"
#include "host/observe/log.hpp"
#include "host/prism/proxy.hpp"

namespace pf::host::app {

// Replaces for one target what the options say for all.
struct TargetLimits {
    std::optional<std::uint32_t> sessions;
    std::optional<std::uint32_t> in_flight;
    std::optional<double> per_second;
    std::optional<std::uint32_t> tries;
    std::optional<std::chrono::milliseconds> connect;
    std::optional<std::chrono::milliseconds> first_byte;
    std::optional<std::chrono::milliseconds> idle;
    std::optional<std::chrono::milliseconds> total;
    std::optional<std::uint64_t> body;
};

// One Prism Central as configured.
struct TargetConfig {
    std::string name;
    std::string url;
    std::string account_id;
    std::string username;
    Secret password;
    Secret api_key;
    std::string ca_file;
    std::string pin_sha256;
    std::string secret_id;  // of CloudForet's secret service, which has the credential; else empty
    Secret fetched;         // what it said, JSON text of an object; see fetch_secrets
    Secret proxy;           // URL; empty = as the environment says
    bool skips_verification = false;
    TargetLimits limits;
};

// Which modules, and where they are.
struct ModulesConfig {
    std::string dir;                             // empty = where this installation has them
    std::vector<std::string> enable;             // empty = all that are there
    std::map<std::string, std::string> configs;  // JSON text of an object, by module
    std::string state_dir;
};

// How this process serves CloudForet.
struct ServeConfig {
    std::string grpc;
    std::string status;  // address of the status port; empty = none
    std::string role;
    std::chrono::milliseconds drain{0};
};

// The CloudForet installation that `register` and `secret` talk to.
struct CloudforetConfig {
    std::string identity;                          // address of its identity service
    std::map<std::string, std::string> endpoints;  // addresses of other services, by name
    Secret token;                                  // of the domain
    Secret workspace_token;
    Secret user_token;
    std::string domain_id;    // empty = what the token says
    bool is_outside = false;  // use the addresses for clients outside of its cluster
};

// What things cost, and what is kept of it.
struct CostConfig {
    std::string model;                 // path of a file, or config://NAME; empty = none
    std::string ledger;                // path of the shape ledger; empty = none is kept
    std::uint32_t ledger_months = 37;  // how long it keeps what ended
};

// How it logs.
struct LogConfig {
    observe::Level level = observe::Level::info;
    observe::Format format = observe::Format::logfmt;
};

// Everything that was decided.
struct Config {
    std::vector<TargetConfig> targets;
    ModulesConfig modules;
    ServeConfig serve;
    LogConfig log;
    CloudforetConfig cloudforet;
    CostConfig cost;
    NotifyConfig notify;
    WatchConfig watch;
    prism::ProxyRules proxies;           // of the environment, for targets that name none
    std::string collect_options = "{}";  // JSON text of an object, for runtime::parse_options
};

// A value from the command line.
struct Override {
    std::string path;   // "serve.grpc"
    std::string value;  // as YAML would write a scalar
    std::string flag;   // "--listen", for messages
};

// What the command line says about the configuration.
struct ConfigInputs {
    std::string file;  // --config; empty = the usual places
    std::vector<Override> overrides;
};

// A configuration, and what to tell about it.
struct LoadedConfig {
    Config config;
    std::vector<std::string> files;              // that were read, lowest first
    std::vector<std::string> warnings;           // for people, each with what to do
    std::shared_ptr<const ConfigLayers> layers;  // before references were expanded
};

// Where a configuration is looked for when no file is named, lowest first.
std::vector<std::filesystem::path> usual_files(const Environment& environment);

// Reads, checks and merges everything. The first problem is INVALID_ARGUMENT (ERROR_CONFIG, or
// ERROR_USAGE for a flag) with its place. A usual file that does not exist is no problem; a named
// one is.
Result<LoadedConfig> load_config(const Environment& environment, const ConfigInputs& inputs);

// True for a key whose value must not be shown.
bool is_secret_key(const std::string& path);

}  // namespace pf::host::app
