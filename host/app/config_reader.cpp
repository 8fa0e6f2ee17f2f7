#include "host/app/config_reader.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "host/app/config_values.hpp"
#include "host/app/notify_config.hpp"
#include "host/app/units.hpp"
#include "host/loader/strict_json.hpp"
#include "host/observe/redact.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;

class Reader : private ConfigValues {
  public:
    using ConfigValues::ConfigValues;

    Config read() {
        Config config;
        const json& root = layers().root();
        std::set<std::string> names;
        const json& targets = member(root, "targets");
        for (std::size_t i = 0; i < targets.size(); ++i) {
            const std::string path = loader::path_of("targets", i);
            config.targets.push_back(target(targets[i], path));
            if (!names.insert(config.targets.back().name).second) {
                fail(path + ".name", "another target has this name; choose a different one");
            }
        }
        config.modules = modules(member(root, "modules"));
        config.serve = serve(member(root, "serve"));
        config.log = log(member(root, "log"));
        config.cloudforet = cloudforet(member(root, "cloudforet"));
        config.cost = cost(member(root, "cost"));
        config.notify = read_notify(*this, member(root, "notify"));
        config.watch = read_watch(*this, member(root, "watch"));
        config.proxies = proxies();
        if (root.contains("collect")) {
            config.collect_options = root["collect"].dump();
        }
        return config;
    }

  private:
    CostConfig cost(const json& value) {
        CostConfig cost;
        cost.model = text(value, "cost", "model");
        cost.ledger = text(value, "cost", "ledger");
        if (const json& months = member(value, "ledger_months"); months.is_number()) {
            cost.ledger_months = months.get<std::uint32_t>();
        }
        return cost;
    }

    TargetConfig target(const json& value, const std::string& path) {
        TargetConfig target;
        target.name = text(value, path, "name");
        target.url = text(value, path, "url");
        target.account_id = text(value, path, "account_id");
        const json& auth = member(value, "auth");
        target.username = text(auth, path + ".auth", "username");
        target.password = secret(auth, path + ".auth", "password");
        target.api_key = secret(auth, path + ".auth", "api_key");
        target.secret_id = secret_id(auth, path);
        if (target.username.empty() && target.api_key.empty() && target.secret_id.empty()) {
            fail(path,
                 "has no credential; give auth.username with auth.password_file, "
                 "auth.api_key_file, or auth.secret with secret://ID");
        }
        observe::register_login(target.username, target.password.reveal());
        const json& tls = member(value, "tls");
        target.ca_file = text(tls, path + ".tls", "ca_file");
        target.pin_sha256 = text(tls, path + ".tls", "pin_sha256");
        const json& skips = member(tls, "insecure_skip_verify");
        target.skips_verification = skips.is_boolean() && skips.get<bool>();
        target.proxy = proxy(value, path);
        target.limits = limits(member(value, "limits"), path + ".limits");
        return target;
    }

    // The id of a reference to CloudForet's secret service; empty when there is none.
    std::string secret_id(const json& auth, const std::string& path) {
        constexpr std::string_view scheme = "secret://";
        const std::string reference = text(auth, path + ".auth", "secret");
        if (reference.empty()) {
            return {};
        }
        if (!reference.starts_with(scheme) || reference.size() == scheme.size()) {
            fail(path + ".auth.secret", "is no reference to a secret of CloudForet; secret://ID");
        }
        if (member(auth, "username").is_string() || member(auth, "api_key").is_string() ||
            member(auth, "api_key_file").is_string()) {
            fail(path + ".auth.secret", "stands beside another credential; keep one of the two");
        }
        return reference.substr(scheme.size());
    }

    Secret proxy(const json& value, const std::string& path) {
        const std::string url = text(value, path, "proxy");
        if (url.empty()) {
            return Secret();
        }
        const auto parsed = prism::parse_proxy(url);
        if (!parsed) {
            fail(path + ".proxy", parsed.status());
        }
        observe::register_user_info(parsed->user_info.reveal());
        return Secret(url);
    }

    // The usual variables; an empty one is as good as none.
    prism::ProxyRules proxies() const {
        const auto variable = [this](const char* small, const char* large) {
            for (const char* name : {small, large}) {
                const auto found = environment().find(name);
                if (found != environment().end() && !found->second.empty()) {
                    return std::pair<std::string, std::string>(name, found->second);
                }
            }
            return std::pair<std::string, std::string>();
        };
        const auto [name, url] = variable("https_proxy", "HTTPS_PROXY");
        if (url.empty()) {
            return {};
        }
        auto parsed = prism::parse_proxy(url);
        if (!parsed) {
            throw WrongConfig{Status(Code::invalid_argument, "ERROR_CONFIG",
                                     "environment " + name + ": " + parsed.status().message())};
        }
        observe::register_user_info(parsed->user_info.reveal());
        return {std::move(*parsed), variable("no_proxy", "NO_PROXY").second};
    }

    TargetLimits limits(const json& value, const std::string& path) {
        TargetLimits limits;
        const auto whole = [&value](const char* key) -> std::optional<std::uint32_t> {
            const json& number = member(value, key);
            return number.is_number() ? std::optional(number.get<std::uint32_t>()) : std::nullopt;
        };
        limits.sessions = whole("sessions");
        limits.in_flight = whole("in_flight");
        limits.tries = whole("tries");
        if (const json& rate = member(value, "per_second"); rate.is_number()) {
            limits.per_second = rate.get<double>();
        }
        limits.connect = duration(value, path, "connect");
        limits.first_byte = duration(value, path, "first_byte");
        limits.idle = duration(value, path, "idle");
        limits.total = duration(value, path, "total");
        if (member(value, "body").is_string()) {
            auto size = parse_size(text(value, path, "body"));
            if (!size) {
                fail(path + ".body", size.status());
            }
            limits.body = *size;
        }
        return limits;
    }

    ModulesConfig modules(const json& value) {
        ModulesConfig modules;
        modules.dir = text(value, "modules", "dir");
        modules.state_dir = text(value, "modules", "state_dir");
        for (const json& name : member(value, "enable")) {
            modules.enable.push_back(name.get<std::string>());
        }
        const json& configs = member(value, "config");
        if (configs.is_object()) {
            for (const auto& [name, config] : configs.items()) {
                modules.configs[name] = config.dump();
            }
        }
        return modules;
    }

    ServeConfig serve(const json& value) {
        ServeConfig serve;
        serve.grpc = text(value, "serve", "grpc");
        serve.status = text(value, "serve", "status");
        const json& roles = member(value, "roles");
        serve.role = roles.is_array() && !roles.empty() ? roles[0].get<std::string>() : "inventory";
        serve.drain = duration(value, "serve", "drain").value_or(std::chrono::seconds(25));
        return serve;
    }

    CloudforetConfig cloudforet(const json& value) {
        CloudforetConfig cloudforet;
        cloudforet.identity = text(value, "cloudforet", "identity");
        const json& endpoints = member(value, "endpoints");
        if (endpoints.is_object()) {
            for (const auto& [name, address] : endpoints.items()) {
                cloudforet.endpoints[name] = text(endpoints, "cloudforet.endpoints", name.c_str());
            }
        }
        cloudforet.token = secret(value, "cloudforet", "token");
        cloudforet.workspace_token = secret(value, "cloudforet", "workspace_token");
        cloudforet.user_token = secret(value, "cloudforet", "user_token");
        cloudforet.domain_id = text(value, "cloudforet", "domain_id");
        const json& outside = member(value, "outside");
        cloudforet.is_outside = outside.is_boolean() && outside.get<bool>();
        return cloudforet;
    }

    LogConfig log(const json& value) {
        LogConfig log;
        const auto level = observe::parse_level(text(value, "log", "level"));
        if (!level) {
            fail("log.level", "is no level; use debug, info, warn, error or off");
        }
        log.level = *level;
        log.format = text(value, "log", "format") == "json" ? observe::Format::json
                                                            : observe::Format::logfmt;
        return log;
    }
};

}  // namespace

Result<Config> read_config(const ConfigLayers& layers, const Environment& environment,
                           std::vector<std::string>& warnings) {
    try {
        return Reader(layers, environment, warnings).read();
    } catch (const WrongConfig& wrong) {
        return wrong.status;
    } catch (const std::exception& error) {
        return Status(Code::invalid_argument, "ERROR_CONFIG",
                      std::string("the configuration cannot be read: ") + error.what());
    }
}

}  // namespace pf::host::app
