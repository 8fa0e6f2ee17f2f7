// MetricsSource: what metrics entities have, and what they were.
//
//     MetricsSource metrics(modules, targets, inventory);
//     auto series = metrics.query(request, wish, stop);
//
// Plain blocking functions, safe from any thread, no state between calls. What Prism calls a metric
// and measures it in is the business of the module that tells metrics (concern pf.metrics/1).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/runtime/inventory.hpp"
#include "host/runtime/modules.hpp"
#include "host/runtime/request.hpp"
#include "host/services/findings.hpp"
#include "prismforet/abi/metrics.h"

namespace pf::host::runtime {

inline constexpr Duty metrics_duty{PF_METRICS_ID, "monitoring", "tells metrics"};

// An entity as the inventory has it in data.nutanix_monitoring.
struct MetricsResource {
    std::string prism_central;  // UUID; empty when Prism does not show it to this user
    std::string cluster_uuid;
    std::string entity_type;  // "vm"
    std::string entity_uuid;
};

struct MetricInfo {
    std::string key;  // "cpu_utilization"
    std::string name;
    std::string group;
    std::string unit;
};

struct MetricsWish {
    std::map<std::string, MetricsResource> resources;  // by the caller's key; never empty
    std::string metric;
    std::string stat = "AVERAGE";  // or MAX, MIN, SUM, LAST
    std::int64_t from_s = 0;       // UTC seconds since 1970, half open
    std::int64_t to_s = 0;
    std::int64_t period_s = 0;  // 0: as the span is best seen
};

struct MetricsSeries {
    std::vector<std::int64_t> times_s;  // when cells begin; by from, to and period alone
    // By the caller's key, one for each time; nothing where there is no value. Of a key that is not
    // here there is none at all, and a note says why.
    std::map<std::string, std::vector<std::optional<double>>> values;
    std::vector<services::Finding> notes;  // what is missing, and why
};

class MetricsSource {
  public:
    // All outlive this object.
    MetricsSource(Modules& modules, prism::Targets& targets, Inventory& inventory);

    // The metrics of an entity of this type; none for a type without. Asks no Prism.
    Result<std::vector<MetricInfo>> list(const std::string& entity_type, const Stop& stop);
    // INVALID_ARGUMENT (ERROR_METRICS_RANGE): no grid can be made of the times. Otherwise an error
    // means that nothing could be had of any resource.
    Result<MetricsSeries> query(const Request& request, const MetricsWish& wish, const Stop& stop);

  private:
    Result<MetricsSeries> ask(const std::shared_ptr<const Module>& module,
                              const TargetRequest& target, prism::ApiWish api,
                              const MetricsWish& wish, const Stop& stop);

    Modules& modules_;
    prism::Targets& targets_;
    Inventory& inventory_;
};

}  // namespace pf::host::runtime
