// Limits: how gently Prism is treated, and whether it asked for more patience.

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "host/doctor/checks.hpp"

namespace pf::host::doctor {
namespace {

using Json = nlohmann::ordered_json;

// "20", "0.5"
std::string number(double value) {
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.6g", value);
    return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

Finding check_limits(Examination& examination) {
    const prism::Limits& limits = examination.request.spec.limits;
    const Seen seen = examination.watcher->seen();
    const Json facts = {{"per_second", limits.per_second},
                        {"in_flight", limits.in_flight},
                        {"sessions", limits.sessions},
                        {"requests", seen.requests},
                        {"retries", examination.meter.retries.load()},
                        {"throttled", seen.throttled}};
    const std::string rate = limits.per_second > 0
                                 ? number(limits.per_second) + " requests per second"
                                 : "no limit on requests per second";
    const std::string text = rate + ", " + std::to_string(limits.in_flight) + " at once; " +
                             std::to_string(seen.requests) + " were sent for this";
    Finding finding;
    if (seen.throttled > 0) {
        finding = found_warning(
            "limits",
            text + ", and Prism said too many " + std::to_string(seen.throttled) + " times",
            Status(Code::resource_exhausted, "ERROR_PRISM_RATE_LIMIT", "throttled"),
            "somebody else uses this Prism's allowance as well; lower limits.per_second");
    } else {
        finding = found_good("limits", text + ", none was refused as too many");
    }
    finding.facts = facts.dump();
    return finding;
}

}  // namespace pf::host::doctor
