// Inventory: answers what CloudForet's inventory asks: verify, get_tasks, collect.
//
// Plain blocking functions, safe from any thread, no state between calls: targets, limits and
// caches live in `Targets`, modules in `Modules`.
#pragma once

#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/runtime/modules.hpp"
#include "host/runtime/report.hpp"
#include "host/runtime/request.hpp"
#include "host/runtime/row_sink.hpp"
#include "host/services/machine_samples.hpp"

namespace pf::host::runtime {

// Who answers at a target.
struct TargetAccount {
    std::string target;   // "host:port"
    std::string label;    // for people; the target where it has no other name
    std::string uuid;     // of the Prism Central; empty: not shown, or it did not answer
    std::string account;  // of its rows; empty: not known
    Status refusal;       // not OK: why it cannot be used
};

class Inventory {
  public:
    // Both outlive this object.
    Inventory(Modules& modules, prism::Targets& targets);

    // The metadata of Collector.init, JSON text of an object.
    std::string metadata() const;
    // OK when every target can be logged into and says who it is; else the first failure.
    Status verify(const Request& request, const Stop& stop);
    // Asks every target who it is, all at once; those that do not answer within 20 s or by the end
    // of `stop` say so. In the order of the request.
    std::vector<TargetAccount> accounts(const Request& request, const Stop& stop);
    // Reads when the virtual machines of the request's first target ran; see
    // services/machine_samples.hpp. NOT_FOUND: this Prism Central has no such statistics.
    Status read_machine_samples(const Request& request, const services::SampleSpan& span,
                                const Stop& stop, const services::OnSample& on_sample);
    // Whether statistics show some machine of the target running in the span. Fails as
    // read_machine_samples does.
    Result<bool> has_machine_samples(const TargetRequest& target, const Options& options,
                                     const services::SampleSpan& span, const Stop& stop);
    // The tasks of a job. Never drops a target; answers within 30 s whatever the targets do.
    std::vector<Task> plan(const Request& request, const Stop& stop);
    // Collects what `request` names and hands the rows to `sink`. OK when every row that exists,
    // FAILURE rows included, was handed over; ABORTED (ERROR_COLLECT_INTERRUPTED) when cut.
    Status collect(const Request& request, RowSink& sink, const Stop& stop, RunReport& report);

  private:
    Modules& modules_;
    prism::Targets& targets_;
};

}  // namespace pf::host::runtime
