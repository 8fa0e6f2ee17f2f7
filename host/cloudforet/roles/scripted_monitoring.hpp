// For tests: services of metrics, logs and events that do what the test says, and a server around
// a role.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/cloudforet/client/reflection_call.hpp"
#include "host/cloudforet/roles/monitoring.hpp"
#include "host/cloudforet/roles/monitoring_log.hpp"
#include "host/cloudforet/roles/webhook.hpp"
#include "host/cloudforet/server.hpp"

namespace pf::host::cloudforet::testing {

// Functions may be replaced before the server starts.
struct ScriptedMetrics final : MetricService {
    std::function<Status(const runtime::Request&)> on_verify;
    std::function<Result<std::vector<MetricOffer>>(const MonitoredResource&)> on_list;
    std::function<Result<MetricSeries>(const MetricWish&, const Stop&)> on_data;

    Status verify(const runtime::Request& request, const Stop&) override {
        return on_verify ? on_verify(request) : Status();
    }
    Result<std::vector<MetricOffer>> list(const runtime::Request&,
                                          const MonitoredResource& resource, const Stop&) override {
        return on_list ? on_list(resource) : Result(std::vector<MetricOffer>());
    }
    Result<MetricSeries> data(const runtime::Request&, const MetricWish& wish,
                              const Stop& stop) override {
        return on_data ? on_data(wish, stop) : Result(MetricSeries());
    }
};

// See ScriptedMetrics.
struct ScriptedLog final : LogService {
    std::function<Status(const LogWish&, const LogSink&)> on_list;

    Status verify(const runtime::Request&, const Stop&) override { return {}; }
    std::vector<LogField> fields() const override {
        return {{"time", "Time", "datetime", R"({"source_type":"iso8601"})"},
                {"title", "Title"},
                {"resource.name", "Resource", "text", "{}", false}};
    }
    Status list(const runtime::Request&, const LogWish& wish, const LogSink& sink,
                const Stop&) override {
        return on_list ? on_list(wish, sink) : Status();
    }
};

// See ScriptedMetrics.
struct ScriptedEvents final : EventService {
    std::function<Status(std::string_view)> on_verify;
    std::function<Result<std::vector<PluginEvent>>(std::string_view)> on_parse;

    Status verify(std::string_view options, const Stop&) override {
        return on_verify ? on_verify(options) : Status();
    }
    Result<std::vector<PluginEvent>> parse(std::string_view, std::string_view body,
                                           const Stop&) override {
        return on_parse ? on_parse(body) : Result(std::vector<PluginEvent>());
    }
};

// A server of one role on a port of the system's choice, with one client.
struct RoleScene {
    explicit RoleScene(std::unique_ptr<Role> role, CallObserver on_call = {});
    CallEnd call(const std::string& method, const std::string& json,
                 const MessageHandler& on_message = {}) const;
    // The answer of a unary method as JSON text; the call must succeed.
    std::string answer(const std::string& method, const std::string& json) const;
    // The status of a call.
    Status status(const std::string& method, const std::string& json) const {
        return call(method, json).status;
    }

    std::unique_ptr<Server> server;
    std::unique_ptr<ReflectionClient> client;
};

// Full names of the services of the role alone, sorted; each is resolved and their short names
// differ, else this throws.
std::vector<std::string> role_services(const RoleScene& scene);

}  // namespace pf::host::cloudforet::testing
