#include "host/services/event_feed.hpp"

#include "host/services/at_desk.hpp"
#include "host/services/event_rules.hpp"

namespace pf::host::services {
namespace {

const pf_event_feed feed{sizeof(pf_event_feed),
                         [](pf_call* call, pf_val* out) noexcept -> pf_status {
                             if (out == nullptr) {
                                 return PF_INVALID_ARGUMENT;
                             }
                             return at_desk<EventDesk>(
                                 call, [out](EventDesk& desk) { return desk.next(*out); });
                         },
                         [](pf_call* call, const pf_event* event) noexcept -> pf_status {
                             if (event == nullptr) {
                                 return PF_INVALID_ARGUMENT;
                             }
                             return at_desk<EventDesk>(call, [event](EventDesk& desk) {
                                 Status checked = check_event(*event);
                                 return checked.ok() ? desk.tell(*event) : checked;
                             });
                         }};

}  // namespace

const pf_event_feed& event_feed_table() noexcept { return feed; }

}  // namespace pf::host::services
