#include "host/cli/activation.hpp"

#include <algorithm>
#include <charconv>

#include "host/app/secret_source.hpp"
#include "host/app/targets.hpp"
#include "host/cli/session.hpp"

namespace pf::host::cli {
namespace {

Result<std::vector<int>> hours_of(const std::vector<std::string>& words) {
    std::vector<int> hours;
    for (const std::string& text : words) {
        int hour = -1;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hour);
        if (error != std::errc() || end != text.data() + text.size() || hour < 0 || hour > 23) {
            return usage_error("--hours " + text + " is no hour of a day; 0 to 23, in UTC");
        }
        hours.push_back(hour);
    }
    if (hours.size() > cloudforet::most_hours) {
        return usage_error("--hours has " + std::to_string(hours.size()) +
                           " hours, and CloudForet starts a collector at most at 2 hours a day; "
                           "give two, or start it more often by its API");
    }
    return hours;
}

// The secret of a target as a collector gets it, the CA included.
Result<Secret> whole_secret(const app::TargetConfig& target) {
    Secret data = app::secret_data(target);
    if (target.ca_file.empty()) {
        return data;
    }
    auto pem = app::read_file(target.ca_file);
    if (!pem) {
        return pem.status().within("target " + target.name);
    }
    return app::with_ca(data, *pem);
}

}  // namespace

Result<std::vector<cloudforet::PluginRole>> roles_of(const std::vector<std::string>& names) {
    std::vector<cloudforet::PluginRole> roles;
    std::string known;
    for (const cloudforet::PluginRole& role : cloudforet::plugin_roles()) {
        known += (known.empty() ? "" : ", ") + std::string(role.role);
        if (names.empty() || std::find(names.begin(), names.end(), role.role) != names.end()) {
            roles.push_back(role);
        }
    }
    for (const std::string& name : names) {
        const auto is_it = [&name](const cloudforet::PluginRole& role) {
            return role.role == name;
        };
        if (std::none_of(roles.begin(), roles.end(), is_it)) {
            return usage_error("--roles " + name + " is no role; there are " + known);
        }
    }
    return roles;
}

Result<cloudforet::Activation> activation_of(const ActivationFlags& flags,
                                             const app::Config& config) {
    cloudforet::Activation wanted;
    auto hours = hours_of(flags.hours);
    if (!hours) {
        return hours.status();
    }
    if (flags.project.empty()) {
        return usage_error(
            "--activate makes service accounts, and CloudForet keeps each in a project; --project "
            "ID, from the console's address of the project");
    }
    const runtime::Options options;
    auto requests = app::target_requests(config, flags.targets, options);
    if (!requests) {
        return requests.status();
    }
    for (const runtime::TargetRequest& request : *requests) {
        if (!request.refusal.ok()) {
            return request.refusal;
        }
        const auto target =
            std::find_if(config.targets.begin(), config.targets.end(),
                         [&](const app::TargetConfig& one) { return one.name == request.label; });
        auto secret = whole_secret(*target);
        if (!secret) {
            return secret.status();
        }
        wanted.accounts.push_back({target->name, request.name, std::move(*secret)});
    }
    wanted.project_id = flags.project;
    wanted.collector = flags.collector;
    wanted.hours = std::move(*hours);
    wanted.sources.cost_hour = flags.cost_hour;
    wanted.sources.only_these_accounts = flags.only_these_accounts;
    wanted.sources.alert_service = flags.alert_service;
    return wanted;
}

}  // namespace pf::host::cli
