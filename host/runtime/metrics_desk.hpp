// The desk of one handler of pf.metrics/1: statistics of one Prism Central, and what comes of them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "host/base/stop.hpp"
#include "host/prism/target.hpp"
#include "host/runtime/metrics_source.hpp"
#include "host/services/descriptor.hpp"
#include "host/services/metrics_desk.hpp"
#include "host/services/statistics.hpp"

namespace pf::host::runtime {

class RuntimeMetricsDesk final : public services::MetricsDesk {
  public:
    // `target` is null for list, which asks no Prism. `keys` may get values, each once.
    RuntimeMetricsDesk(std::shared_ptr<const services::Descriptor> descriptor,
                       std::shared_ptr<prism::Target> target, prism::ApiWish api, Stop stop,
                       std::set<std::string> keys);

    Status metric(const pf_metric& metric) override;
    Status grid(std::int64_t first_s, std::int64_t step_s, std::uint64_t count) override;
    Status values(pf_str key, const double* values, std::uint64_t count) override;
    Status open(const pf_statistics_request& request, bool& is_there) override;
    Status next(pf_statistics_page& page) override;

    // After the handler has returned.
    std::vector<MetricInfo> take_metrics() { return std::move(metrics_); }
    MetricsSeries take_series() { return std::move(series_); }
    bool has_grid() const noexcept { return has_grid_; }

    static constexpr std::uint64_t most_cells = 10'000;

  private:
    Status wish_of(const pf_statistics_request& request, services::StatisticsWish& wish) const;

    const std::shared_ptr<const services::Descriptor> descriptor_;
    const bool has_target_;
    std::set<std::string> keys_;
    services::Statistics statistics_;
    std::vector<std::string> asked_;  // ids of the open request
    std::vector<MetricInfo> metrics_;
    MetricsSeries series_;
    bool has_grid_ = false;
};

}  // namespace pf::host::runtime
