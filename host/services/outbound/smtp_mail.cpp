#include "host/services/outbound/smtp_mail.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "host/base/base64.hpp"
#include "host/services/outbound/line.hpp"
#include "host/services/outbound/mail_text.hpp"
#include "host/services/outbound/smtp_dialogue.hpp"

namespace pf::host::services {
namespace {

constexpr std::chrono::seconds courtesy(2);

// Goes on when `reply` is of the class `wanted` (2: done, 3: go on), else throws how it ends.
void expect(const SmtpReply& reply, int wanted, const std::string& step, const std::string& todo) {
    const int kind = reply.code / 100;
    if (kind == wanted) {
        return;
    }
    const std::string what =
        "the mail server replied " + std::to_string(reply.code) + " to " + step;
    if (kind == 4) {
        throw Ended({End::busy, what, "it says that it may work later; " + todo});
    }
    throw Ended({kind == 5 ? End::refused : End::unreachable, what, todo});
}

// How this machine calls itself; servers only log it.
std::string own_name() {
    std::array<char, 256> name{};
    if (::gethostname(name.data(), name.size() - 1) != 0) {
        return "localhost";
    }
    const std::string text(name.data());
    const bool is_proper = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '.';
    });
    return is_proper ? text : "localhost";
}

// The words behind the keyword of an extension, in upper case: {"PLAIN", "LOGIN"}.
struct Extension {
    bool is_offered = false;
    std::vector<std::string> words;
    bool has(const char* word) const {
        return std::find(words.begin(), words.end(), word) != words.end();
    }
};

Extension extension_in(const SmtpReply& hello, const std::string& keyword) {
    std::string text = hello.text;
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    });
    Extension found;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream in(line);
        std::string word;
        in >> word;
        if (word != keyword) {
            continue;
        }
        found.is_offered = true;
        while (in >> word) {
            found.words.push_back(word);
        }
    }
    return found;
}

SmtpReply hello(SmtpDialogue& dialogue) {
    SmtpReply reply = dialogue.say("EHLO " + own_name());
    expect(reply, 2, "EHLO", "give a mail server that takes mail from programs");
    return reply;
}

SmtpReply start_tls(SmtpDialogue& dialogue, Line& line, const Channel& channel,
                    const SmtpReply& offers) {
    if (!extension_in(offers, "STARTTLS").is_offered) {
        throw Ended({End::untrusted, "the mail server offers no STARTTLS",
                     "nothing was sent in clear text; if the port wants TLS from the first byte, "
                     "set the security to tls"});
    }
    expect(dialogue.say("STARTTLS"), 2, "STARTTLS", "look into the log of the mail server");
    if (dialogue.is_ahead()) {
        throw Ended({End::untrusted, "somebody spoke in clear text after STARTTLS",
                     "something between may meddle with the connection; use security tls"});
    }
    line.secure(channel.ca_file);
    return hello(dialogue);  // what was offered in clear text does not count
}

void log_in(SmtpDialogue& dialogue, const Channel& channel, const SmtpReply& offers) {
    const std::string todo =
        "check mail_user and mail_password, and that the account may log in "
        "from programs";
    const Extension auth = extension_in(offers, "AUTH");
    const std::string password(channel.mail_password.reveal());
    if (auth.has("PLAIN")) {
        std::string both(1, '\0');
        both.append(channel.mail_user).append(1, '\0').append(password);
        expect(dialogue.say("AUTH PLAIN " + base64(both)), 2, "AUTH PLAIN", todo);
    } else if (auth.has("LOGIN")) {
        expect(dialogue.say("AUTH LOGIN"), 3, "AUTH LOGIN", todo);
        expect(dialogue.say(base64(channel.mail_user)), 3, "AUTH LOGIN", todo);
        expect(dialogue.say(base64(password)), 2, "AUTH LOGIN", todo);
    } else {
        throw Ended({End::refused, "the mail server offers neither AUTH PLAIN nor AUTH LOGIN",
                     "use its port for sending with a login, or leave mail_user away"});
    }
}

void hand_over(SmtpDialogue& dialogue, const Channel& channel, const OutboundMessage& message) {
    const std::vector<std::string> to = recipients_of(channel.mail_to);
    expect(dialogue.say("MAIL FROM:<" + channel.mail_from + ">"), 2, "MAIL FROM",
           "check mail_from, and whether the mail server wants a login");
    for (std::size_t i = 0; i < to.size(); ++i) {
        expect(dialogue.say("RCPT TO:<" + to[i] + ">"), 2,
               "RCPT TO, address " + std::to_string(i + 1) + " of mail_to",
               "check the address, and whether the mail server wants a login; nobody was sent "
               "anything");
    }
    expect(dialogue.say("DATA"), 3, "DATA", "look into the log of the mail server");
    expect(
        dialogue.tell(mail_text(channel.mail_from, to, message, std::chrono::system_clock::now())),
        2, "the mail itself", "look into the log of the mail server");
}

}  // namespace

Attempt mail(const Channel& channel, const Destination& where, const OutboundMessage& message,
             const AddressRules& rules, Clock::time_point deadline, const Stop& stop) {
    Line line(where, rules, deadline, stop);
    if (where.is_tls) {
        line.secure(channel.ca_file);
    }
    SmtpDialogue dialogue(line);
    expect(dialogue.hear(), 2, "the connection", "check that it takes mail from this machine");
    SmtpReply offers = hello(dialogue);
    if (channel.mail_security == MailSecurity::starttls) {
        offers = start_tls(dialogue, line, channel, offers);
    }
    if (!channel.mail_user.empty()) {
        log_in(dialogue, channel, offers);
    }
    hand_over(dialogue, channel, message);
    line.hurry(courtesy);
    try {
        dialogue.say("QUIT");
    } catch (const Ended&) {
        // It has the mail; how it says good-bye changes nothing.
    }
    return Attempt();
}

}  // namespace pf::host::services
