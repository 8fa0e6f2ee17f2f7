// MetricCalls: spaceone.api.monitoring.plugin.Metric, one function per method.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <utility>

#include "host/cloudforet/roles/monitoring.hpp"
#include "spaceone/api/monitoring/plugin/metric.grpc.pb.h"

namespace pf::host::cloudforet {

class MetricCalls final : public spaceone::api::monitoring::plugin::Metric::Service {
  public:
    MetricCalls(std::shared_ptr<MetricService> service, MetricLimits limits, RoleContext context)
        : service_(std::move(service)), limits_(limits), context_(std::move(context)) {}

    // Tells the metrics of one resource.
    grpc::Status list(grpc::ServerContext* call,
                      const spaceone::api::monitoring::plugin::MetricRequest* request,
                      spaceone::api::monitoring::plugin::MetricsInfo* answer) override;
    // Tells the values of one metric, of many resources at the same times.
    grpc::Status get_data(grpc::ServerContext* call,
                          const spaceone::api::monitoring::plugin::MetricDataRequest* request,
                          spaceone::api::monitoring::plugin::MetricDataInfo* answer) override;

  private:
    const std::shared_ptr<MetricService> service_;
    const MetricLimits limits_;
    const RoleContext context_;
};

}  // namespace pf::host::cloudforet
