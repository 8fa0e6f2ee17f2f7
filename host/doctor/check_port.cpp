// Port: can this program listen where CloudForet shall find it, or does it already?

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "host/cloudforet/client/reflection_call.hpp"
#include "host/cloudforet/grpc_log.hpp"
#include "host/cloudforet/listen_error.hpp"
#include "host/doctor/checks.hpp"

namespace pf::host::doctor {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::seconds patience(2);
constexpr const char* own_service = "spaceone.core.v1.Plugin";
constexpr const char* version_method = "spaceone.api.core.v1.ServerInfo/get_version";

// Where somebody on this machine reaches a server that listens on `address`.
std::string near_address(const cloudforet::ListenAddress& address) {
    const bool is_any = address.host.empty() || address.host == "0.0.0.0" || address.host == "::";
    return cloudforet::ListenAddress{is_any ? "127.0.0.1" : address.host, address.port}.text();
}

// The version of the plugin server that answers there; empty when it is none, or none of ours.
std::string version_there(const cloudforet::ListenAddress& address, const Stop& stop) {
    cloudforet::quiet_grpc();
    const Stop soon = stop.until(Clock::now() + patience);
    auto client = cloudforet::ReflectionClient::connect(near_address(address), patience, soon);
    if (!client) {
        return {};
    }
    auto services = (*client)->services(soon);
    if (!services ||
        std::find(services->begin(), services->end(), own_service) == services->end()) {
        return {};
    }
    std::string version;
    cloudforet::CallRequest request;
    request.method = version_method;
    request.stop = soon;
    const auto end = (*client)->call(request, [&](const cloudforet::ReceivedMessage& message) {
        const auto text = message.json();
        const auto json = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
        if (json.is_object()) {
            version = json.value("version", "");
        }
        return true;
    });
    return end.status.ok() ? version : std::string();
}

}  // namespace

Finding check_port(const std::string& text, bool is_configured, const Stop& stop) {
    Json facts = {{"address", text}};
    const auto address = cloudforet::parse_listen_address(text);
    Finding finding;
    if (!address) {
        finding = found_failure("port", address.status());
        facts["state"] = "unusable";
    } else if (Status taken = cloudforet::try_to_listen(*address); taken.ok()) {
        finding = found_good("port", text + " is free for prismforet serve");
        facts["state"] = "free";
    } else if (const std::string version = version_there(*address, stop); !version.empty()) {
        finding = found_good("port", "prismforet " + version + " already serves at " + text);
        facts["state"] = "served";
        facts["version"] = version;
    } else if (is_configured) {
        finding = found_failure("port", Status(Code::invalid_argument, "ERROR_CONFIG",
                                               "serve.grpc: " + taken.message()));
        facts["state"] = "taken";
    } else {
        finding = found_warning("port", what_failed(taken), taken, what_to_do(taken));
        facts["state"] = "taken";
    }
    finding.facts = facts.dump(-1, ' ', false, Json::error_handler_t::replace);
    return finding;
}

}  // namespace pf::host::doctor
