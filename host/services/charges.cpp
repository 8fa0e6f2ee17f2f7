#include "host/services/charges.hpp"

#include "host/services/at_desk.hpp"
#include "host/services/charge_rules.hpp"
#include "host/services/cost_desk.hpp"

namespace pf::host::services {
namespace {

const pf_shapes shapes{
    sizeof(pf_shapes),
    [](pf_call* call) noexcept -> pf_status {
        return at_desk<CostDesk>(call, [](CostDesk& desk) { return desk.rewind(); });
    },
    [](pf_call* call, pf_val* out) noexcept -> pf_status {
        if (out == nullptr) {
            return PF_INVALID_ARGUMENT;
        }
        return at_desk<CostDesk>(call, [out](CostDesk& desk) { return desk.next(*out); });
    }};

const pf_charges charges{sizeof(pf_charges),
                         [](pf_call* call, const pf_charge* charge) noexcept -> pf_status {
                             if (charge == nullptr) {
                                 return PF_INVALID_ARGUMENT;
                             }
                             return at_desk<CostDesk>(call, [charge](CostDesk& desk) {
                                 Status checked = check_charge(*charge, desk);
                                 return checked.ok() ? desk.record(*charge) : checked;
                             });
                         },
                         [](pf_call* call, const pf_cost_line* line) noexcept -> pf_status {
                             if (line == nullptr) {
                                 return PF_INVALID_ARGUMENT;
                             }
                             return at_desk<CostDesk>(call, [line](CostDesk& desk) {
                                 Status checked = check_line(*line);
                                 return checked.ok() ? desk.line(*line) : checked;
                             });
                         }};

}  // namespace

const pf_shapes& shapes_table() noexcept { return shapes; }
const pf_charges& charges_table() noexcept { return charges; }

}  // namespace pf::host::services
