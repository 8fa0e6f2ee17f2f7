// Login, clock and identity: what the first exchanges with Prism show.

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "host/doctor/checks.hpp"

namespace pf::host::doctor {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;
using std::chrono::seconds;

// What statistics windows and certificates do not notice.
constexpr seconds small_offset(60);

bool uses_api_key(const prism::Credential& credential) {
    return !credential.api_key.empty() || credential.username == "X-ntnx-api-key";
}

// Failures of identify() that only a Prism that let us in can give.
bool was_let_in(const Status& status) {
    return status.ok() || status.reason() == "ERROR_PRISM_IDENTITY" ||
           status.reason() == "ERROR_PRISM_ELEMENT" ||
           status.reason() == "ERROR_PRISM_API_ABSENT" ||
           status.reason() == "ERROR_PRISM_PERMISSION";
}

std::string seconds_text(milliseconds span) {
    const long long tenths = std::llabs(span.count()) / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
}

}  // namespace

Finding check_login(Examination& examination) {
    auto central = examination.target->identify(examination.stop, examination.meter,
                                                examination.options.api_version);
    examination.identity = central.status();
    if (central) {
        examination.central = *central;
    }
    const Seen seen = examination.watcher->seen();
    const bool by_key = uses_api_key(examination.request.spec.credential);
    const Json facts = {{"method", by_key ? "api_key" : "basic"},
                        {"accepted", was_let_in(central.status())},
                        {"logins", seen.logins},
                        {"cookies_given", seen.cookies},
                        {"requests_by_cookie", seen.by_cookie}};
    Finding finding;
    if (!was_let_in(central.status())) {
        finding = found_failure("login", central.status());
    } else if (by_key) {
        finding = found_good("login", "the API key was accepted");
    } else {
        const std::string who =
            "user " + examination.request.spec.credential.username + " was let in by password";
        if (seen.by_cookie > 0) {
            finding = found_good("login", who + "; its session cookie is taken again");
        } else {
            finding = found_warning(
                "login", who + "; it gives no session cookie that it takes again",
                Status(Code::failed_precondition, "ERROR_INVALID_CREDENTIALS", "no session"),
                "the password travels with each request, which a directory may answer with 401 in "
                "a "
                "burst: look at what stands before Prism Central, and lower limits.in_flight");
        }
    }
    finding.facts = facts.dump();
    return finding;
}

Finding check_clock(Examination& examination) {
    const Seen seen = examination.watcher->seen();
    if (!seen.clock) {
        return not_tried("clock", "no answer carried a date");
    }
    const ClockReading& clock = *seen.clock;
    const Json facts = {{"server_date", clock.server_date},
                        {"offset_ms", clock.offset.count()},
                        {"doubt_ms", clock.doubt.count()}};
    const milliseconds away = std::chrono::abs(clock.offset);
    Finding finding;
    if (away <= clock.doubt) {
        finding =
            found_good("clock", "the server's clock is ours, as far as a date in seconds shows");
    } else {
        const std::string text = "the server's clock is " + seconds_text(clock.offset) +
                                 (clock.offset.count() > 0 ? " ahead of ours" : " behind ours");
        finding = away <= small_offset
                      ? found_good("clock", text)
                      : found_warning(
                            "clock", text, Status(Code::failed_precondition, "ERROR_CLOCK", text),
                            "set both to the same NTP servers: certificates, sessions and "
                            "time windows hang on it");
    }
    finding.facts = facts.dump();
    return finding;
}

Finding check_identity(Examination& examination) {
    Json facts = Json::object();
    const std::string& account = examination.request.account_id;
    if (!account.empty()) {
        facts["account_id"] = account;
    }
    Finding finding;
    if (examination.central) {
        const prism::PrismCentral& central = *examination.central;
        facts["uuid"] = central.uuid;
        facts["name"] = central.name;
        facts["version"] = central.version;
        finding = found_good("identity",
                             "Prism Central " + central.name + ", " +
                                 (central.version.empty() ? "version not told" : central.version) +
                                 ", UUID " + central.uuid);
    } else if (examination.identity.reason() == "ERROR_PRISM_IDENTITY" && !account.empty()) {
        finding = found_good("identity",
                             "Prism Central does not show its UUID to this user; "
                             "rows carry the given account_id");
    } else {
        finding = found_failure("identity", examination.identity);
    }
    finding.facts = facts.dump();
    return finding;
}

}  // namespace pf::host::doctor
