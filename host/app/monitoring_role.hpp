// MetricWorker: the work behind the monitoring role, over this process's modules and targets.
//
// Keeps nothing between calls, so every replica answers alike.
#pragma once

#include <vector>

#include "host/app/application.hpp"
#include "host/cloudforet/roles/monitoring.hpp"
#include "host/runtime/metrics_source.hpp"

namespace pf::host::app {

class MetricWorker final : public cloudforet::MetricService {
  public:
    // `application` outlives this object.
    explicit MetricWorker(Application& application)
        : application_(application),
          metrics_(application.modules(), application.targets(), application.inventory()) {}

    Status verify(const runtime::Request& request, const Stop& stop) override;
    Result<std::vector<cloudforet::MetricOffer>> list(const runtime::Request& request,
                                                      const cloudforet::MonitoredResource& resource,
                                                      const Stop& stop) override;
    Result<cloudforet::MetricSeries> data(const runtime::Request& request,
                                          const cloudforet::MetricWish& wish,
                                          const Stop& stop) override;

  private:
    Application& application_;
    runtime::MetricsSource metrics_;
};

}  // namespace pf::host::app
