// What the two data sources of CloudForet's monitoring, metrics and logs, have in common.
#pragma once

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/runtime/request.hpp"

namespace pf::host::cloudforet {

// Called from many threads at once.
struct MonitoringSource {
    virtual ~MonitoringSource() = default;
    // OK when every target of the request can be used.
    virtual Status verify(const runtime::Request& request, const Stop& stop) = 0;
};

}  // namespace pf::host::cloudforet
