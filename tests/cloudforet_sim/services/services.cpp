#include "tests/cloudforet_sim/services/services.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <mutex>
#include <set>

#include "tests/acceptance/scripted_server.hpp"
#include "tests/cloudforet_sim/services/message_codec.hpp"
#include "tests/cloudforet_sim/services/service_desk.hpp"

namespace pf::cloudforet_sim {

using nlohmann::json;
using test::Answer;
using test::answer_with;
using test::answer_with_error;
using test::ScriptedServer;

namespace {

// Which server has which services.
const std::map<std::string, std::vector<std::string>> servers = {
    {"identity",
     {"identity.v2.Provider", "identity.v2.Schema", "identity.v2.ServiceAccount",
      "identity.v2.Role", "identity.v2.Endpoint"}},
    {"repository", {"repository.v1.Plugin"}},
    {"secret", {"secret.v1.Secret", "user_secret.v1.UserSecret"}},
    {"config", {"config.v1.SharedConfig", "config.v1.DomainConfig"}},
    {"inventory", {"inventory.v1.Collector"}},
    {"dashboard",
     {"dashboard.v1.PublicDashboard", "dashboard.v1.PrivateDashboard", "dashboard.v1.PublicWidget",
      "dashboard.v1.PrivateWidget", "dashboard.v1.PublicDataTable"}},
    {"cost_analysis", {"cost_analysis.v1.DataSource"}},
    {"monitoring",
     {"monitoring.v1.DataSource", "monitoring.v1.Webhook", "monitoring.v1.ProjectAlertConfig",
      "monitoring.v1.Event"}},
    {"alert_manager",
     {"alert_manager.v1.Webhook", "alert_manager.v1.Service", "alert_manager.v1.Event",
      "alert_manager.v1.Alert"}},
    {"notification", {"notification.v1.Protocol", "notification.v1.Notification"}},
};

struct Fault {
    int code = 0;
    std::string details;
    std::size_t times = 0;
    bool is_done = false;
};

std::string value_of(const std::map<std::string, std::string>& metadata, const std::string& key) {
    const auto found = metadata.find(key);
    return found == metadata.end() ? std::string() : found->second;
}

Answer refusal(const Refusal& refused) {
    return answer_with_error(static_cast<grpc::StatusCode>(refused.code), refused.what());
}

bool changes_something(const std::string& method) {
    const std::string name = method.substr(method.rfind('.') + 1);
    return name != "get" && name != "list" && name != "get_data";
}

}  // namespace

struct Services::State {
    MessageCodec codec{PF_CLOUDFORET_DESCRIPTORS};
    Tokens tokens;
    mutable std::mutex mutex;
    Stores stores;
    ServiceDesk desk;
    std::map<std::string, std::string> addresses;
    std::set<std::string> hidden;
    std::map<std::string, Fault> faults;
    std::map<std::string, std::size_t> calls;
    std::vector<std::string> requests;
    std::map<std::string, std::unique_ptr<ScriptedServer>> running;

    void start(const std::string& server, const std::vector<std::string>& services) {
        auto started = std::make_unique<ScriptedServer>();
        for (const auto& file : codec.files()) started->add_file(file);
        for (const std::string& name : services) {
            const std::string full = "spaceone.api." + name;
            started->list(full);
            const auto& service = codec.service(full);
            for (int i = 0; i < service.method_count(); ++i) {
                const auto* method = service.method(i);
                started->serve_call(
                    "/" + full + "/" + method->name(),
                    [this, method](const std::string& request, const auto& metadata) {
                        return answer(*method, request, metadata);
                    });
            }
        }
        addresses[server] = started->start();
        running[server] = std::move(started);
    }

    Answer answer(const google::protobuf::MethodDescriptor& method, const std::string& bytes,
                  const std::map<std::string, std::string>& metadata) {
        const std::scoped_lock lock(mutex);
        const std::string service = method.service()->full_name();
        const std::string package = service.substr(std::string("spaceone.api.").size());
        const std::string name = package.substr(0, package.find('.')) + "." +
                                 method.service()->name() + "." + method.name();
        ++calls[name];
        try {
            const json params = codec.decode(method.input_type()->full_name(), bytes);
            requests.push_back(name + " " + params.dump());
            const auto fault = faults.find(name);
            const bool fails = fault != faults.end() && fault->second.times > 0;
            if (fails) --fault->second.times;
            if (fails && fault->second.code == 0) {
                return answer_with(
                    {codec.encode(method.output_type()->full_name(), json::object())});
            }
            if (fails && !fault->second.is_done) {
                throw Refusal(fault->second.code, fault->second.details);
            }
            const json reply =
                run(service + "/" + method.name(), params, value_of(metadata, "token"));
            if (fails) throw Refusal(fault->second.code, fault->second.details);
            return answer_with({codec.encode(method.output_type()->full_name(), reply)});
        } catch (const Refusal& refused) {
            return refusal(refused);
        } catch (const std::exception& error) {
            return refusal(Refusal(13, std::string("ERROR_UNKNOWN: ") + error.what()));
        }
    }

    json run(const std::string& path, json params, const std::string& token) const {
        const auto method = desk.find(path);
        if (method == desk.end()) throw Refusal(12, "ERROR_NOT_IMPLEMENTED: " + path);
        if (method->second.roles.empty()) return method->second.run({Caller{}, std::move(params)});
        const Caller caller = tokens.check(token);
        const auto& roles = method->second.roles;
        if (std::find(roles.begin(), roles.end(), caller.role) == roles.end()) {
            throw permission_denied();
        }
        // Whose domain and workspace it is says the token, never the request.
        params["domain_id"] = caller.domain_id;
        params.erase("workspace_id");
        if (!caller.workspace_id.empty()) params["workspace_id"] = caller.workspace_id;
        return method->second.run({caller, std::move(params)});
    }

    json endpoints() const {
        json results = json::array();
        for (const auto& [server, address] : addresses) {
            if (hidden.contains(server)) continue;
            results.push_back({{"service", server},
                               {"name", server + " service"},
                               {"endpoint", "grpc+ssl://" + server + ".example.com:443/v1"},
                               {"internal_endpoint", "grpc://" + address},
                               {"state", "ACTIVE"}});
        }
        return {{"results", results}, {"total_count", results.size()}};
    }
};

Services::Services() : state_(std::make_unique<State>()) {
    State& state = *state_;
    add_identity(state.desk, state.stores);
    add_service_accounts(state.desk, state.stores);
    add_repository(state.desk, state.stores);
    add_secrets(state.desk, state.stores);
    add_configs(state.desk, state.stores);
    add_collectors(state.desk, state.stores);
    add_dashboards(state.desk, state.stores);
    add_cost_analysis(state.desk, state.stores);
    add_monitoring(state.desk, state.stores);
    add_alert_manager(state.desk, state.stores);
    add_notification(state.desk, state.stores);
    add_events(state.desk, state.stores);
    state.desk["spaceone.api.identity.v2.Endpoint/list"] = {
        {}, [&state](const ServiceRequest&) { return state.endpoints(); }};
    for (const auto& [server, services] : servers) state.start(server, services);
}

Services::~Services() = default;

std::string Services::address(const std::string& server) const {
    return state_->addresses.at(server);
}

Tokens& Services::tokens() { return state_->tokens; }

void Services::stop(const std::string& server) { state_->running.at(server).reset(); }

void Services::hide(const std::string& server) {
    const std::scoped_lock lock(state_->mutex);
    state_->hidden.insert(server);
}

void Services::fail(const std::string& method, int code, const std::string& details,
                    std::size_t times, bool is_done) {
    const std::scoped_lock lock(state_->mutex);
    state_->faults[method] = {code, details, times, is_done};
}

std::size_t Services::calls(const std::string& method) const {
    const std::scoped_lock lock(state_->mutex);
    const auto found = state_->calls.find(method);
    return found == state_->calls.end() ? 0 : found->second;
}

std::size_t Services::changes() const {
    const std::scoped_lock lock(state_->mutex);
    std::size_t sum = 0;
    for (const auto& [method, count] : state_->calls) {
        if (changes_something(method)) sum += count;
    }
    return sum;
}

std::vector<std::string> Services::requests() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->requests;
}

json Services::documents(const std::string& kind) const {
    const std::scoped_lock lock(state_->mutex);
    const Stores& stores = state_->stores;
    const std::map<std::string, const CollectionStore*> kinds = {
        {"Provider", &stores.providers},
        {"Schema", &stores.schemas},
        {"ServiceAccount", &stores.service_accounts},
        {"Plugin", &stores.plugins},
        {"Secret", &stores.secrets},
        {"UserSecret", &stores.user_secrets},
        {"SharedConfig", &stores.shared_configs},
        {"DomainConfig", &stores.domain_configs},
        {"Collector", &stores.collectors},
        {"PublicDashboard", &stores.dashboards},
        {"PrivateDashboard", &stores.private_dashboards},
        {"PublicWidget", &stores.widgets},
        {"PrivateWidget", &stores.private_widgets},
        {"Role", &stores.roles},
        {"PublicDataTable", &stores.data_tables},
        {"CostDataSource", &stores.cost_data_sources},
        {"DataSource", &stores.data_sources},
        {"Webhook", &stores.webhooks},
        {"AlertWebhook", &stores.alert_webhooks},
        {"Alert", &stores.alerts},
        {"Protocol", &stores.protocols},
    };
    return kinds.at(kind)->all();
}

void Services::answer_init(const std::string& plugin_id, const json& metadata) {
    const std::scoped_lock lock(state_->mutex);
    state_->stores.plugin_metadata[plugin_id] = metadata;
}

void Services::switch_on_alerts(const std::string& project_id, bool is_on) {
    const std::scoped_lock lock(state_->mutex);
    state_->stores.alert_projects.erase(project_id);
    if (is_on) state_->stores.alert_projects.insert(project_id);
}

void Services::add_alert_service(const std::string& service_id) {
    const std::scoped_lock lock(state_->mutex);
    state_->stores.alert_services.insert(service_id);
}

void Services::add_webhook(const std::string& server, const std::string& webhook_id,
                           const std::string& access_key, bool is_enabled) {
    const std::scoped_lock lock(state_->mutex);
    Stores& stores = state_->stores;
    const std::map<std::string, CollectionStore*> kept = {
        {"monitoring", &stores.webhooks}, {"alert_manager", &stores.alert_webhooks}};
    CollectionStore& webhooks = *kept.at(server);
    const json id = {{"webhook_id", webhook_id}};
    if (webhooks.has({}, webhook_id)) webhooks.remove({}, id);
    json webhook = id;
    webhook["access_key"] = access_key;
    webhook["state"] = is_enabled ? "ENABLED" : "DISABLED";
    webhooks.add({}, std::move(webhook));
}

std::vector<Received> Services::received() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->stores.received;
}

void Services::forget_received() {
    const std::scoped_lock lock(state_->mutex);
    state_->stores.received.clear();
}

std::vector<std::string> Services::access_keys() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->stores.access_keys;
}

json Services::secret_data(const std::string& secret_id) const {
    const std::scoped_lock lock(state_->mutex);
    return state_->stores.secret_data.at(secret_id);
}

}  // namespace pf::cloudforet_sim
