// What a channel must be before anything is sent, and where it leads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/base/secret.hpp"
#include "host/base/status.hpp"
#include "host/services/outbound/delivery.hpp"

namespace pf::host::services {

// Where a channel leads: checked, and read by one parser only, so that what is checked and what is
// connected to cannot differ.
struct Destination {
    std::string host;  // lower case, without brackets and final dot
    std::uint16_t port = 0;
    bool is_tls = false;     // from the first byte
    Secret path;             // of a URL: path and query as they were written
    std::string host_field;  // of a URL: the Host header
};

// INVALID_ARGUMENT ERROR_OUTBOUND_CHANNEL when the channel cannot be used as it is.
Result<Destination> destination_of(const Channel& channel);

// The addresses of Channel::mail_to, without blanks around them.
std::vector<std::string> recipients_of(const std::string& mail_to);

}  // namespace pf::host::services
