// One attempt to hand a message over as a mail.
#pragma once

#include "host/services/outbound/attempt.hpp"
#include "host/services/outbound/channel_rules.hpp"
#include "host/services/outbound/delivery.hpp"

namespace pf::host::services {

// Sent: the mail server has taken it for all recipients; when it refuses one, nobody gets it.
// `where` is the channel's endpoint. Blocks until `deadline` at most. Throws Ended.
Attempt mail(const Channel& channel, const Destination& where, const OutboundMessage& message,
             const AddressRules& rules, Clock::time_point deadline, const Stop& stop);

}  // namespace pf::host::services
