#include "host/cloudforet/roles/notification.hpp"

#include <utility>

#include "host/cloudforet/call_identity.hpp"
#include "host/cloudforet/roles/unary_call.hpp"
#include "host/cloudforet/struct_json.hpp"
#include "host/runtime/request_values.hpp"
#include "spaceone/api/notification/plugin/notification.grpc.pb.h"
#include "spaceone/api/notification/plugin/protocol.grpc.pb.h"

namespace pf::host::cloudforet {
namespace {

namespace plugin = spaceone::api::notification::plugin;
using google::protobuf::Empty;
using grpc::ServerContext;

// What the calls of both services share.
struct Parts {
    std::shared_ptr<NotificationService> service;
    NotificationLimits limits;
    RoleContext context;
};

class ProtocolService final : public plugin::Protocol::Service {
  public:
    explicit ProtocolService(const Parts& parts) : parts_(parts) {}
    grpc::Status init(ServerContext* call, const plugin::InitRequest* request,
                      plugin::PluginInfo* answer) override {
        const CallTrace::Scope scope(trace_of(*call));
        return answer_call(parts_.context, *call, "spaceone.api.notification.plugin.Protocol/init",
                           parts_.limits.answer, [&](const Stop&) -> Status {
                               const Result<std::string> metadata =
                                   parts_.service->metadata(struct_to_json(request->options()));
                               return metadata
                                          ? json_to_struct(*metadata, *answer->mutable_metadata())
                                          : metadata.status();
                           });
    }
    grpc::Status verify(ServerContext* call, const plugin::PluginVerifyRequest* request,
                        Empty*) override {
        const CallTrace::Scope scope(trace_of(*call));
        return answer_call(
            parts_.context, *call, "spaceone.api.notification.plugin.Protocol/verify",
            parts_.limits.answer, [&](const Stop& stop) {
                return parts_.service->verify(struct_to_json(request->options()),
                                              Secret(struct_to_json(request->secret_data())), stop);
            });
    }

  private:
    const Parts& parts_;
};

runtime::NoticeLevel level_of(plugin::PluginDispatchRequest::NotificationType type) {
    switch (type) {
        case plugin::PluginDispatchRequest::ERROR:
            return runtime::NoticeLevel::error;
        case plugin::PluginDispatchRequest::SUCCESS:
            return runtime::NoticeLevel::success;
        case plugin::PluginDispatchRequest::WARNING:
            return runtime::NoticeLevel::warning;
        default:
            return runtime::NoticeLevel::info;
    }
}

class Dispatcher final : public plugin::Notification::Service {
  public:
    explicit Dispatcher(const Parts& parts) : parts_(parts) {}
    grpc::Status dispatch(ServerContext* call, const plugin::PluginDispatchRequest* request,
                          Empty*) override {
        const CallTrace::Scope scope(trace_of(*call));
        return answer_call(
            parts_.context, *call, "spaceone.api.notification.plugin.Notification/dispatch",
            parts_.limits.answer, [&](const Stop& stop) { return deliver(*request, stop); });
    }

  private:
    Status deliver(const plugin::PluginDispatchRequest& request, const Stop& stop) const {
        if (!request.has_message()) {
            return runtime::missing_key("message");
        }
        if (request.message().ByteSizeLong() > parts_.limits.message) {
            return runtime::bad_value(
                "message", "must be at most " + std::to_string(parts_.limits.message) + " bytes");
        }
        Dispatch dispatch;
        dispatch.level = level_of(request.notification_type());
        dispatch.options = struct_to_json(request.options());
        dispatch.message = struct_to_json(request.message());
        dispatch.secret_data = Secret(struct_to_json(request.secret_data()));
        dispatch.channel_data = Secret(struct_to_json(request.channel_data()));
        return parts_.service->dispatch(dispatch, stop);
    }

    const Parts& parts_;
};

class NotificationRole final : public Role {
  public:
    NotificationRole(std::shared_ptr<NotificationService> service, NotificationLimits limits)
        : parts_{std::move(service), limits, {}} {}

    std::string_view name() const override { return "notification"; }

    std::vector<grpc::Service*> services(const RoleContext& context) override {
        if (!protocol_) {
            parts_.context = context;
            protocol_ = std::make_unique<ProtocolService>(parts_);
            dispatcher_ = std::make_unique<Dispatcher>(parts_);
        }
        return {protocol_.get(), dispatcher_.get()};
    }

  private:
    Parts parts_;
    std::unique_ptr<ProtocolService> protocol_;
    std::unique_ptr<Dispatcher> dispatcher_;
};

}  // namespace

std::unique_ptr<Role> notification_role(std::shared_ptr<NotificationService> service,
                                        NotificationLimits limits) {
    return std::make_unique<NotificationRole>(std::move(service), limits);
}

}  // namespace pf::host::cloudforet
