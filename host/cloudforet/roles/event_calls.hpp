// EventCalls: what the calls of both webhook roles do, whatever their messages are called.
#pragma once

#include <google/protobuf/struct.pb.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <string_view>
#include <utility>

#include "host/cloudforet/roles/event_shapes.hpp"
#include "host/cloudforet/roles/unary_call.hpp"
#include "host/cloudforet/roles/webhook.hpp"
#include "host/cloudforet/struct_json.hpp"

namespace pf::host::cloudforet {

class EventCalls {
  public:
    using Struct = google::protobuf::Struct;

    EventCalls(std::shared_ptr<EventService> service, WebhookLimits limits, RoleContext context)
        : service_(std::move(service)), limits_(limits), context_(std::move(context)) {}

    // Of init and of verify: a webhook needs nothing to be told but that its options are good.
    grpc::Status verify(grpc::ServerContext& call, std::string_view method,
                        const Struct& options) const {
        return answer_call(context_, call, method, limits_.answer, [&](const Stop& stop) {
            return service_->verify(struct_to_json(options), stop);
        });
    }

    // Fills the results of an EventsInfo.
    template <class Request, class Answer>
    grpc::Status parse(grpc::ServerContext& call, std::string_view method, const Request& request,
                       Answer& answer) const {
        return answer_call(context_, call, method, limits_.answer, [&](const Stop& stop) -> Status {
            const auto events = read(request.options(), request.data(), stop);
            if (!events) {
                return events.status();
            }
            for (const PluginEvent& event : *events) {
                if (Status status = fill(event, *answer.add_results()); !status.ok()) {
                    return status;
                }
            }
            return {};
        });
    }

  private:
    Result<std::vector<PluginEvent>> read(const Struct& options, const Struct& data,
                                          const Stop& stop) const;

    const std::shared_ptr<EventService> service_;
    const WebhookLimits limits_;
    const RoleContext context_;
};

}  // namespace pf::host::cloudforet
