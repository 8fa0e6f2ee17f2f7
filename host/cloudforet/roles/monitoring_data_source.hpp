// spaceone.api.monitoring.plugin.DataSource, for metrics and for logs.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <chrono>
#include <memory>
#include <string>

#include "host/cloudforet/roles/monitoring_source.hpp"
#include "host/cloudforet/roles/role.hpp"
#include "spaceone/api/monitoring/plugin/data_source.grpc.pb.h"

namespace pf::host::cloudforet {

// The targets and options of a request. INVALID_ARGUMENT as the runtime says it.
Result<runtime::Request> read_monitoring_request(const google::protobuf::Struct& options,
                                                 const google::protobuf::Struct& secret);

class MonitoringDataSource final : public spaceone::api::monitoring::plugin::DataSource::Service {
  public:
    // `metadata` is JSON text of an object: what init answers. CloudForet refuses names it does not
    // know.
    MonitoringDataSource(std::shared_ptr<MonitoringSource> source, std::string metadata,
                         std::chrono::milliseconds limit, RoleContext context);

    grpc::Status init(grpc::ServerContext* call,
                      const spaceone::api::monitoring::plugin::InitRequest* request,
                      spaceone::api::monitoring::plugin::PluginInfo* answer) override;
    grpc::Status verify(grpc::ServerContext* call,
                        const spaceone::api::monitoring::plugin::PluginVerifyRequest* request,
                        google::protobuf::Empty* answer) override;

  private:
    const std::shared_ptr<MonitoringSource> source_;
    const std::string metadata_;
    const std::chrono::milliseconds limit_;
    const RoleContext context_;
};

}  // namespace pf::host::cloudforet
