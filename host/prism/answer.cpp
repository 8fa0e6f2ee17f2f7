#include "host/prism/answer.hpp"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "host/prism/printable.hpp"
#include "host/prism/retry.hpp"

namespace pf::host::prism {
namespace {

using nlohmann::json;

constexpr std::size_t parse_limit = 64 * 1024;
constexpr std::size_t short_answer = 16 * 1024;
constexpr std::size_t message_limit = 300;
constexpr std::size_t word_limit = 80;
constexpr std::size_t glimpse_limit = 80;
constexpr std::size_t most_messages = 3;
constexpr std::size_t deepest = 32;

// The member's text; numbers in their decimal form; empty for anything else.
std::string text_of(const json& object, const char* name, std::size_t limit) {
    const auto found = object.is_object() ? object.find(name) : object.end();
    if (!object.is_object() || found == object.end()) {
        return {};
    }
    if (found->is_string()) {
        return printable(found->get_ref<const std::string&>(), limit);
    }
    return found->is_number() ? found->dump() : std::string();
}

const json& member(const json& object, const char* name) {
    static const json nothing;
    if (!object.is_object()) {
        return nothing;
    }
    const auto found = object.find(name);
    return found == object.end() ? nothing : *found;
}

void add_message(PrismError& error, const std::string& text) {
    if (text.empty() || error.message.size() > message_limit) {
        return;
    }
    error.message += (error.message.empty() ? "" : "; ") + text;
}

// v4: a list of AppMessage.
void read_messages(const json& list, PrismError& error) {
    const std::size_t count = std::min(list.size(), most_messages);
    for (std::size_t i = 0; i < count; ++i) {
        add_message(error, text_of(list[i], "message", message_limit));
        if (error.code.empty()) {
            error.code = text_of(list[i], "code", word_limit);
        }
        if (error.group.empty()) {
            error.group = text_of(list[i], "errorGroup", word_limit);
        }
    }
}

// v4: a SchemaValidationError.
void read_validation(const json& schema, PrismError& error) {
    const json& list = member(schema, "validationErrorMessages");
    const std::size_t count = list.is_array() ? std::min(list.size(), most_messages) : 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string at = text_of(list[i], "attributePath", word_limit);
        const std::string text = text_of(list[i], "message", message_limit);
        add_message(error, at.empty() ? text : at + ": " + text);
    }
    if (error.message.empty()) {
        add_message(error, text_of(schema, "error", message_limit));
    }
}

// v3: message_list at the top or below status.
void read_v3(const json& list, PrismError& error) {
    const std::size_t count = std::min(list.size(), most_messages);
    for (std::size_t i = 0; i < count; ++i) {
        add_message(error, text_of(list[i], "message", message_limit));
        if (error.group.empty()) {
            error.group = text_of(list[i], "reason", word_limit);
        }
    }
}

PrismError read_envelope(const json& document) {
    PrismError error;
    const json& v4 = member(member(document, "data"), "error");
    if (v4.is_array()) {
        read_messages(v4, error);
    } else if (v4.is_object()) {
        read_validation(v4, error);
    }
    for (const json* holder : {&document, &member(document, "status")}) {
        if (const json& list = member(*holder, "message_list"); list.is_array()) {
            read_v3(list, error);
        }
    }
    return error;
}

// The group of a rate limit wherever in an envelope it stands: the forms differ, and it decides
// whether the request is sent again.
std::string rate_limit_in(const json& value, std::size_t depth) {
    if (!value.is_structured() || depth == 0) {
        return {};
    }
    for (const char* name : {"errorGroup", "reason", "code"}) {
        if (std::string group = text_of(value, name, word_limit); rate_limit_group(group)) {
            return group;
        }
    }
    for (const json& inner : value) {
        if (std::string group = rate_limit_in(inner, depth - 1); !group.empty()) {
            return group;
        }
    }
    return {};
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

std::string glimpse(std::string_view content_type, std::string_view body) {
    const std::string type = printable(content_type, word_limit);
    if (body.empty()) {
        return "an empty answer" + (type.empty() ? "" : " (" + type + ")");
    }
    return (type.empty() ? std::string("no content type") : type) + ": " +
           printable(body.substr(0, 4 * glimpse_limit), glimpse_limit);
}

std::string with_words(const PrismError& error) {
    std::string text = error.message;
    const std::string& label = error.code.empty() ? error.group : error.code;
    if (!label.empty()) {
        text += text.empty() ? label : " [" + label + "]";
    }
    return text.empty() ? text : "; Prism says: " + text;
}

}  // namespace

PrismError parse_error(std::string_view content_type, std::string_view body) {
    if (!body.empty() && body.size() <= parse_limit && check_json(content_type, body).ok()) {
        const json document = json::parse(body, nullptr, false);
        if (!document.is_discarded()) {
            PrismError error = read_envelope(document);
            if (std::string group = rate_limit_in(document, deepest); !group.empty()) {
                error.group = std::move(group);
            }
            return error;
        }
    }
    PrismError error;
    if (!body.empty()) {
        error.message = glimpse(content_type, body);
    }
    return error;
}

bool says_unsupported_version(const PrismError& error) {
    const auto refuses_version = [](const std::string& text, std::string_view of) {
        std::string words = lower(text);
        std::replace(words.begin(), words.end(), '_', ' ');
        return words.find(of) != std::string::npos &&
               (words.find("unsupported") != std::string::npos ||
                words.find("not supported") != std::string::npos);
    };
    // A sentence may speak of other versions, such as a hypervisor's.
    return refuses_version(error.group, "version") || refuses_version(error.code, "version") ||
           refuses_version(error.message, "api version");
}

int status_within(std::string_view path, std::string_view body) {
    // An error is short. Pages are not parsed here.
    if (!path.starts_with("/api/nutanix/v3/") || body.size() > short_answer ||
        body.find("\"ERROR\"") == std::string_view::npos) {
        return 0;
    }
    const json document = json::parse(body, nullptr, false);
    const auto is_error = [](const json& holder) { return member(holder, "state") == "ERROR"; };
    const bool is_entity = member(member(document, "metadata"), "uuid").is_string();
    if (!is_error(document) && (is_entity || !is_error(member(document, "status")))) {
        return 0;
    }
    for (const json* holder : {&document, &member(document, "status")}) {
        const json& code = member(*holder, "code");
        if (code.is_number_integer() && code >= 400 && code <= 599) {
            return code.get<int>();
        }
    }
    return 500;
}

Status check_json(std::string_view content_type, std::string_view body) {
    const auto first = body.find_first_not_of(" \t\r\n");
    const bool shaped =
        first != std::string_view::npos && (body[first] == '{' || body[first] == '[');
    if (shaped && !lower(content_type.substr(0, 9)).starts_with("text/html")) {
        return Status();
    }
    return Status(Code::data_loss, "ERROR_PRISM_ANSWER",
                  "the answer is not JSON (" + glimpse(content_type, body) +
                      "); is there a proxy or a login page before it, and is this address a Prism "
                      "Central?");
}

std::string resource_of(std::string_view path) {
    return printable(path.substr(0, path.find('?')), 200);
}

Status failure_of(const RawAnswer& answer, const PrismError& error, std::string_view path) {
    const std::string what = resource_of(path);
    const std::string id = printable(answer.request_id, word_limit);
    const std::string request = id.empty() ? "" : " (Prism's request id " + id + ")";
    const std::string number = " answered " + std::to_string(answer.http) + request;
    const std::string words = with_words(error);
    const int http = answer.http;
    if (http >= 300 && http < 400) {
        return Status(Code::data_loss, "ERROR_PRISM_ANSWER",
                      what + " redirects to " + printable(answer.location, 200) +
                          "; that is not followed, so that credentials stay here: give the address "
                          "of the Prism Central itself");
    }
    if (http == 403) {
        return Status(Code::permission_denied, "ERROR_PRISM_PERMISSION",
                      what + ": this user may not read it" + request + words +
                          "; grant the role Prism Viewer (or one that reads this entity)");
    }
    const bool is_request_error = http >= 400 && http < 500 && http != 408 && http != 429;
    if (http == 404 || (is_request_error && says_unsupported_version(error))) {
        return Status(Code::not_found, "ERROR_PRISM_NOT_FOUND", what + number + words);
    }
    if (http == 429 || rate_limit_group(error.group)) {
        return Status(
            Code::resource_exhausted, "ERROR_PRISM_RATE_LIMIT",
            what + number + ", too many requests" + words + "; lower the requests per second");
    }
    if (http >= 500 || http == 408) {
        return Status(Code::unavailable, "ERROR_PRISM_UNAVAILABLE",
                      what + number + words + "; look at the health of Prism Central");
    }
    return Status(Code::invalid_argument, "ERROR_PRISM_REQUEST", what + number + words);
}

}  // namespace pf::host::prism
