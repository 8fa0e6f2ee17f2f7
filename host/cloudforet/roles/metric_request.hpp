// What Metric.get_data is asked, read and bounded.
#pragma once

#include <cstdint>
#include <string_view>

#include "host/base/status.hpp"
#include "host/cloudforet/roles/monitoring.hpp"

namespace google::protobuf {
class Struct;
}

namespace pf::host::cloudforet {

// The words of a get_data, as they came.
struct MetricWords {
    std::string_view metric;
    std::string_view start;
    std::string_view end;
    std::int32_t period = 0;
    std::string_view stat;  // empty: AVERAGE
};

// The statistics there are, as the metadata of init names them: ["AVERAGE", ...], JSON text.
std::string supported_stats();

// INVALID_ARGUMENT names the field and says what it must be.
Result<MetricWish> read_metric_wish(const MetricWords& words,
                                    const google::protobuf::Struct& metric_query,
                                    const MetricLimits& limits);

}  // namespace pf::host::cloudforet
