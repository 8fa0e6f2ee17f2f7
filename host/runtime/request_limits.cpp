#include <algorithm>

#include "host/runtime/request.hpp"

namespace pf::host::runtime {

namespace {

// What a share of many replicas does not go below: slower is no use to anybody.
constexpr double least_per_second = 1.0;
constexpr std::uint32_t least_in_flight = 2;

}  // namespace

prism::Limits limits_of(const Options& options) {
    const std::uint32_t replicas = std::max<std::uint32_t>(options.replicas, 1);
    prism::Limits limits;
    limits.per_second =
        std::max(options.requests_per_second / replicas,
                 std::min(options.requests_per_second, least_per_second));  // 0 stays 0
    limits.sessions = std::max((options.sessions + replicas - 1) / replicas,
                               std::min(options.sessions, least_in_flight));
    limits.in_flight = limits.sessions;
    return limits;
}

}  // namespace pf::host::runtime
