#include "host/cloudforet/client/service_failure.hpp"

#include <array>
#include <chrono>
#include <ctime>
#include <optional>

#include "host/cloudforet/client/token_claims.hpp"

namespace pf::host::cloudforet {
namespace {

std::string when(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm parts{};
    std::array<char, 32> text{};
    ::gmtime_r(&time, &parts);
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M UTC", &parts);
    return {text.data(), size};
}

std::int64_t now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

// The service's own words, with its code.
std::string words(const Status& failure) {
    const std::string& text = failure.message();
    const std::string trimmed = text.substr(std::min(text.find_first_not_of(' '), text.size()));
    return failure.reason().empty() ? trimmed : failure.reason() + ": " + trimmed;
}

Status unavailable(const Status& failure, const FailedCall& call) {
    std::string text = call.method + ": " + call.address;
    text += failure.code() == Code::deadline_exceeded ? " does not answer in time"
                                                      : " is down or out of reach";
    if (call.tries > 1) {
        text += ", asked " + std::to_string(call.tries) + " times";
    }
    // The advice of a failed connection stands behind its last "; ".
    const std::string why = failure.message().substr(0, failure.message().rfind("; "));
    return {Code::unavailable, "ERROR_CLOUDFORET_UNAVAILABLE",
            text + " (" + why +
                "); see that the service runs and that this machine reaches it, then repeat the "
                "command: what is done already stays"};
}

Status wrong_token(const Status& failure, const FailedCall& call,
                   const std::optional<TokenClaims>& claims, bool has_token) {
    if (!has_token) {
        return {Code::unauthenticated, "ERROR_CLOUDFORET_TOKEN",
                call.method + " needs a token; give cloudforet.token_file or --token-file"};
    }
    if (claims && claims->expires_at && *claims->expires_at <= now()) {
        return {Code::unauthenticated, "ERROR_CLOUDFORET_TOKEN",
                call.method + ": the token expired on " + when(*claims->expires_at) +
                    "; make a new one (an app's client secret lives longest) and give its file"};
    }
    return {Code::unauthenticated, "ERROR_CLOUDFORET_TOKEN",
            call.method + ": " + call.address + " does not accept the token (" + words(failure) +
                "); it must be of this CloudForet and neither expired nor revoked: make a new one"};
}

Status no_permission(const FailedCall& call, const std::optional<TokenClaims>& claims) {
    std::string text = call.method + ": CloudForet does not allow it to this token";
    if (claims) {
        text += ", which is one " + claims->description();
    }
    return {Code::permission_denied, "ERROR_CLOUDFORET_PERMISSION",
            text + "; it takes " +
                (call.needs.empty() ? "a token with a role that has this permission" : call.needs)};
}

bool is_of_another_version(const std::string& reason) {
    return reason == "ERROR_UNKNOWN_METHOD" || reason == "ERROR_UNKNOWN_SERVICE" ||
           reason == "ERROR_REQUEST_JSON" || reason == "ERROR_REFLECTION";
}

}  // namespace

Status service_failure(const Status& failure, const FailedCall& call, std::string_view token) {
    const auto claims = read_token(token);
    if (is_of_another_version(failure.reason()) && failure.code() != Code::unavailable) {
        return {Code::unimplemented, "ERROR_CLOUDFORET_VERSION",
                call.method + ": the API at " + call.address + " is another one (" +
                    words(failure) +
                    "); docs/register.md names the versions of CloudForet this is made for"};
    }
    switch (failure.code()) {
        case Code::unavailable:
        case Code::deadline_exceeded:
            return unavailable(failure, call);
        case Code::unauthenticated:
            return wrong_token(failure, call, claims, !token.empty());
        case Code::permission_denied:
            return no_permission(call, claims);
        case Code::already_exists:
            return {Code::already_exists, "ERROR_CLOUDFORET_NAME_TAKEN",
                    call.method + ": the name or id is taken (" + words(failure) +
                        "); rename what has it, or choose another name"};
        case Code::not_found:
            return {Code::not_found, "ERROR_CLOUDFORET_NOT_FOUND",
                    call.method + ": " + words(failure) +
                        "; check the id, and that the token is of the domain that has it"};
        case Code::cancelled:
            return failure;
        default:
            if (failure.reason() == "ERROR_NOT_UNIQUE") {
                return service_failure(
                    Status(Code::already_exists, failure.reason(), failure.message()), call, token);
            }
            return {failure.code(), "ERROR_CLOUDFORET_REFUSED",
                    call.method + ": refused by " + call.address + ": " + words(failure) +
                        "; the service's log says more"};
    }
}

}  // namespace pf::host::cloudforet
