// One attempt to hand a message over as the body of an HTTP POST.
#pragma once

#include "host/services/outbound/attempt.hpp"
#include "host/services/outbound/channel_rules.hpp"
#include "host/services/outbound/delivery.hpp"

namespace pf::host::services {

// Sent: the receiver answered with a status of 2xx. What else it says is not kept. `where` is the
// channel's endpoint. Blocks until `deadline` at most. Throws Ended.
Attempt post(const Channel& channel, const Destination& where, const OutboundMessage& message,
             const AddressRules& rules, Clock::time_point deadline, const Stop& stop);

}  // namespace pf::host::services
