// MetricsDesk: where a handler of metrics asks Prism, and leaves metrics, times and values.
#pragma once

#include "host/base/status.hpp"
#include "host/services/desk.hpp"
#include "prismforet/abi/series.h"
#include "prismforet/abi/statistics.h"

namespace pf::host::services {

// The first function that fails with anything but NOT_FOUND of open() and OUT_OF_RANGE of next()
// ends the call, whatever the handler makes of it.
class MetricsDesk : public Desk {
  public:
    virtual Status metric(const pf_metric& metric) = 0;
    virtual Status grid(std::int64_t first_s, std::int64_t step_s, std::uint64_t count) = 0;
    virtual Status values(pf_str key, const double* values, std::uint64_t count) = 0;
    // OK with `is_there` false when this Prism has no such statistics.
    virtual Status open(const pf_statistics_request& request, bool& is_there) = 0;
    // OUT_OF_RANGE after the last answer.
    virtual Status next(pf_statistics_page& page) = 0;
};

}  // namespace pf::host::services
