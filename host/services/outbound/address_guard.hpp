// The guard of addresses: no channel leads to what only this machine, or the platform it runs on,
// should be able to ask, such as the metadata service of a cloud.
//
// It judges what the resolver says, whatever way the host was written, and gives the addresses it
// has judged: who connects to them, and resolves nothing anew, cannot be led elsewhere.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/prism/address.hpp"
#include "host/services/outbound/delivery.hpp"

namespace pf::host::services {

// What forbids sending to `address` (IPv4 or IPv6 as text): "a link-local address". Empty when
// nothing does. AddressRules::allowed counts by address.
std::string forbids_address(const std::string& address, const AddressRules& rules);

// What forbids sending to a host of this name, before it is resolved; empty when nothing does.
std::string forbids_name(const std::string& host, const AddressRules& rules);

// Those of the addresses of `host` that may be sent to; never none. Throws Ended (forbidden,
// unreachable, stopped).
std::vector<prism::Address> addresses_of(const std::string& host, std::uint16_t port,
                                         const AddressRules& rules, Clock::time_point deadline,
                                         const Stop& stop);

}  // namespace pf::host::services
