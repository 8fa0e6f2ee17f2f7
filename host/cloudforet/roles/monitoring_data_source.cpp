#include "host/cloudforet/roles/monitoring_data_source.hpp"

#include <utility>

#include "host/base/secret.hpp"
#include "host/cloudforet/call_identity.hpp"
#include "host/cloudforet/roles/unary_call.hpp"
#include "host/cloudforet/struct_json.hpp"

namespace pf::host::cloudforet {

namespace plugin = spaceone::api::monitoring::plugin;

Result<runtime::Request> read_monitoring_request(const google::protobuf::Struct& options,
                                                 const google::protobuf::Struct& secret) {
    Result<runtime::Options> parsed = runtime::parse_options(struct_to_json(options));
    if (!parsed) {
        return parsed.status();
    }
    const Secret secret_text(struct_to_json(secret));
    Result<std::vector<runtime::TargetRequest>> targets =
        runtime::parse_secret(secret_text.reveal(), *parsed);
    if (!targets) {
        return targets.status();
    }
    runtime::Request request;
    request.options = std::move(*parsed);
    request.targets = std::move(*targets);
    return request;
}

MonitoringDataSource::MonitoringDataSource(std::shared_ptr<MonitoringSource> source,
                                           std::string metadata, std::chrono::milliseconds limit,
                                           RoleContext context)
    : source_(std::move(source)),
      metadata_(std::move(metadata)),
      limit_(limit),
      context_(std::move(context)) {}

grpc::Status MonitoringDataSource::init(grpc::ServerContext* call,
                                        const plugin::InitRequest* request,
                                        plugin::PluginInfo* answer) {
    const CallTrace::Scope scope(trace_of(*call));
    return answer_call(context_, *call, "spaceone.api.monitoring.plugin.DataSource/init", limit_,
                       [&](const Stop&) -> Status {
                           const Result<runtime::Options> options =
                               runtime::parse_options(struct_to_json(request->options()));
                           return options ? json_to_struct(metadata_, *answer->mutable_metadata())
                                          : options.status();
                       });
}

grpc::Status MonitoringDataSource::verify(grpc::ServerContext* call,
                                          const plugin::PluginVerifyRequest* request,
                                          google::protobuf::Empty*) {
    const CallTrace::Scope scope(trace_of(*call));
    return answer_call(context_, *call, "spaceone.api.monitoring.plugin.DataSource/verify", limit_,
                       [&](const Stop& stop) -> Status {
                           const Result<runtime::Request> parsed =
                               read_monitoring_request(request->options(), request->secret_data());
                           return parsed ? source_->verify(*parsed, stop) : parsed.status();
                       });
}

}  // namespace pf::host::cloudforet
