// The address of a gRPC server as people and CloudForet write it.
#pragma once

#include <string>
#include <string_view>

#include "host/base/status.hpp"

namespace pf::host::cloudforet {

// Where to connect to, and how.
struct ChannelAddress {
    std::string target;   // "host:port"
    bool is_tls = false;  // grpc+ssl: with the system's root certificates
};

// Accepts "host:port", ":port" (this machine), "grpc://host:port" and "grpc+ssl://host:port".
// INVALID_ARGUMENT (ERROR_ADDRESS) for anything else.
Result<ChannelAddress> parse_channel_address(std::string_view text);

}  // namespace pf::host::cloudforet
