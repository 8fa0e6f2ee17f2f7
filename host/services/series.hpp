// The tables of pf.series/1 and pf.statistics/1, backed by the call's MetricsDesk.
#pragma once

#include "prismforet/abi/series.h"
#include "prismforet/abi/statistics.h"

namespace pf::host::services {

// Static. A call that is not about metrics is refused, and its module blamed.
const pf_series& series_table() noexcept;
const pf_statistics& statistics_table() noexcept;

}  // namespace pf::host::services
