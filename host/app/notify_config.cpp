#include "host/app/notify_config.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "host/document/problem.hpp"

namespace pf::host::app {
namespace {

using nlohmann::json;

constexpr const char* schema = R"json({
    "description": "where notifications go; docs/notifications.md",
    "type": "object",
    "additionalProperties": false,
    "properties": {
      "queue": {"description": "path of the outbox, on a local disk: dispatches to channels below are acknowledged as soon as they are in it; empty = none, they answer after delivery", "type": "string", "maxLength": 4096},
      "private_addresses": {"description": "true or false; false refuses private and loopback addresses", "type": "boolean"},
      "allow_addresses": {"description": "hosts that are allowed although they are link-local or metadata addresses", "type": "array", "maxItems": 64, "items": {"type": "string", "minLength": 1, "maxLength": 255}},
      "channels": {
        "description": "channels by name, for the option `channel` of the protocol and for `prismforet notify test`",
        "type": "array",
        "maxItems": 256,
        "items": {
          "type": "object",
          "additionalProperties": false,
          "required": ["name", "format"],
          "properties": {
            "name": {"description": "a word of your choice", "type": "string", "minLength": 1, "maxLength": 64},
            "format": {"description": "webhook, slack, teams, email, or another that the module knows", "type": "string", "minLength": 1, "maxLength": 64},
            "url": {"description": "address of all but email; better url_file or ${env:NAME}", "type": "string", "maxLength": 4096},
            "url_file": {"description": "path of a file that holds the address", "type": "string"},
            "authorization": {"description": "value of the Authorization header; better authorization_file or ${env:NAME}", "type": "string", "maxLength": 4096},
            "authorization_file": {"description": "path of a file that holds the value of the Authorization header", "type": "string"},
            "mail_server": {"description": "host of the mail server", "type": "string", "maxLength": 255},
            "mail_port": {"description": "its port, 1 to 65535; 587 unless given, 465 with tls, 25 with none", "type": "integer", "minimum": 1, "maximum": 65535},
            "mail_security": {"description": "starttls, tls or none", "type": "string", "enum": ["starttls", "tls", "none"]},
            "username": {"description": "user of the mail server", "type": "string", "maxLength": 255},
            "password": {"description": "the password; better password_file or ${env:NAME}", "type": "string"},
            "password_file": {"description": "path of a file that holds the password", "type": "string"},
            "from": {"description": "address of the sender", "type": "string", "maxLength": 320},
            "to": {"description": "recipients, separated by commas; empty: each channel of CloudForet has its own", "type": "string", "maxLength": 4096},
            "ca_file": {"description": "path of a PEM file with the CA that signed the receiver's certificate", "type": "string"}
          }
        }
      }
    }
  })json";

services::MailSecurity security_of(const std::string& word) {
    return word == "tls"    ? services::MailSecurity::tls
           : word == "none" ? services::MailSecurity::none
                            : services::MailSecurity::starttls;
}

FormattedChannel read_channel(ConfigValues& values, const json& value, const std::string& path) {
    FormattedChannel one;
    one.format = values.text(value, path, "format");
    services::Channel& channel = one.channel;
    channel.name = values.text(value, path, "name");
    channel.url = values.secret(value, path, "url");
    if (Secret authorization = values.secret(value, path, "authorization");
        !authorization.empty()) {
        channel.headers["Authorization"] = std::move(authorization);
    }
    channel.mail_server = values.text(value, path, "mail_server");
    if (const json& port = ConfigValues::member(value, "mail_port"); port.is_number()) {
        channel.mail_port = port.get<std::uint16_t>();
    }
    channel.mail_security = security_of(values.text(value, path, "mail_security"));
    channel.mail_user = values.text(value, path, "username");
    channel.mail_password = values.secret(value, path, "password");
    channel.mail_from = values.text(value, path, "from");
    channel.mail_to = values.text(value, path, "to");
    channel.ca_file = values.text(value, path, "ca_file");

    const bool is_mail = one.format == "email";
    if (is_mail && (channel.mail_server.empty() || channel.mail_from.empty())) {
        values.fail(path, "is a channel for mails and needs mail_server and from");
    }
    if (!is_mail && channel.url.empty()) {
        values.fail(path, "has no address; give url_file, or url with ${env:NAME}");
    }
    if (is_mail != channel.url.empty() || (!is_mail && !channel.mail_server.empty())) {
        values.fail(path,
                    "mixes a mail server with an address for HTTP; keep what belongs to "
                    "its format");
    }
    return one;
}

}  // namespace

const char* notify_schema_text() noexcept { return schema; }

NotifyConfig read_notify(ConfigValues& values, const json& value) {
    NotifyConfig notify;
    notify.queue = values.text(value, "notify", "queue");
    const json& is_private = ConfigValues::member(value, "private_addresses");
    notify.rules.allows_private = !is_private.is_boolean() || is_private.get<bool>();
    for (const json& host : ConfigValues::member(value, "allow_addresses")) {
        notify.rules.allowed.push_back(host.get<std::string>());
    }
    std::set<std::string> names;
    const json& channels = ConfigValues::member(value, "channels");
    for (std::size_t i = 0; i < channels.size(); ++i) {
        const std::string path = document::path_of("notify.channels", i);
        notify.channels.push_back(read_channel(values, channels[i], path));
        if (!names.insert(notify.channels.back().channel.name).second) {
            values.fail(path + ".name", "another channel has this name; choose a different one");
        }
    }
    return notify;
}

}  // namespace pf::host::app
