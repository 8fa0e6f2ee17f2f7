#pragma once
// Random draws that are the same on every machine and with every standard library.
// A stream is named by (seed, kind, index), so one thing's draws never depend on another's.

#include <array>
#include <cstdint>

#include "tests/prism_sim/model/uuid.hpp"

namespace pf::sim {

/// What a stream of draws or an id belongs to. Appending a kind changes nothing that exists.
enum class Kind : std::uint8_t {
    vm = 1,
    vm_place,
    vm_shape,
    vm_disk,
    vm_nic,
    vm_extra,
    vm_name,
    disk,
    nic,
    cdrom,
    gpu,
    serial_port,
    cluster,
    host,
    subnet,
    category,
    container,
    project,
    user,
    image,
    volume_group,
    policy,
    vpc,
    virtual_switch,
    storage_pool,
    block,
    host_disk,
    prism_central,
    churn,
    session,
    fault,
    generation,
    source,
    nvram,
    task,
    visibility,
    broken,
    volume_group_facts,
    volume_disk,
    floating_ip,
    gateway,
    routing_domain,
    security_policy,
    policy_rule,
    esxi_vm,
    esxi_disk,
    esxi_nic,
    port_group,
    recovery_point,
    recovery_point_site,
    recovery_point_part,
    recovery_point_part_site,
    consistency_group,
    vm_template,
    template_version,
    power_habit,
    power_day,
    load,
    measured,
    sample_fault,
};

/// SplitMix64's finaliser: every input bit reaches every output bit.
constexpr std::uint64_t mix64(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

class Draws {
  public:
    constexpr Draws(std::uint64_t seed, Kind kind, std::uint64_t index)
        : state_(mix64(mix64(seed + 0x9e3779b97f4a7c15ULL * static_cast<std::uint64_t>(kind)) +
                       0xd1b54a32d192ed03ULL * index)) {}

    constexpr std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15ULL;
        return mix64(state_);
    }
    /// 0 to bound - 1; bound must not be 0.
    constexpr std::uint32_t below(std::uint32_t bound) {
        return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
    }
    /// True in `percent` of 100 draws.
    constexpr bool chance(std::uint32_t percent) { return below(100) < percent; }
    /// True in `parts` of 1000 draws.
    constexpr bool rarely(std::uint32_t parts) { return below(1000) < parts; }
    template <class T, std::size_t N>
    constexpr const T& pick(const std::array<T, N>& from) {
        return from[below(static_cast<std::uint32_t>(N))];
    }

  private:
    std::uint64_t state_;
};

/// The id of thing number `index` of a kind, shaped like a random (version 4) UUID.
constexpr Uuid make_uuid(std::uint64_t seed, Kind kind, std::uint64_t index) {
    Draws draws(seed ^ 0x5bd1e995c2b2ae35ULL, kind, index);
    const std::uint64_t high = draws.next();
    const std::uint64_t low = draws.next();
    return {(high & 0xffffffffffff0fffULL) | 0x4000U, (low & 0x3fffffffffffffffULL) | (1ULL << 63)};
}

}  // namespace pf::sim
