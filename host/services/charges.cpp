#include "host/services/charges.hpp"

#include "host/services/call.hpp"
#include "host/services/charge_rules.hpp"
#include "host/services/handling.hpp"

namespace pf::host::services {
namespace {

// Runs `body(desk)` for the call that the calling thread runs. What fails is kept as the reason the
// calculation ends, whatever the module returns.
template <class Body>
pf_status at_desk(pf_call* handle, const Body& body) noexcept {
    Call* const call = Handling::find(handle);
    if (call == nullptr) {
        return PF_FAILED_PRECONDITION;
    }
    try {
        return call->at_desk(body);
    } catch (...) {
        return PF_RESOURCE_EXHAUSTED;
    }
}

const pf_shapes shapes{sizeof(pf_shapes),
                       [](pf_call* call) noexcept -> pf_status {
                           return at_desk(call, [](CostDesk& desk) { return desk.rewind(); });
                       },
                       [](pf_call* call, pf_val* out) noexcept -> pf_status {
                           if (out == nullptr) {
                               return PF_INVALID_ARGUMENT;
                           }
                           return at_desk(call, [out](CostDesk& desk) { return desk.next(*out); });
                       }};

const pf_charges charges{sizeof(pf_charges),
                         [](pf_call* call, const pf_charge* charge) noexcept -> pf_status {
                             if (charge == nullptr) {
                                 return PF_INVALID_ARGUMENT;
                             }
                             return at_desk(call, [charge](CostDesk& desk) {
                                 Status checked = check_charge(*charge, desk);
                                 return checked.ok() ? desk.record(*charge) : checked;
                             });
                         },
                         [](pf_call* call, const pf_cost_line* line) noexcept -> pf_status {
                             if (line == nullptr) {
                                 return PF_INVALID_ARGUMENT;
                             }
                             return at_desk(call, [line](CostDesk& desk) {
                                 Status checked = check_line(*line);
                                 return checked.ok() ? desk.line(*line) : checked;
                             });
                         }};

}  // namespace

const pf_shapes& shapes_table() noexcept { return shapes; }
const pf_charges& charges_table() noexcept { return charges; }

}  // namespace pf::host::services
