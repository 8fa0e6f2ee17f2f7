#include "host/app/notification_channel.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "host/document/nearest.hpp"
#include "host/observe/redact.hpp"
#include "host/runtime/request_values.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;
using runtime::bad_value;
using runtime::filled;
using runtime::missing_key;

constexpr std::string_view mail = "email";

const std::vector<std::string> option_keys = {
    "format", "channel", "from", "mail_server", "mail_port", "mail_security", "private_addresses"};
const std::vector<std::string> secret_keys = {"url",       "authorization", "username",
                                              "password",  "from",          "mail_server",
                                              "mail_port", "mail_security"};
const std::vector<std::string> channel_keys = {"format", "url", "authorization", "to"};

// Left at the first problem; caught in guarded().
struct Wrong {
    Status status;
};

template <class T>
T taken(Result<T> result) {
    if (!result) {
        throw Wrong{result.status()};
    }
    return std::move(*result);
}

// Objects of a dispatch, read with their closed lists of keys.
struct Said {
    json options;
    json secret;
    json channel;
};

json read_object(std::string_view text, std::string_view what,
                 const std::vector<std::string>& known) {
    json object = taken(runtime::parse_object(text, what));
    for (const auto& member : object.items()) {
        if (std::find(known.begin(), known.end(), member.key()) == known.end()) {
            throw Wrong{bad_value(std::string(what) + "." + member.key(),
                                  "is not known" + document::suggestion(member.key(), known))};
        }
    }
    return object;
}

Said read_words(const ChannelWords& words) {
    return {read_object(words.options, "options", option_keys),
            read_object(words.secret_data.reveal(), "secret_data", secret_keys),
            read_object(words.channel_data.reveal(), "channel_data", channel_keys)};
}

std::string text_of(const json& object, std::string_view key) {
    const json* const value = filled(object, key);
    return value == nullptr ? std::string() : taken(runtime::read_text(*value, key));
}

Secret secret_of(const json& object, std::string_view key) {
    std::string text = text_of(object, key);
    observe::register_secret(text);
    return Secret(std::move(text));
}

services::MailSecurity security_of(const std::string& word) {
    if (word.empty() || word == "starttls") {
        return services::MailSecurity::starttls;
    }
    if (word == "tls") {
        return services::MailSecurity::tls;
    }
    if (word == "none") {
        return services::MailSecurity::none;
    }
    throw Wrong{bad_value("mail_security", "must be starttls, tls or none")};
}

std::string recipients_of(const json& object) {
    const json* const value = filled(object, "to");
    if (value == nullptr) {
        return {};
    }
    std::string all;
    for (const std::string& one : taken(runtime::read_texts(*value, "to"))) {
        all += (all.empty() ? "" : ", ") + one;
    }
    return all;
}

// Of the protocol's secret, else of its options.
const json& holder_of(const Said& said, std::string_view key) {
    return filled(said.secret, key) != nullptr ? said.secret : said.options;
}

void read_mail_server(const Said& said, services::Channel& channel) {
    channel.mail_server = text_of(holder_of(said, "mail_server"), "mail_server");
    if (channel.mail_server.empty()) {
        throw Wrong{missing_key("mail_server")};
    }
    if (const json* port = filled(holder_of(said, "mail_port"), "mail_port"); port != nullptr) {
        channel.mail_port =
            static_cast<std::uint16_t>(taken(runtime::read_whole(*port, "mail_port", 1, 65535)));
    }
    channel.mail_security = security_of(text_of(holder_of(said, "mail_security"), "mail_security"));
    channel.mail_user = text_of(said.secret, "username");
    channel.mail_password = secret_of(said.secret, "password");
    channel.mail_from = text_of(holder_of(said, "from"), "from");
    if (channel.mail_from.empty()) {
        throw Wrong{missing_key("from")};
    }
}

// The authorization is of whoever gave the address.
void read_address(const Said& said, services::Channel& channel) {
    const bool is_protocols = filled(said.secret, "url") != nullptr;
    if (is_protocols && filled(said.channel, "url") != nullptr) {
        throw Wrong{bad_value("channel_data.url",
                              "is given by the protocol's secret already; leave one of them out")};
    }
    const json& holder = is_protocols ? said.secret : said.channel;
    channel.url = secret_of(holder, "url");
    if (channel.url.empty()) {
        throw Wrong{missing_key("url")};
    }
    if (Secret value = secret_of(holder, "authorization"); !value.empty()) {
        channel.headers["Authorization"] = std::move(value);
    }
}

std::string format_of(const Said& said) {
    const std::string by_options = text_of(said.options, "format");
    const std::string by_channel = text_of(said.channel, "format");
    if (!by_options.empty() && !by_channel.empty() && by_options != by_channel) {
        throw Wrong{bad_value("channel_data.format",
                              "must be " + by_options + ", as the protocol's options say")};
    }
    return by_options.empty() ? by_channel : by_options;
}

const FormattedChannel* named_channel(const NotifyConfig& config, const json& options) {
    const std::string name = text_of(options, "channel");
    if (name.empty()) {
        return nullptr;
    }
    std::vector<std::string> names;
    for (const FormattedChannel& one : config.channels) {
        if (one.channel.name == name) {
            return &one;
        }
        names.push_back(one.channel.name);
    }
    throw Wrong{bad_value("options.channel",
                          "is no channel of this plugin's configuration (notify.channels)" +
                              document::suggestion(name, names))};
}

services::AddressRules rules_of(const NotifyConfig& config, const json& options) {
    services::AddressRules rules = config.rules;
    if (const json* const value = filled(options, "private_addresses"); value != nullptr) {
        const bool allows = taken(runtime::read_flag(*value, "private_addresses"));
        rules.allows_private = rules.allows_private && allows;
    }
    return rules;
}

Route configured_route(const FormattedChannel& named, const Said& said, Route route) {
    route.to = named;
    route.is_configured = true;
    if (named.format == mail && named.channel.mail_to.empty()) {
        route.to.channel.mail_to = recipients_of(said.channel);
        if (route.to.channel.mail_to.empty()) {
            throw Wrong{missing_key("to")};
        }
    }
    return route;
}

Route route_of(const NotifyConfig& config, const ChannelWords& words) {
    const Said said = read_words(words);
    Route route;
    route.rules = rules_of(config, said.options);
    if (const FormattedChannel* const named = named_channel(config, said.options)) {
        return configured_route(*named, said, std::move(route));
    }
    route.to.format = format_of(said);
    if (route.to.format.empty()) {
        throw Wrong{missing_key("format")};
    }
    route.to.channel.name = route.to.format;
    if (route.to.format == mail) {
        read_mail_server(said, route.to.channel);
        route.to.channel.mail_to = recipients_of(said.channel);
        if (route.to.channel.mail_to.empty()) {
            throw Wrong{missing_key("to")};
        }
    } else {
        read_address(said, route.to.channel);
    }
    return route;
}

json text_field(const char* title, const char* description) {
    return {{"title", title}, {"type", "string"}, {"minLength", 1}, {"description", description}};
}

json url_field() {
    json field = text_field("Address", "https address that takes the notification by POST");
    field["pattern"] = "^https?://";
    return field;
}

json to_field() { return text_field("Recipients", "mail addresses, separated by commas"); }

json authorization_field() {
    return text_field("Authorization", "value of the Authorization header, if one is needed");
}

json schema_of(json properties, std::vector<std::string> required) {
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"required", std::move(required)}};
}

json metadata_of(const char* data_type, json schema) {
    return {{"data_type", data_type}, {"data", {{"schema", std::move(schema)}}}};
}

json metadata_for(const std::string& format) {
    if (format == mail) {
        return metadata_of("PLAIN_TEXT", schema_of({{"to", to_field()}}, {"to"}));
    }
    if (!format.empty()) {
        return metadata_of(
            "SECRET",
            schema_of({{"url", url_field()}, {"authorization", authorization_field()}}, {"url"}));
    }
    json choice = text_field("Format", "what reads the notification");
    choice["enum"] = {"webhook", "slack", "teams", "email"};
    return metadata_of("SECRET", schema_of({{"format", std::move(choice)},
                                            {"url", url_field()},
                                            {"authorization", authorization_field()},
                                            {"to", to_field()}},
                                           {"format"}));
}

}  // namespace

Result<Route> find_route(const NotifyConfig& config, const ChannelWords& words) {
    try {
        return route_of(config, words);
    } catch (const Wrong& wrong) {
        return wrong.status;
    }
}

Status check_protocol(const NotifyConfig& config, const ChannelWords& words) {
    try {
        const Said said = read_words(words);
        rules_of(config, said.options);
        if (named_channel(config, said.options) == nullptr && format_of(said) == mail) {
            services::Channel server;
            read_mail_server(said, server);
        }
        return Status();
    } catch (const Wrong& wrong) {
        return wrong.status;
    }
}

std::string protocol_format(const NotifyConfig& config, std::string_view options) {
    try {
        const json object = read_object(options, "options", option_keys);
        const FormattedChannel* const named = named_channel(config, object);
        return named != nullptr ? named->format : text_of(object, "format");
    } catch (const Wrong&) {
        return {};
    }
}

Result<std::string> protocol_metadata(const NotifyConfig& config, std::string_view options) {
    try {
        const json object = read_object(options, "options", option_keys);
        rules_of(config, object);
        if (const FormattedChannel* const named = named_channel(config, object)) {
            // The configuration has it all, but perhaps the recipients.
            const bool asks = named->format == mail && named->channel.mail_to.empty();
            return (asks ? metadata_for(std::string(mail))
                         : metadata_of("NONE", schema_of(json::object(), {})))
                .dump();
        }
        return metadata_for(text_of(object, "format")).dump();
    } catch (const Wrong& wrong) {
        return wrong.status;
    }
}

}  // namespace pf::host::app
