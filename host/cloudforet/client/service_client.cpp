#include "host/cloudforet/client/service_client.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>

#include "host/cloudforet/client/reflection_call.hpp"
#include "host/cloudforet/client/service_failure.hpp"

namespace pf::host::cloudforet {
namespace {

using nlohmann::json;

constexpr std::string_view package_prefix = "spaceone.api.";
constexpr const char* endpoint_service = "spaceone.api.identity.v2.Endpoint";

// "identity" of "spaceone.api.identity.v2.Provider": which server has the service.
std::string server_of(std::string_view service) {
    if (service.starts_with(package_prefix)) {
        service.remove_prefix(package_prefix.size());
    }
    const std::string name(service.substr(0, service.find('.')));
    return name == "user_secret" ? "secret" : name;
}

std::string normal(std::string name) {
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

// "identity.Provider.create", as CloudForet's own tools write it.
std::string method_name(const ServiceCall& call) {
    return server_of(call.service) + "." + call.service.substr(call.service.rfind('.') + 1) + "." +
           call.method;
}

bool only_reads(std::string_view method) {
    return method == "get" || method == "list" || method == "get_data" || method == "stat";
}

bool is_passing(const Status& failure) {
    return failure.code() == Code::unavailable || failure.code() == Code::deadline_exceeded;
}

// Addresses out of a catalogue may have a path behind the port, which gRPC has no use for.
std::string without_path(const std::string& address) {
    const std::size_t scheme = address.find("://");
    const std::size_t host = scheme == address.npos ? 0 : scheme + 3;
    return address.substr(0, address.find('/', host));
}

void wait(std::chrono::milliseconds time, const Stop& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_until(lock, stop.token(), std::min(Clock::now() + time, stop.deadline()),
                     [] { return false; });
}

}  // namespace

struct ServiceClient::State {
    explicit State(ServiceAccess wanted) : access(std::move(wanted)) {
        for (const auto& [name, address] : access.endpoints) {
            addresses[normal(name)] = address;
        }
        if (!access.identity.empty()) {
            addresses["identity"] = access.identity;
        }
    }

    Result<std::string> call(const ServiceCall& call, const Stop& stop);
    Result<std::string> attempt(const std::string& address, const ServiceCall& call,
                                const Stop& stop, bool& is_sent);
    Result<std::string> address_of(const std::string& server, const Stop& stop);
    Status learn_addresses(const Stop& stop);

    ServiceAccess access;
    std::map<std::string, std::string> addresses;  // by server
    bool is_learned = false;
    std::map<std::string, std::unique_ptr<ReflectionClient>> connections;  // by address
};

Result<std::string> ServiceClient::State::attempt(const std::string& address,
                                                  const ServiceCall& call, const Stop& stop,
                                                  bool& is_sent) {
    const auto timeout = call.timeout.count() > 0 ? call.timeout : access.timeout;
    const Stop bounded = stop.until(Clock::now() + timeout);
    std::unique_ptr<ReflectionClient>& connection = connections[address];
    if (!connection) {
        auto opened = ReflectionClient::connect(address, std::chrono::seconds(5), bounded);
        if (!opened) {
            return opened.status();
        }
        connection = std::move(*opened);
    }
    // Learned ahead, so that only the call itself may have been heard when it fails.
    const std::string method = call.service + "/" + call.method;
    Status failure = connection->describe(method, bounded).status();
    if (failure.ok()) {
        is_sent = true;
        CallRequest request{method, call.request, {}, bounded};
        if (!access.token.empty()) {
            request.metadata.emplace_back("token", std::string(access.token.reveal()));
        }
        Result<std::string> answer = Status(Code::data_loss, "ERROR_ANSWER", "there is no answer");
        const CallEnd end = connection->call(request, [&](const ReceivedMessage& message) {
            answer = message.json();
            return answer.ok();
        });
        failure = end.status.ok() ? answer.status() : end.status;
        if (failure.ok()) {
            return answer;
        }
    }
    if (is_passing(failure)) {
        connection.reset();
    }
    return failure;
}

Result<std::string> ServiceClient::State::call(const ServiceCall& call, const Stop& stop) {
    const auto address = address_of(server_of(call.service), stop);
    if (!address) {
        return address.status();
    }
    std::chrono::milliseconds pause = access.pause;
    FailedCall failed{method_name(call), *address, call.needs, 1};
    while (true) {
        bool is_sent = false;
        auto answer = attempt(*address, call, stop, is_sent);
        if (answer) {
            return answer;
        }
        if (stop.requested()) {
            return stop.why().within(failed.method);
        }
        const bool is_repeatable =
            is_passing(answer.status()) && (!is_sent || only_reads(call.method));
        if (!is_repeatable || failed.tries >= access.tries) {
            return service_failure(answer.status(), failed, access.token.reveal());
        }
        wait(pause, stop);
        pause *= 2;
        ++failed.tries;
    }
}

Status ServiceClient::State::learn_addresses(const Stop& stop) {
    const char* const type = access.is_outside ? "PUBLIC" : "INTERNAL";
    const auto answer =
        call({endpoint_service, "list", json{{"endpoint_type", type}}.dump(), ""}, stop);
    if (!answer) {
        return answer.status();
    }
    const json list = json::parse(*answer, nullptr, false);
    for (const json& one : list.value("results", json::array())) {
        const std::string internal = one.value("internal_endpoint", "");
        const std::string general = one.value("endpoint", "");
        const std::string& address = access.is_outside || internal.empty() ? general : internal;
        if (!address.empty()) {
            // What was configured stays.
            addresses.emplace(normal(one.value("service", "")), without_path(address));
        }
    }
    is_learned = true;
    return {};
}

Result<std::string> ServiceClient::State::address_of(const std::string& server, const Stop& stop) {
    if (access.identity.empty() && !addresses.contains(server)) {
        return Status(Code::failed_precondition, "ERROR_CLOUDFORET_ENDPOINT",
                      "no address of CloudForet's identity service is known; give "
                      "cloudforet.identity in the configuration, or --identity");
    }
    if (!addresses.contains(server) && !is_learned) {
        if (Status learned = learn_addresses(stop); !learned.ok()) {
            return learned;
        }
    }
    const auto found = addresses.find(server);
    if (found == addresses.end()) {
        return Status(Code::not_found, "ERROR_CLOUDFORET_ENDPOINT",
                      "the identity service at " + access.identity + " does not say where " +
                          server + " is; give cloudforet.endpoints." + server +
                          " in the configuration");
    }
    return found->second;
}

ServiceClient::ServiceClient(ServiceAccess access)
    : state_(std::make_unique<State>(std::move(access))) {}

ServiceClient::~ServiceClient() = default;

Result<std::string> ServiceClient::call(const ServiceCall& call, const Stop& stop) {
    return state_->call(call, stop);
}

}  // namespace pf::host::cloudforet
