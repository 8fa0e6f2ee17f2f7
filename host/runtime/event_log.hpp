// The log of a Prism Central: events and audits of a span of time.
#pragma once

#include "host/base/stop.hpp"
#include "host/runtime/events_source.hpp"

namespace pf::host::runtime {

// See EventsSource::log.
LogEnd read_log(Modules& modules, prism::Targets& targets, const Request& request,
                const LogWish& wish, const OccurrenceSink& sink, const Stop& stop);

}  // namespace pf::host::runtime
