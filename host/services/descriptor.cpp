#include "host/services/descriptor.hpp"

namespace pf::host::services {
namespace {

// "ahv-recovery-point": group and kind in lower case, with - for everything but letters and digits.
std::string slug(const Output& output) {
    std::string out = output.group + "-" + output.kind;
    for (char& byte : out) {
        const bool is_upper = byte >= 'A' && byte <= 'Z';
        const bool is_kept = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
        byte = is_upper ? static_cast<char>(byte - 'A' + 'a') : is_kept ? byte : '-';
    }
    return out;
}

}  // namespace

std::string namespace_id(const Output& output) { return "ns-nutanix-" + slug(output); }

std::string metric_id(const Output& output, const Metric& metric) {
    return "metric-nutanix-" + slug(output) + "-" + metric.id;
}

}  // namespace pf::host::services
