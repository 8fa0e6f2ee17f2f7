#include "host/services/outbound/channel_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

#include "host/prism/address.hpp"

namespace pf::host::services {
namespace {

constexpr std::size_t longest_url = 8192;
constexpr std::size_t longest_host = 253;
constexpr std::size_t longest_address = 254;  // RFC 5321, section 4.5.3.1.3
constexpr std::size_t most_recipients = 100;

Status fault(const std::string& what) {
    return Status(Code::invalid_argument, "ERROR_OUTBOUND_CHANNEL", what);
}

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_visible(char c) { return c > 0x20 && c < 0x7f; }

// For header values and names: a tab may be there, nothing else that controls.
bool is_one_line(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
    });
}

std::string lower(std::string_view text) {
    std::string made(text);
    std::transform(made.begin(), made.end(), made.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    });
    return made;
}

// A name or an address without brackets, in the form of Destination::host.
std::optional<std::string> proper_host(std::string_view text) {
    if (text.find(':') != std::string_view::npos) {
        std::string address(text);
        return prism::is_ip_address(address) ? std::optional(lower(address)) : std::nullopt;
    }
    if (text.ends_with('.')) {
        text.remove_suffix(1);
    }
    const bool is_proper = !text.empty() && text.size() <= longest_host && text.front() != '-' &&
                           std::all_of(text.begin(), text.end(), [](char c) {
                               return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_';
                           });
    return is_proper ? std::optional(lower(text)) : std::nullopt;
}

std::optional<std::uint16_t> proper_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), port);
    const bool is_proper =
        parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && port > 0;
    return is_proper ? std::optional(port) : std::nullopt;
}

// "host", "host:port", "[::1]", "[::1]:port" into `destination`, whose port is the default one.
bool read_authority(std::string_view text, Destination& destination) {
    std::string_view host = text;
    std::string_view rest;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) {
            return false;
        }
        host = text.substr(1, end - 1);
        rest = text.substr(end + 1);
        if (host.find(':') == std::string_view::npos) {
            return false;
        }
    } else if (const auto colon = text.find(':'); colon != std::string_view::npos) {
        host = text.substr(0, colon);
        rest = text.substr(colon);
    }
    const auto proper = proper_host(host);
    if (!proper || (!rest.empty() && rest.front() != ':')) {
        return false;
    }
    destination.host = *proper;
    if (!rest.empty()) {
        const auto port = proper_port(rest.substr(1));
        destination.port = port.value_or(0);
        return port.has_value();
    }
    return true;
}

Result<Destination> destination_of_url(std::string_view url) {
    if (url.size() > longest_url || !std::all_of(url.begin(), url.end(), is_visible)) {
        return fault(
            "its url is too long, or has a blank or a character that is not ASCII; copy it "
            "once more from where it was made");
    }
    const auto colon = std::min(url.find("://"), url.size());
    const std::string scheme = lower(url.substr(0, colon));
    if (scheme != "https" && scheme != "http") {
        return fault("its url begins neither with https:// nor with http://; give one that does");
    }
    Destination destination;
    destination.is_tls = scheme == "https";
    destination.port = destination.is_tls ? 443 : 80;
    const std::string_view rest = url.substr(colon + 3);
    const auto end = std::min(rest.find_first_of("/?#"), rest.size());
    const std::string_view authority = rest.substr(0, end);
    if (authority.find('@') != std::string_view::npos) {
        return fault(
            "its url has a user or a password before the host; put credentials into "
            "headers of the channel");
    }
    if (!read_authority(authority, destination)) {
        return fault(
            "its url has no proper host and port; write https://HOST/... or "
            "https://HOST:PORT/...");
    }
    std::string path(rest.substr(end, rest.find('#') - end));
    destination.path = Secret(path.starts_with('/') ? path : "/" + path);
    const bool is_default = destination.port == (destination.is_tls ? 443 : 80);
    const std::string full = prism::host_and_port(destination.host, destination.port);
    destination.host_field = is_default ? full.substr(0, full.rfind(':')) : full;
    return destination;
}

// What frames a message or names its server is ours to say.
bool is_ours(std::string_view name) {
    static constexpr std::array<std::string_view, 8> ours{
        "connection", "content-length",    "expect", "host", "te",
        "trailer",    "transfer-encoding", "upgrade"};
    return std::find(ours.begin(), ours.end(), lower(name)) != ours.end();
}

bool is_token(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return is_letter_or_digit(c) || marks.find(c) != std::string_view::npos;
    });
}

Status check_headers(const Channel& channel) {
    std::size_t number = 0;
    for (const auto& [name, value] : channel.headers) {
        ++number;
        if (!is_token(name)) {
            // Not quoted: whoever mixed name and value up has put a secret there.
            return fault("the name of header " + std::to_string(number) +
                         " is none; use letters, digits and '-'");
        }
        if (is_ours(name)) {
            return fault("the header " + name + " cannot be set; leave it out");
        }
        if (!is_one_line(value.reveal())) {
            return fault("the value of the header " + name +
                         " has a line break or another control character; take it out");
        }
    }
    return Status();
}

bool is_mail_address(std::string_view text) {
    const auto at = text.find('@');
    constexpr std::string_view special = "()<>[]:;,\\\"";
    return at != std::string_view::npos && at > 0 && text.size() <= longest_address &&
           text.find('@', at + 1) == std::string_view::npos &&
           std::all_of(text.begin(), text.end(),
                       [&](char c) {
                           return is_visible(c) && special.find(c) == std::string_view::npos;
                       }) &&
           proper_host(text.substr(at + 1)).has_value();
}

bool is_this_machine(const std::string& host) {
    return host == "localhost" || prism::is_in_network(host, "127.0.0.0/8") ||
           prism::is_in_network(host, "::1/128");
}

Status check_letters(const Channel& channel) {
    if (!is_mail_address(channel.mail_from)) {
        return fault("mail_from is no plain mail address; write name@example.com");
    }
    const std::vector<std::string> to = recipients_of(channel.mail_to);
    for (std::size_t i = 0; i < to.size(); ++i) {
        if (!is_mail_address(to[i])) {
            return fault("address " + std::to_string(i + 1) +
                         " of mail_to is no plain mail address; write name@example.com, and "
                         "commas between several");
        }
    }
    if (to.size() > most_recipients) {
        return fault("mail_to has more than " + std::to_string(most_recipients) +
                     " addresses; use a mailing list");
    }
    return Status();
}

Result<Destination> endpoint_of_mail(const Channel& channel) {
    const auto host = proper_host(channel.mail_server);
    if (!host) {
        return fault(
            "mail_server is no host; give a name or an address, and the port as "
            "mail_port");
    }
    Destination destination;
    destination.host = *host;
    destination.is_tls = channel.mail_security == MailSecurity::tls;
    const std::uint16_t usual =
        destination.is_tls ? 465 : (channel.mail_security == MailSecurity::none ? 25 : 587);
    destination.port = channel.mail_port != 0 ? channel.mail_port : usual;
    if (channel.mail_security == MailSecurity::none && !channel.mail_password.empty() &&
        !is_this_machine(destination.host)) {
        return fault(
            "a password would leave this machine in clear text; set the security of the "
            "mail server to starttls or tls");
    }
    if (channel.mail_user.empty() && !channel.mail_password.empty()) {
        return fault("there is a mail_password without a mail_user; give both or none");
    }
    if (!is_one_line(channel.mail_user) || !is_one_line(channel.mail_password.reveal())) {
        return fault(
            "mail_user or mail_password has a line break or another control character; "
            "take it out");
    }
    if (Status status = check_letters(channel); !status.ok()) {
        return status;
    }
    return destination;
}

}  // namespace

Result<Destination> destination_of(const Channel& channel) {
    if (channel.url.empty() == channel.mail_server.empty()) {
        return fault("it needs one of url and mail_server, and not both");
    }
    if (channel.url.empty()) {
        return endpoint_of_mail(channel);
    }
    if (Status status = check_headers(channel); !status.ok()) {
        return status;
    }
    return destination_of_url(channel.url.reveal());
}

std::vector<std::string> recipients_of(const std::string& mail_to) {
    std::vector<std::string> found;
    for (std::size_t at = 0; at <= mail_to.size();) {
        const auto comma = std::min(mail_to.find(',', at), mail_to.size());
        std::string_view one = std::string_view(mail_to).substr(at, comma - at);
        while (one.starts_with(' ')) {
            one.remove_prefix(1);
        }
        while (one.ends_with(' ')) {
            one.remove_suffix(1);
        }
        found.emplace_back(one);
        at = comma + 1;
    }
    return found;
}

}  // namespace pf::host::services
