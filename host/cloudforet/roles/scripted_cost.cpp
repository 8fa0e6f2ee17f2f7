#include "host/cloudforet/roles/scripted_cost.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace pf::host::cloudforet::testing {
namespace {

constexpr const char* usable =
    R"({"options":{},"secret_data":{"host":"pc1","username":"admin","password":"p4ss"}})";

}  // namespace

CostScene::CostScene(std::shared_ptr<ScriptedCost> service, CostLimits limits,
                     CallObserver on_call) {
    ServerOptions options;
    options.address = "127.0.0.1:0";
    options.version = "1.2.3";
    options.on_call = std::move(on_call);
    auto started = Server::start(options, cost_role(std::move(service), limits));
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

CallEnd CostScene::call(const std::string& method, const std::string& json,
                        const MessageHandler& on_message, const Stop& stop) const {
    CallRequest request;
    request.method = method;
    request.json = json.empty() ? usable : json;
    request.stop = stop;
    return client->call(
        request, on_message ? on_message : [](const ReceivedMessage&) { return true; });
}

std::string CostScene::answer(const std::string& method, const std::string& json) const {
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

std::string february_request() {
    nlohmann::json request = nlohmann::json::parse(usable);
    request["task_options"] = {{"target", "pc1:9440"},
                               {"account", "uuid-1"},
                               {"month", "2026-02"},
                               {"last_day", "2026-02-27"}};
    return request.dump();
}

cost::Charge february_charge(std::string_view resource) {
    cost::Charge charge;
    charge.cost_micros = 4800000;
    charge.quantity_micros = 96000000;
    charge.billed_date = "2026-02-27";
    charge.resource = resource;
    charge.product = "AHV";
    charge.usage_type = "vcpu";
    charge.usage_unit = "vCPU-hour";
    return charge;
}

}  // namespace pf::host::cloudforet::testing
