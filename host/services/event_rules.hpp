// What an event of a module must be, so that nobody makes a false alert of it.
#pragma once

#include <cstdint>

#include "host/base/status.hpp"
#include "prismforet/abi/events.h"

namespace pf::host::services {

inline constexpr std::uint32_t most_event_facts = 32;
inline constexpr std::uint32_t most_affected = 256;

// OK, or INVALID_ARGUMENT (ERROR_EVENT_RECORD) with the first rule that `event` breaks: a shorter
// struct, an unknown type, severity or flag, a text at a null pointer or without valid UTF-8, an
// empty key or title, too many facts or affected ones, a fact's key that is empty or repeated.
Status check_event(const pf_event& event);

}  // namespace pf::host::services
