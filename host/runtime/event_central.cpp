#include "host/runtime/event_central.hpp"

namespace pf::host::runtime {

Result<Central> central_of(prism::Targets& targets, const TargetRequest& request,
                           const Options& options, const Stop& stop) {
    if (!request.refusal.ok()) {
        return request.refusal;
    }
    Central central;
    central.target = targets.acquire(request.spec);
    prism::Meter meter;
    auto who = central.target->identify(stop, meter, options.api_version);
    const bool is_hidden = !who && who.status().reason() == "ERROR_PRISM_IDENTITY";
    if (!who && !(is_hidden && !request.account_id.empty())) {
        return who.status().within(request.name);
    }
    central.uuid = who ? who->uuid : "";
    central.account = request.account_id.empty() ? central.uuid : request.account_id;
    return central;
}

}  // namespace pf::host::runtime
