#include "host/cli/collect_request.hpp"

#include <algorithm>

#include "host/app/secret_fetch.hpp"
#include "host/app/secret_source.hpp"
#include "host/app/targets.hpp"
#include "host/observe/redact.hpp"
#include "host/runtime/nearest.hpp"

namespace pf::host::cli {
namespace {

using Targets = std::vector<runtime::TargetRequest>;

Result<Secret> read_with_warnings(const Session& session, const std::string& path) {
    std::vector<std::string> warnings;
    auto secret = app::read_secret(path, warnings);
    for (const std::string& warning : warnings) {
        session.warn(warning);
    }
    return secret;
}

Result<Targets> from_secret_file(const Session& session, const TargetFlags& flags,
                                 const runtime::Options& options) {
    auto secret = read_with_warnings(session, flags.secret_file);
    if (!secret) {
        return secret.status();
    }
    auto targets = runtime::parse_secret(secret->reveal(), options);
    return targets ? std::move(targets)
                   : Result<Targets>(targets.status().within(flags.secret_file));
}

Result<Targets> from_flags(const Session& session, const TargetFlags& flags,
                           const runtime::Options& options) {
    app::TargetConfig target;
    target.name = flags.host;
    target.url = flags.host;
    target.username = flags.username;
    target.ca_file = flags.ca_file;
    target.pin_sha256 = flags.pin_sha256;
    target.account_id = flags.account_id;
    target.skips_verification = flags.is_insecure;
    if (!flags.api_key_file.empty()) {
        auto key = read_with_warnings(session, flags.api_key_file);
        if (!key) {
            return key.status();
        }
        target.api_key = std::move(*key);
    } else if (flags.username.empty()) {
        return usage_error(
            "--host needs a credential; --username with --password-file, or "
            "--api-key-file");
    } else if (!flags.password_file.empty()) {
        auto password = read_with_warnings(session, flags.password_file);
        if (!password) {
            return password.status();
        }
        target.password = std::move(*password);
    } else {
        target.password = Secret(ask_secret("Password of " + flags.username + ": "));
        if (target.password.empty()) {
            return usage_error(
                "there is no password; --password-file FILE, or - for standard "
                "input");
        }
    }
    auto request = app::target_request(target, options);
    if (!request) {
        return request.status();
    }
    Targets targets;
    targets.push_back(std::move(*request));
    return targets;
}

}  // namespace

Result<runtime::Request> collect_request(Session& session, const app::Config& config,
                                         const TargetFlags& flags) {
    auto options = runtime::parse_options(config.collect_options);
    if (!options) {
        return options.status();
    }
    Result<Targets> targets = Targets();
    if (!flags.secret_file.empty()) {
        targets = from_secret_file(session, flags, *options);
    } else if (!flags.host.empty()) {
        targets = from_flags(session, flags, *options);
    } else {
        app::Config complete = config;
        auto fetched = app::fetch_secrets(config, flags.targets);
        if (!fetched) {
            return fetched.status();
        }
        complete.targets = std::move(*fetched);
        targets = app::target_requests(complete, flags.targets, *options);
    }
    if (!targets) {
        return targets.status();
    }
    runtime::Request request;
    request.options = std::move(*options);
    request.targets = std::move(*targets);
    for (const runtime::TargetRequest& target : request.targets) {
        const prism::Credential& credential = target.spec.credential;
        observe::register_login(credential.username, credential.password.reveal());
        observe::register_secret(credential.api_key.reveal());
        if (target.spec.proxy) {
            observe::register_user_info(target.spec.proxy->user_info.reveal());
        }
        if (!target.spec.tls.verify && target.spec.tls.pin_sha256.empty()) {
            session.warn("the certificate of " + target.name +
                         " is not checked: anybody on the way can read the password");
        }
    }
    return request;
}

Result<std::vector<app::Override>> collect_overrides(const std::vector<std::string>& kinds,
                                                     const std::vector<std::string>& clusters,
                                                     const std::vector<std::string>& options) {
    const auto joined = [](const std::vector<std::string>& words) {
        std::string text;
        for (const std::string& word : words) {
            text += (text.empty() ? "" : ",") + word;
        }
        return text;
    };
    std::vector<app::Override> overrides;
    for (const std::string& option : options) {
        const std::size_t equals = option.find('=');
        if (equals == option.npos || equals == 0) {
            return usage_error("--option " + option + " has no value; --option page_size=50");
        }
        overrides.push_back(
            {"collect." + option.substr(0, equals), option.substr(equals + 1), "--option"});
    }
    if (!clusters.empty()) {
        overrides.push_back({"collect.clusters", joined(clusters), "--cluster"});
    }
    if (!kinds.empty()) {
        overrides.push_back({"collect.kinds", joined(kinds), "KIND"});
    }
    return overrides;
}

Status check_kinds(const runtime::Modules& modules, const std::vector<std::string>& wanted) {
    std::vector<std::string> known;
    for (const runtime::Modules::Kind& kind : modules.kinds()) {
        known.push_back(kind.description().kind);
    }
    Status refusal;
    for (const runtime::Modules::Entry& entry : modules.entries()) {
        if (entry.refusal.ok()) {
            continue;
        }
        refusal = entry.refusal;
        if (!entry.descriptor) {
            known.push_back(entry.name);
            continue;
        }
        for (const services::Output& output : entry.descriptor->outputs) {
            known.push_back(output.kind);
        }
    }
    if (modules.kinds().empty() && refusal.ok()) {
        return Status(Code::failed_precondition, "ERROR_MODULE_UNAVAILABLE",
                      "no module is installed, so there is nothing to collect; modules.dir in the "
                      "configuration names their directory");
    }
    for (const std::string& kind : wanted) {
        if (std::find(known.begin(), known.end(), kind) != known.end()) {
            continue;
        }
        if (modules.kinds().empty()) {
            return refusal;
        }
        std::string list;
        for (const std::string& one : known) {
            list += (list.empty() ? "" : ", ") + one;
        }
        const std::string nearest = runtime::suggestion(kind, known);
        return usage_error("there is no kind " + kind +
                           (nearest.empty() ? "; there are: " + list : nearest));
    }
    return Status();
}

}  // namespace pf::host::cli
