#include "host/cloudforet/roles/monitoring.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "host/cloudforet/roles/metric_request.hpp"
#include "host/cloudforet/roles/monitoring_calls.hpp"
#include "host/cloudforet/roles/monitoring_data_source.hpp"

namespace pf::host::cloudforet {
namespace {

// Exactly the names that CloudForet knows of a source of metrics.
std::string metadata() {
    using nlohmann::json;
    return json{{"supported_stat", json::parse(supported_stats())},
                {"required_keys", json::array({monitoring_key})},
                {"supported_providers", json::array({"nutanix"})}}
        .dump();
}

class MonitoringRole final : public Role {
  public:
    MonitoringRole(std::shared_ptr<MetricService> service, MetricLimits limits)
        : service_(std::move(service)), limits_(limits) {}

    std::string_view name() const override { return "monitoring"; }

    std::vector<grpc::Service*> services(const RoleContext& context) override {
        if (!metric_) {
            data_source_ = std::make_unique<MonitoringDataSource>(service_, metadata(),
                                                                  limits_.answer, context);
            metric_ = std::make_unique<MetricCalls>(service_, limits_, context);
        }
        return {data_source_.get(), metric_.get()};
    }

  private:
    const std::shared_ptr<MetricService> service_;
    const MetricLimits limits_;
    std::unique_ptr<MonitoringDataSource> data_source_;
    std::unique_ptr<MetricCalls> metric_;
};

}  // namespace

std::unique_ptr<Role> monitoring_role(std::shared_ptr<MetricService> service, MetricLimits limits) {
    return std::make_unique<MonitoringRole>(std::move(service), limits);
}

}  // namespace pf::host::cloudforet
