// The monitoring role: spaceone.api.monitoring.plugin DataSource and Metric.
//
//     Server::start(options, monitoring_role(service));
//
// The role reads requests and writes answers; what metrics there are and what they were is the
// business of a MetricService.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/cloudforet/roles/monitored_resource.hpp"
#include "host/cloudforet/roles/monitoring_source.hpp"
#include "host/cloudforet/roles/role.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::cloudforet {

// A metric that a resource has.
struct MetricOffer {
    std::string key;  // "cpu_utilization"
    std::string name;
    std::string group;
    std::string unit;          // of the values, for people: "Percent"
    std::string query = "{}";  // JSON text of an object that get_data gets back
};

// How the samples of one step become one value.
enum class MetricStat { average, max, min, sum, last };

// One resource that is asked about: the caller's key and what list said of it.
struct MetricSubject {
    MonitoredResource resource;
    std::string query;  // the whole object, JSON text
};

struct MetricWish {
    std::string metric;
    MetricStat stat = MetricStat::average;
    std::int64_t from = 0;                          // UTC seconds since 1970
    std::int64_t to = 0;                            // after `from`
    std::uint32_t period = 0;                       // seconds; 0: as the range is best seen
    std::map<std::string, MetricSubject> subjects;  // by the caller's key; never empty
};

struct MetricSeries {
    std::vector<std::int64_t> times;  // UTC seconds, ascending; the same for every subject
    // By the caller's key, as many as there are times; nothing where there is no value. A key that
    // is not here has none at all.
    std::map<std::string, std::vector<std::optional<double>>> values;
};

// The work behind the role. Called from many threads at once; keeps nothing between calls.
struct MetricService : MonitoringSource {
    // The metrics of one resource.
    virtual Result<std::vector<MetricOffer>> list(const runtime::Request& request,
                                                  const MonitoredResource& resource,
                                                  const Stop& stop) = 0;
    // Times depend on range and period alone. What cannot be had is nothing, and in the log; an
    // error is for what is wrong with the whole wish.
    virtual Result<MetricSeries> data(const runtime::Request& request, const MetricWish& wish,
                                      const Stop& stop) = 0;
};

// What one get_data may ask for.
struct MetricLimits {
    std::chrono::milliseconds answer{std::chrono::seconds(170)};  // the client gives up at 180 s
    std::uint32_t times = 10'000;                                 // of one answer
    std::uint32_t values = 1'000'000;                             // of all its subjects
};

// Makes the role. `service` is shared with the calls in progress.
std::unique_ptr<Role> monitoring_role(std::shared_ptr<MetricService> service,
                                      MetricLimits limits = {});

}  // namespace pf::host::cloudforet
