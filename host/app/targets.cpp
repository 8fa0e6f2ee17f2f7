#include "host/app/targets.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/runtime/nearest.hpp"

namespace pf::host::app {
namespace {

template <class From, class To>
void replace(To& value, const std::optional<From>& by) {
    if (by) {
        value = *by;
    }
}

}  // namespace

Secret secret_data(const TargetConfig& target) {
    nlohmann::json secret = nlohmann::json::object();
    if (!target.fetched.empty()) {
        secret = nlohmann::json::parse(target.fetched.reveal(), nullptr, false);
    }
    for (const char* key : {"prism_central", "clusters"}) {
        secret.erase(key);
    }
    secret["host"] = target.url;
    if (target.skips_verification || !secret.contains("verify_ssl")) {
        secret["verify_ssl"] = !target.skips_verification;
    }
    const auto put = [&secret](const char* key, std::string_view value) {
        if (!value.empty()) {
            secret[key] = value;
        }
    };
    put("username", target.username);
    put("password", target.password.reveal());
    put("api_key", target.api_key.reveal());
    put("account_id", target.account_id);
    put("fingerprint_sha256", target.pin_sha256);
    put("proxy", target.proxy.reveal());
    return Secret(secret.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

Secret with_ca(const Secret& data, const std::string& pem) {
    nlohmann::json secret = nlohmann::json::parse(data.reveal(), nullptr, false);
    secret["ca_cert"] = pem;
    return Secret(secret.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

Result<runtime::TargetRequest> target_request(const TargetConfig& target,
                                              const runtime::Options& options) {
    auto requests = runtime::parse_secret(secret_data(target).reveal(), options);
    if (!requests) {
        return requests.status().within("target " + target.name);
    }
    runtime::TargetRequest request = std::move(requests->front());
    request.label = target.name;
    request.spec.tls.ca_file = target.ca_file;
    prism::Limits& limits = request.spec.limits;
    replace(limits.sessions, target.limits.sessions);
    replace(limits.in_flight, target.limits.in_flight);
    replace(limits.per_second, target.limits.per_second);
    replace(limits.tries, target.limits.tries);
    replace(limits.connect, target.limits.connect);
    replace(limits.first_byte, target.limits.first_byte);
    replace(limits.idle, target.limits.idle);
    replace(limits.total, target.limits.total);
    replace(limits.body_bytes, target.limits.body);
    return request;
}

Result<std::vector<runtime::TargetRequest>> target_requests(const Config& config,
                                                            const std::vector<std::string>& wanted,
                                                            const runtime::Options& options) {
    if (config.targets.empty()) {
        return Status(Code::failed_precondition, "ERROR_TARGET",
                      "no Prism Central is configured; give --host with --username, --secret-file, "
                      "or targets in a configuration file");
    }
    std::vector<runtime::TargetRequest> requests;
    std::vector<std::string> known;
    std::vector<bool> is_used(wanted.size(), false);
    for (const TargetConfig& target : config.targets) {
        known.push_back(target.name);
        auto request = target_request(target, options);
        if (!request) {
            return request.status();
        }
        bool is_wanted = wanted.empty();
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (wanted[i] == target.name || wanted[i] == request->name) {
                is_wanted = is_used[i] = true;
            }
        }
        if (is_wanted) {
            requests.push_back(std::move(*request));
        }
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!is_used[i]) {
            return Status(
                Code::not_found, "ERROR_TARGET",
                "no target is named " + wanted[i] + runtime::suggestion(wanted[i], known));
        }
    }
    return requests;
}

}  // namespace pf::host::app
