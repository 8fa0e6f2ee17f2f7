#include "host/capture/exchange_line.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <nlohmann/json.hpp>

#include "host/base/base64.hpp"
#include "host/base/utf8.hpp"
#include "host/prism/target.hpp"

namespace pf::host::capture {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::system_clock;

// Names that tell nothing; any other is counted, since a server might put anything into a name.
constexpr std::array<std::string_view, 4> known_cookies = {
    "NTNX_IGW_SESSION", "JSESSIONID", "NTNX_MERCURY_IAM_SESSION", "NTNX_SESSION_META"};

const char* method_name(prism::Method method) {
    switch (method) {
        case prism::Method::post:
            return "POST";
        case prism::Method::options:
            return "OPTIONS";
        case prism::Method::get:
            break;
    }
    return "GET";
}

Json cookie_names(const std::vector<std::string>& set_cookies) {
    Json names = Json::array();
    for (const std::string& line : set_cookies) {
        const std::string_view name = cookie_of(line).first;
        const bool is_known =
            std::find(known_cookies.begin(), known_cookies.end(), name) != known_cookies.end();
        names.push_back(is_known ? name : std::string_view("(another)"));
    }
    return names;
}

// The body as it goes into the line: text, base 64 for what is no text, or a note that it is not
// there.
void put_body(Json& answer, std::string_view body, const LineRules& rules, bool& is_left_out) {
    if (rules.redactor != nullptr) {
        auto redacted = body.empty() ? std::optional<std::string>("") : rules.redactor->body(body);
        is_left_out = !redacted.has_value();
        if (redacted) {
            answer["body"] = std::move(*redacted);
        } else {
            answer["body_left_out"] = {{"bytes", body.size()}, {"why", "no JSON text"}};
        }
        return;
    }
    const std::string shown = rules.scrub(body);
    if (is_utf8(shown)) {
        answer["body"] = shown;
    } else {
        answer["body_base64"] = base64(shown);
    }
}

Json headers_json(const prism::Exchange& exchange, const LineRules& rules) {
    Json headers = Json::array();
    for (const prism::HeaderField& field : exchange.headers) {
        headers.push_back({field.name, rules.redactor != nullptr
                                           ? rules.redactor->header(field.name, field.value)
                                           : rules.scrub(field.value)});
    }
    return headers;
}

Json request_json(const prism::Request& request, const LineRules& rules) {
    const Redactor* redactor = rules.redactor;
    Json json = {{"method", method_name(request.method)},
                 {"target", redactor != nullptr ? redactor->target(request.path)
                                                : rules.scrub(request.path)}};
    if (request.method == prism::Method::post) {
        json["body"] = redactor != nullptr ? redactor->body(request.body).value_or("{}")
                                           : rules.scrub(request.body);
    }
    return json;
}

}  // namespace

std::string time_text(system_clock::time_point when) {
    const std::time_t seconds = system_clock::to_time_t(when);
    std::tm parts{};
    std::array<char, 32> text{};
    ::gmtime_r(&seconds, &parts);
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

// The pair before the first ';', cut at '='.
std::pair<std::string_view, std::string_view> cookie_of(std::string_view set_cookie) {
    const std::string_view pair = set_cookie.substr(0, set_cookie.find(';'));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    return {pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size()))};
}

std::string exchange_line(const LinePlace& place, const prism::Exchange& exchange,
                          const LineRules& rules, bool& is_body_left_out) {
    is_body_left_out = false;
    Json line = {{"n", place.number},
                 {"target", place.target},
                 {"at_ms", place.at.count()},
                 {"took_ms", exchange.took.count()},
                 {"login", exchange.carried_credential},
                 {"request", request_json(exchange.request, rules)}};
    if (exchange.http == 0) {
        line["failure"] = exchange.trouble.reason();
    } else {
        Json answer = {{"status", exchange.http}, {"headers", headers_json(exchange, rules)}};
        if (!exchange.set_cookies.empty()) {
            answer["cookies"] = cookie_names(exchange.set_cookies);
        }
        put_body(answer, exchange.body, rules, is_body_left_out);
        line["answer"] = std::move(answer);
    }
    return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace pf::host::capture
