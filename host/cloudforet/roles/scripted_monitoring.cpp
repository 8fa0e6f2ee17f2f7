#include "host/cloudforet/roles/scripted_monitoring.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace pf::host::cloudforet::testing {

RoleScene::RoleScene(std::unique_ptr<Role> role, CallObserver on_call) {
    ServerOptions options;
    options.address = "127.0.0.1:0";
    options.version = "1.2.3";
    options.on_call = std::move(on_call);
    auto started = Server::start(options, std::move(role));
    if (!started) {
        throw std::runtime_error(started.status().text());
    }
    server = std::move(*started);
    auto connected = ReflectionClient::connect(server->address(), std::chrono::seconds(60));
    if (!connected) {
        throw std::runtime_error(connected.status().text());
    }
    client = std::move(*connected);
}

CallEnd RoleScene::call(const std::string& method, const std::string& json,
                        const MessageHandler& on_message) const {
    CallRequest request;
    request.method = method;
    request.json = json;
    return client->call(
        request, on_message ? on_message : [](const ReceivedMessage&) { return true; });
}

std::string RoleScene::answer(const std::string& method, const std::string& json) const {
    std::string text;
    const CallEnd end = call(method, json, [&](const ReceivedMessage& message) {
        text = message.json().value();
        return true;
    });
    if (!end.status.ok()) {
        throw std::runtime_error(end.status.text());
    }
    return text;
}

std::vector<std::string> role_services(const RoleScene& scene) {
    std::vector<std::string> names;
    std::set<std::string> short_names;
    const auto listed = scene.client->services();
    for (const std::string& service : listed.value()) {
        if (!scene.client->methods(service).ok()) {
            throw std::runtime_error(service + " cannot be resolved");
        }
        if (!short_names.insert(service.substr(service.rfind('.') + 1)).second) {
            throw std::runtime_error(service + " hides another service");
        }
        if (service.find(".plugin.") != std::string::npos) {
            names.push_back(service);
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace pf::host::cloudforet::testing
