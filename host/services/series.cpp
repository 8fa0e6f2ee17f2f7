#include "host/services/series.hpp"

#include "host/services/at_desk.hpp"
#include "host/services/metrics_desk.hpp"

namespace pf::host::services {
namespace {

pf_status metric(pf_call* call, const pf_metric* metric) noexcept {
    if (metric == nullptr || !PF_REACHES(metric, unit)) {
        return PF_INVALID_ARGUMENT;
    }
    return at_desk<MetricsDesk>(call, [metric](MetricsDesk& desk) { return desk.metric(*metric); });
}

pf_status grid(pf_call* call, int64_t first_s, int64_t step_s, uint64_t count) noexcept {
    return at_desk<MetricsDesk>(
        call, [=](MetricsDesk& desk) { return desk.grid(first_s, step_s, count); });
}

pf_status values(pf_call* call, pf_str key, const double* values, uint64_t count) noexcept {
    if (values == nullptr) {
        return PF_INVALID_ARGUMENT;
    }
    return at_desk<MetricsDesk>(call,
                                [=](MetricsDesk& desk) { return desk.values(key, values, count); });
}

pf_status open(pf_call* call, const pf_statistics_request* request) noexcept {
    if (request == nullptr || !PF_REACHES(request, step_s)) {
        return PF_INVALID_ARGUMENT;
    }
    bool is_there = true;
    const pf_status status = at_desk<MetricsDesk>(
        call, [&](MetricsDesk& desk) { return desk.open(*request, is_there); });
    return status == PF_OK && !is_there ? PF_NOT_FOUND : status;
}

pf_status next(pf_call* call, pf_statistics_page* out) noexcept {
    if (out == nullptr || !PF_REACHES(out, root)) {
        return PF_INVALID_ARGUMENT;
    }
    return at_desk<MetricsDesk>(call, [out](MetricsDesk& desk) { return desk.next(*out); });
}

const pf_series series_functions{sizeof(pf_series), &metric, &grid, &values};
const pf_statistics statistics_functions{sizeof(pf_statistics), &open, &next};

}  // namespace

const pf_series& series_table() noexcept { return series_functions; }
const pf_statistics& statistics_table() noexcept { return statistics_functions; }

}  // namespace pf::host::services
