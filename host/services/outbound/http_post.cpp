#include "host/services/outbound/http_post.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>

#include <array>
#include <charconv>
#include <istream>
#include <ostream>
#include <sstream>

#include "host/prism/retry.hpp"
#include "host/services/outbound/line.hpp"
#include "host/services/outbound/mail_text.hpp"

namespace pf::host::services {
namespace {

using Poco::Net::HTTPRequest;
using Poco::Net::HTTPResponse;

constexpr std::size_t most_read = 64 * 1024;
constexpr std::chrono::seconds courtesy(2);

std::string advice(int status) {
    if (status >= 300 && status < 400) {
        return "redirects are not followed; give the address it finally leads to";
    }
    switch (status) {
        case 401:
        case 403:
            return "check the url of the channel and the credentials in its headers";
        case 404:
        case 410:
            return "the webhook is not there (any more); make a new one and give its url";
        case 400:
        case 415:
        case 422:
            return "check that the format of the channel is the one this receiver understands";
        case 413:
            return "the message is too large for this receiver; let it hold less at once";
        default:
            return "look into the receiver's documentation for what it means";
    }
}

// As the answer has it. Poco's own type for it has no room for numbers such as 520, which proxies
// give, so the number is taken from the line that Poco writes.
int status_of(const HTTPResponse& response) {
    std::ostringstream line;
    response.write(line);
    const std::string text = line.str();
    int status = 0;
    const auto at = text.find(' ');
    if (at != std::string::npos) {
        std::from_chars(text.data() + at + 1, text.data() + text.size(), status);
    }
    return status;
}

Attempt judge(const HTTPResponse& response) {
    const int status = status_of(response);
    Attempt attempt;
    attempt.what = "HTTP " + std::to_string(status);
    if (status >= 200 && status < 300) {
        return attempt;
    }
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
        attempt.end = End::busy;
        attempt.todo = status == 429 ? "the receiver limits how often it may be called; send less"
                                     : "the receiver has trouble of its own; look there";
        attempt.wait =
            prism::retry_after(response.get("Retry-After", ""), response.get("Date", ""));
        return attempt;
    }
    attempt.end = End::refused;
    attempt.todo = advice(status);
    return attempt;
}

HTTPRequest request_for(const Channel& channel, const Destination& where,
                        const OutboundMessage& message) {
    HTTPRequest request(HTTPRequest::HTTP_POST, std::string(where.path.reveal()),
                        HTTPRequest::HTTP_1_1);
    request.set("Host", where.host_field);
    request.set("User-Agent", "prismforet/" PRISMFORET_VERSION);
    request.setContentType("application/json");
    for (const auto& [name, value] : channel.headers) {
        request.set(name, std::string(value.reveal()));
    }
    request.set("Idempotency-Key", plain_key(message.key));
    request.setContentLength64(static_cast<Poco::Int64>(message.body.size()));
    return request;
}

// Reads what else is said, so that the receiver does not see its answer torn.
void drain(std::istream& in) {
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; got < most_read && in;) {
        in.read(buffer.data(), buffer.size());
        got += static_cast<std::size_t>(in.gcount());
    }
}

}  // namespace

Attempt post(const Channel& channel, const Destination& where, const OutboundMessage& message,
             const AddressRules& rules, Clock::time_point deadline, const Stop& stop) {
    Line line(where, rules, deadline, stop);
    if (where.is_tls) {
        line.secure(channel.ca_file);
    }
    Attempt attempt;
    try {
        // It has no host's name and so never connects by itself.
        Poco::Net::HTTPClientSession session(line.socket());
        HTTPRequest request = request_for(channel, where, message);
        session.sendRequest(request) << message.body << std::flush;
        HTTPResponse response;
        std::istream& rest = session.receiveResponse(response);
        attempt = judge(response);
        line.hurry(courtesy);
        drain(rest);
    } catch (const Poco::Exception&) {
        // After the head of an answer nothing changes any more what became of the message.
        return attempt.what.empty() ? line.broken() : attempt;
    }
    return attempt;
}

}  // namespace pf::host::services
