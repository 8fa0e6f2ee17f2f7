#include "host/app/secret_fetch.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>

#include "host/cloudforet/client/token_claims.hpp"
#include "host/observe/redact.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;

// What a credential's data has besides secrets; hiding these would blacken every message.
constexpr std::array public_keys = {"host",       "prism_central", "port",      "username",
                                    "account_id", "ca_cert",       "verify_ssl"};

void register_texts(const json& value) {
    if (value.is_string()) {
        observe::register_secret(value.get_ref<const std::string&>());
        return;
    }
    if (!value.is_structured()) {
        return;
    }
    for (const auto& [key, member] : value.items()) {
        const bool is_public =
            value.is_object() &&
            std::find(public_keys.begin(), public_keys.end(), key) != public_keys.end();
        if (!is_public) {
            register_texts(member);
        }
    }
}

Result<Secret> fetch(cloudforet::ServiceClient& client, const std::string& id,
                     const std::string& domain, const Stop& stop) {
    const json request = {{"secret_id", id}, {"domain_id", domain}};
    const auto answer = client.call({"spaceone.api.secret.v1.Secret", "get_data", request.dump(),
                                     "nothing but to be inside of CloudForet's cluster"},
                                    stop);
    if (!answer) {
        return answer.status();
    }
    const json reply = json::parse(*answer, nullptr, false);
    if (!reply.is_object() || reply.value("encrypted", false)) {
        return Status(Code::failed_precondition, "ERROR_SECRET_ENCRYPTED",
                      "secret://" + id +
                          " is encrypted, and there is no key to it here; store it again in a "
                          "CloudForet that does not encrypt secrets");
    }
    const json data = reply.value("data", json::object());
    Secret text(data.dump(-1, ' ', false, json::error_handler_t::replace));
    register_secret_data(text.reveal());
    return text;
}

// Whether `wanted` names this target, or something that may be its address.
bool may_be_wanted(const Config& config, const std::vector<std::string>& wanted,
                   const TargetConfig& target) {
    const auto is_name = [&config](const std::string& word) {
        return std::any_of(config.targets.begin(), config.targets.end(),
                           [&word](const TargetConfig& one) { return one.name == word; });
    };
    return wanted.empty() ||
           std::any_of(wanted.begin(), wanted.end(), [&](const std::string& word) {
               return word == target.name || !is_name(word);
           });
}

}  // namespace

cloudforet::ServiceAccess service_access(const CloudforetConfig& config, const Secret& token) {
    cloudforet::ServiceAccess access;
    access.identity = config.identity;
    access.endpoints = config.endpoints;
    access.token = token;
    access.is_outside = config.is_outside;
    return access;
}

Result<std::vector<TargetConfig>> fetch_secrets(const Config& config,
                                                const std::vector<std::string>& wanted,
                                                const Stop& stop) {
    const CloudforetConfig& access = config.cloudforet;
    std::string domain = access.domain_id;
    if (const auto claims = cloudforet::read_token(access.token.reveal());
        claims && domain.empty()) {
        domain = claims->domain_id;
    }
    cloudforet::ServiceClient client(service_access(access, access.token));
    std::vector<TargetConfig> targets;
    for (const TargetConfig& target : config.targets) {
        if (target.secret_id.empty()) {
            targets.push_back(target);
            continue;
        }
        if (!may_be_wanted(config, wanted, target)) {
            continue;
        }
        if (domain.empty()) {
            return Status(Code::invalid_argument, "ERROR_CONFIG",
                          "target " + target.name + ": secret://" + target.secret_id +
                              " belongs to a domain that is not known; give cloudforet.domain_id, "
                              "or a token of the domain in cloudforet.token_file");
        }
        auto data = fetch(client, target.secret_id, domain, stop);
        if (!data) {
            return data.status().within("target " + target.name);
        }
        targets.push_back(target);
        targets.back().fetched = std::move(*data);
    }
    return targets;
}

void register_secret_data(std::string_view data) {
    register_texts(json::parse(data, nullptr, false));
}

}  // namespace pf::host::app
