#include "tests/prism_sim/gate/request_stats.hpp"

#include <algorithm>

#include "tests/prism_sim/json/json_writer.hpp"

namespace pf::sim {
namespace {

constexpr std::size_t kMostPaths = 500;

// Single objects are counted together: their id becomes {id}.
std::string path_key(const Request& request) {
    std::string key = request.method + " " + request.path;
    const std::size_t slash = key.rfind('/');
    if (slash != std::string::npos && parse_uuid(std::string_view(key).substr(slash + 1)))
        key.replace(slash + 1, std::string::npos, "{id}");
    return key;
}

}  // namespace

void RequestStats::begin(const Request& request) {
    std::string key = path_key(request);
    const std::lock_guard lock(mutex_);
    ++stats_.requests;
    if (!request.authorization.empty() || !request.api_key.empty()) ++stats_.credentials;
    stats_.in_flight_peak = std::max(stats_.in_flight_peak, ++in_flight_);
    if (stats_.by_path.size() >= kMostPaths && !stats_.by_path.contains(key)) key = "others";
    ++stats_.by_path[key];
}

void RequestStats::admitted(Admission admission) {
    const std::lock_guard lock(mutex_);
    switch (admission) {
        case Admission::basic:
            ++stats_.logins;
            break;
        case Admission::api_key:
            ++stats_.api_key_requests;
            break;
        case Admission::cookie:
            ++stats_.cookie_requests;
            break;
        case Admission::refused:
            ++stats_.failed_logins;
            break;
        case Admission::stale_cookie:
            ++stats_.stale_cookies;
            break;
        case Admission::anonymous:
            break;
    }
}

void RequestStats::rate_limited() {
    const std::lock_guard lock(mutex_);
    ++stats_.rate_limited;
}

void RequestStats::early_retry() {
    const std::lock_guard lock(mutex_);
    ++stats_.early_retries;
}

void RequestStats::refused_in_burst() {
    const std::lock_guard lock(mutex_);
    ++stats_.burst_refusals;
}

void RequestStats::faults(std::uint64_t count) {
    const std::lock_guard lock(mutex_);
    stats_.faults += count;
}

void RequestStats::end(const Response& response) {
    const std::lock_guard lock(mutex_);
    --in_flight_;
    ++stats_.by_status[response.status];
    stats_.body_bytes += response.body.size();
}

Stats RequestStats::copy() const {
    const std::lock_guard lock(mutex_);
    return stats_;
}

std::string to_json(const Stats& stats) {
    TextBuffer text;
    JsonWriter out(text);
    out.open_item();
    out.number("requests", stats.requests);
    out.number("logins", stats.logins);
    out.number("failed_logins", stats.failed_logins);
    out.number("credentials", stats.credentials);
    out.number("burst_refusals", stats.burst_refusals);
    out.number("cookie_requests", stats.cookie_requests);
    out.number("api_key_requests", stats.api_key_requests);
    out.number("stale_cookies", stats.stale_cookies);
    out.number("rate_limited", stats.rate_limited);
    out.number("early_retries", stats.early_retries);
    out.number("faults", stats.faults);
    out.number("in_flight_peak", stats.in_flight_peak);
    out.number("body_bytes", stats.body_bytes);
    out.number("sent_bytes", stats.sent_bytes);
    out.number("connections", stats.connections);
    out.number("tls_resumptions", stats.tls_resumptions);
    out.number("untraced", stats.untraced);
    out.number("vms", stats.vms);
    out.number("vms_created", stats.vms_created);
    out.number("vms_deleted", stats.vms_deleted);
    out.open("by_path");
    for (const auto& [path, count] : stats.by_path) out.number_by_name(path, count);
    out.close();
    out.open("by_trace");
    for (const auto& [trace, count] : stats.by_trace) out.number_by_name(trace, count);
    out.close();
    out.open("by_status");
    for (const auto& [status, count] : stats.by_status)
        out.number_by_name(std::to_string(status), count);
    out.close();
    out.close();
    return std::string(text.view());
}

}  // namespace pf::sim
