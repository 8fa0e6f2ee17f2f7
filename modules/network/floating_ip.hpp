// Floating IPs and what they are assigned to.
#pragma once

#include <prismforet/module.hpp>
#include <string_view>

#include "entity.hpp"

namespace network {

struct FloatingIpFacts {
    Entity entity;
    std::string_view address;
    std::string_view private_ip;
    std::string_view association;            // Prism's word; empty on Prism Centrals that have none
    std::string_view vm_nic;                 // UUID
    std::string_view load_balancer_session;  // UUID
    Reference external_subnet;
    Reference vpc;
};

// Reads everything about `floating_ip` into `out`, which is new.
void read(pf::Value floating_ip, int dialect, FloatingIpFacts& out);

// Writes it.
void describe(const Record& record, const FloatingIpFacts& facts);

// What the address is assigned to, in v4's words: Prism's own, else what the references say.
std::string_view association_of(const FloatingIpFacts& facts) noexcept;

}  // namespace network
