#include "host/cloudforet/roles/webhook.hpp"

#include "host/cloudforet/call_identity.hpp"
#include "host/cloudforet/roles/event_calls.hpp"
#include "host/runtime/request_values.hpp"
#include "spaceone/api/monitoring/plugin/event.grpc.pb.h"
#include "spaceone/api/monitoring/plugin/webhook.grpc.pb.h"

namespace pf::host::cloudforet {

Result<std::vector<PluginEvent>> EventCalls::read(const Struct& options, const Struct& data,
                                                  const Stop& stop) const {
    // Somebody posted an empty object: nothing happened.
    if (data.fields().empty()) {
        return std::vector<PluginEvent>();
    }
    if (data.ByteSizeLong() > limits_.body) {
        return runtime::bad_value("data",
                                  "must be at most " + std::to_string(limits_.body) + " bytes");
    }
    auto events = service_->parse(struct_to_json(options), struct_to_json(data), stop);
    if (events && events->size() > limits_.events) {
        return runtime::bad_value(
            "data", "must tell of at most " + std::to_string(limits_.events) + " events");
    }
    return events;
}

namespace {

namespace plugin = spaceone::api::monitoring::plugin;
using google::protobuf::Empty;
using grpc::ServerContext;

class WebhookService final : public plugin::Webhook::Service {
  public:
    explicit WebhookService(const EventCalls& calls) : calls_(calls) {}
    grpc::Status init(ServerContext* call, const plugin::WebhookInitRequest* request,
                      plugin::WebhookPluginInfo* answer) override {
        const CallTrace::Scope scope(trace_of(*call));
        answer->mutable_metadata();
        return calls_.verify(*call, "spaceone.api.monitoring.plugin.Webhook/init",
                             request->options());
    }
    grpc::Status verify(ServerContext* call, const plugin::WebhookPluginVerifyRequest* request,
                        Empty*) override {
        const CallTrace::Scope scope(trace_of(*call));
        return calls_.verify(*call, "spaceone.api.monitoring.plugin.Webhook/verify",
                             request->options());
    }

  private:
    const EventCalls& calls_;
};

class EventParser final : public plugin::Event::Service {
  public:
    explicit EventParser(const EventCalls& calls) : calls_(calls) {}
    grpc::Status parse(ServerContext* call, const plugin::ParseRequest* request,
                       plugin::EventsInfo* answer) override {
        const CallTrace::Scope scope(trace_of(*call));
        return calls_.parse(*call, "spaceone.api.monitoring.plugin.Event/parse", *request, *answer);
    }

  private:
    const EventCalls& calls_;
};

class WebhookRole final : public Role {
  public:
    WebhookRole(std::shared_ptr<EventService> service, WebhookLimits limits)
        : service_(std::move(service)), limits_(limits) {}

    std::string_view name() const override { return "webhook"; }

    std::vector<grpc::Service*> services(const RoleContext& context) override {
        if (!calls_) {
            calls_ = std::make_unique<EventCalls>(service_, limits_, context);
            webhook_ = std::make_unique<WebhookService>(*calls_);
            parser_ = std::make_unique<EventParser>(*calls_);
        }
        return {webhook_.get(), parser_.get()};
    }

  private:
    const std::shared_ptr<EventService> service_;
    const WebhookLimits limits_;
    std::unique_ptr<EventCalls> calls_;
    std::unique_ptr<WebhookService> webhook_;
    std::unique_ptr<EventParser> parser_;
};

}  // namespace

std::unique_ptr<Role> webhook_role(std::shared_ptr<EventService> service, WebhookLimits limits) {
    return std::make_unique<WebhookRole>(std::move(service), limits);
}

}  // namespace pf::host::cloudforet
