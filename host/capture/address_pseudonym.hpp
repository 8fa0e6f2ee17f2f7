// Other addresses for addresses: the same one for the same one, different ones for different ones,
// and two of one network stay in one network.
//
// Each bit is turned over or not by a keyed function of the bits before it, so addresses that share
// a prefix share it afterwards. Prefixes that mean something to everybody (private networks, link
// local) stay what they are; the vendor part of a MAC address as well.
#pragma once

#include <string>
#include <string_view>

#include "host/capture/keyed_hash.hpp"

namespace pf::host::capture {

// `text` is an IPv4 address; netmasks, loopback and 0.0.0.0 stay.
std::string ipv4_pseudonym(const KeyedHash& hash, std::string_view text);
// `text` is an IPv6 address; the answer is in the canonical form.
std::string ipv6_pseudonym(const KeyedHash& hash, std::string_view text);
// `text` is a MAC address; its separator and case stay.
std::string mac_pseudonym(const KeyedHash& hash, std::string_view text);

}  // namespace pf::host::capture
