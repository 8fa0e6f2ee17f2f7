// Documents of Prism become occurrences: the call of the module that reads events.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/runtime/events_source.hpp"
#include "host/runtime/modules.hpp"

namespace pf::host::runtime {

// Where documents come from. Used by the handler's thread, which may be left behind.
class EventDocuments {
  public:
    EventDocuments() = default;
    EventDocuments(const EventDocuments&) = delete;
    EventDocuments& operator=(const EventDocuments&) = delete;
    virtual ~EventDocuments() = default;
    // The next one, valid until the following call. OUT_OF_RANGE after the last.
    virtual Status next(pf_val& document) = 0;
};

// Takes one; false: no more are wanted, which is no failure.
using OccurrenceTaker = std::function<bool(Occurrence&& occurrence)>;

// Blocks until all documents (PF_EVENTS_*) are read. `take` is called from another thread, and may
// outlive this call when the module ignores a stop. Fails as the documents do, or as the module.
Status read_events(Modules& modules, const std::shared_ptr<const Module>& module,
                   std::uint32_t kind, std::shared_ptr<EventDocuments> documents,
                   const std::string& options, OccurrenceTaker take, const Stop& stop);

}  // namespace pf::host::runtime
