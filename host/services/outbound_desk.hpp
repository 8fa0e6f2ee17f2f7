// OutboundDesk: where a handler of notifications leaves the message it made; and the table of
// pf.outbound/1, backed by it.
#pragma once

#include <cstddef>

#include "host/base/status.hpp"
#include "host/services/desk.hpp"
#include "prismforet/abi/outbound.h"

namespace pf::host::services {

inline constexpr std::size_t largest_outbound = 1u << 20;  // bytes of all texts of one message

// Called from the thread that runs the handler. A failure ends the call, whatever the handler makes
// of it.
class OutboundDesk : public Desk {
  public:
    // Takes one that check_outbound has found good.
    virtual Status send(const pf_outbound_message& message) = 0;
};

// OK, or INVALID_ARGUMENT (ERROR_OUTBOUND_MESSAGE) with the first rule that `message` breaks: a
// shorter struct, a flag, a text at a null pointer or without valid UTF-8, no body, a subject of
// several lines, more than largest_outbound bytes.
Status check_outbound(const pf_outbound_message& message);

// Static. A call that is not about notifications is refused, and its module blamed.
const pf_outbound& outbound_table() noexcept;

}  // namespace pf::host::services
