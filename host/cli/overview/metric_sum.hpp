// MetricSum: what CloudForet would compute of a metric, computed here.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace pf::host::cli {

class MetricSum {
  public:
    // `query_options` is the metric's AnalyzeQuery, JSON text.
    explicit MetricSum(const std::string& query_options);
    ~MetricSum();
    MetricSum(MetricSum&&) noexcept;
    MetricSum& operator=(MetricSum&&) noexcept;

    // True for a sum, which is what an overview shows: counts and averages are none.
    bool is_sum() const;
    // Why the sum cannot be computed here; empty when it can.
    const std::string& obstacle() const;
    // What `resource` adds: 0 when the filter leaves it out or it has no number there.
    double value(const nlohmann::ordered_json& resource) const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace pf::host::cli
