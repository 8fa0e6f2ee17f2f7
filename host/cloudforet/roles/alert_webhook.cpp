#include "host/cloudforet/call_identity.hpp"
#include "host/cloudforet/roles/event_calls.hpp"
#include "host/cloudforet/roles/webhook.hpp"
#include "spaceone/api/alert_manager/plugin/event.grpc.pb.h"
#include "spaceone/api/alert_manager/plugin/webhook.grpc.pb.h"

namespace pf::host::cloudforet {
namespace {

namespace plugin = spaceone::api::alert_manager::plugin;
using google::protobuf::Empty;
using grpc::ServerContext;

class WebhookService final : public plugin::Webhook::Service {
  public:
    explicit WebhookService(const EventCalls& calls) : calls_(calls) {}
    grpc::Status init(ServerContext* call, const plugin::InitRequest* request,
                      plugin::PluginInfo* answer) override {
        const CallTrace::Scope scope(trace_of(*call));
        answer->mutable_metadata();
        return calls_.verify(*call, "spaceone.api.alert_manager.plugin.Webhook/init",
                             request->options());
    }
    grpc::Status verify(ServerContext* call, const plugin::VerifyRequest* request,
                        Empty*) override {
        const CallTrace::Scope scope(trace_of(*call));
        return calls_.verify(*call, "spaceone.api.alert_manager.plugin.Webhook/verify",
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
        return calls_.parse(*call, "spaceone.api.alert_manager.plugin.Event/parse", *request,
                            *answer);
    }

  private:
    const EventCalls& calls_;
};

class AlertWebhookRole final : public Role {
  public:
    AlertWebhookRole(std::shared_ptr<EventService> service, WebhookLimits limits)
        : service_(std::move(service)), limits_(limits) {}

    std::string_view name() const override { return "alert-webhook"; }

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

std::unique_ptr<Role> alert_webhook_role(std::shared_ptr<EventService> service,
                                         WebhookLimits limits) {
    return std::make_unique<AlertWebhookRole>(std::move(service), limits);
}

}  // namespace pf::host::cloudforet
