// Gentleness: Prism Central has other work to do as well.

#include "host/doctor/production/checks.hpp"
#include "host/doctor/production/judged.hpp"

namespace pf::host::doctor {

Finding check_gentleness(const prism::Limits& limits) {
    const Facts facts = {{"per_second", limits.per_second},
                         {"in_flight", std::int64_t{limits.in_flight}}};
    // More than a Prism Central of the smallest size takes.
    constexpr double much = 50;
    if (limits.per_second <= 0) {
        return doubtful("gentleness", "there is no limit on requests per second",
                        "set the option requests_per_second, or limits.per_second of the target; "
                        "20 is usual",
                        facts);
    }
    if (limits.per_second > much) {
        return doubtful("gentleness", "more than 50 requests per second are allowed",
                        "lower requests_per_second, unless Nutanix says that this Prism Central "
                        "takes as many",
                        facts);
    }
    return fit("gentleness", "requests per second and at once are limited", facts);
}

}  // namespace pf::host::doctor
