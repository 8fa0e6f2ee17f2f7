#include <Poco/Base64Decoder.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>
#include <map>
#include <sstream>

#include "host/base/base64.hpp"
#include "host/services/outbound/delivery.hpp"
#include "host/services/outbound/testing_file.hpp"
#include "host/services/outbound/testing_mail_server.hpp"

namespace pf::host::services {
namespace {

using prism::testing::TestCa;
using testing::MailScript;
using testing::MailServer;

Channel letters(const MailServer& server, MailSecurity security = MailSecurity::none) {
    Channel channel;
    channel.name = "duty";
    channel.mail_server = "localhost";
    channel.mail_port = server.port();
    channel.mail_security = security;
    channel.mail_from = "plugin@example.com";
    channel.mail_to = "a@example.com, b@example.com";
    return channel;
}

OutboundMessage news() {
    OutboundMessage message;
    message.key = "parcel-7";
    message.subject = "News";
    message.body = "text";
    return message;
}

Patience quick() {
    Patience patience;
    patience.total = std::chrono::seconds(30);
    patience.first_pause = std::chrono::milliseconds(1);
    return patience;
}

Status send(const Channel& channel, const OutboundMessage& message = news()) {
    return deliver(channel, message, {}, quick(), Stop());
}

std::string decoded(const std::string& text) {
    std::istringstream in(text);
    Poco::Base64Decoder decoder(in);
    return {std::istreambuf_iterator<char>(decoder), {}};
}

// Lines of a header with what continues them, by name; `text` loses them and the blank line.
std::map<std::string, std::string> take_headers(std::string& text) {
    std::map<std::string, std::string> headers;
    std::string last;
    for (;;) {
        const auto end = text.find("\r\n");
        REQUIRE(end != std::string::npos);
        const std::string line = text.substr(0, end);
        text.erase(0, end + 2);
        if (line.empty()) {
            return headers;
        }
        if (line.front() == ' ') {
            headers[last] += line;
            continue;
        }
        const auto colon = line.find(": ");
        REQUIRE(colon != std::string::npos);
        last = line.substr(0, colon);
        REQUIRE(headers.emplace(last, line.substr(colon + 2)).second);
    }
}

// A mail as a reader of mails finds it.
struct Letter {
    explicit Letter(std::string text) : headers(take_headers(text)) {
        const std::string type = headers["Content-Type"];
        const auto at = type.find("boundary=\"");
        if (at == std::string::npos) {
            add(headers, text);
            return;
        }
        const auto begin = at + 10;
        const std::string mark = "--" + type.substr(begin, type.find('"', begin) - begin);
        REQUIRE(text.starts_with(mark + "\r\n"));
        text.erase(0, mark.size() + 2);
        for (auto end = text.find("\r\n" + mark); end != std::string::npos;
             end = text.find("\r\n" + mark)) {
            std::string part = text.substr(0, end + 2);
            text.erase(0, end + 2 + mark.size());
            const auto own = take_headers(part);
            add(own, part);
            if (text.starts_with("--")) {
                CHECK(text == "--\r\n");
                return;
            }
            REQUIRE(text.starts_with("\r\n"));
            text.erase(0, 2);
        }
        FAIL("the last boundary is missing");
    }
    void add(const std::map<std::string, std::string>& own, const std::string& text) {
        CHECK(own.at("Content-Transfer-Encoding") == "base64");
        types.push_back(own.at("Content-Type"));
        parts.push_back(decoded(text));
    }
    // Encoded words put together; what is between them must be blanks.
    std::string subject() const {
        std::string rest = headers.at("Subject");
        std::string made;
        for (std::size_t at = rest.find("=?utf-8?B?"); at != std::string::npos;
             at = rest.find("=?utf-8?B?")) {
            CHECK(rest.substr(0, at).find_first_not_of(' ') == std::string::npos);
            const auto end = rest.find("?=", at + 10);
            made += decoded(rest.substr(at + 10, end - at - 10));
            rest.erase(0, end + 2);
        }
        return made + rest;
    }
    std::map<std::string, std::string> headers;
    std::vector<std::string> types;
    std::vector<std::string> parts;
};

bool has(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

TEST_CASE("a mail arrives byte for byte", "[outbound]") {
    const MailServer server{MailScript()};
    OutboundMessage message = news();
    message.subject =
        "Gr\xc3\xbc\xc3\x9f"
        "e: 3 \xe2\x80\x9e"
        "F\xc3\xa4lle\xe2\x80\x9c und ein sehr "
        "langer Rest, der nicht in ein einziges Wort passt \xf0\x9f\x94\xa5";
    message.body =
        ".\r\n.\n..\r\nGr\xc3\xbc\xc3\x9f"
        "e \"quoted\" 'too'\r\n.\r\n" +
        std::string(2000, 'x') + "\n.";
    message.html = "<p>.\r\n.\r\n\xc3\xa4</p>\n--=_prismforet_part--\n";
    REQUIRE(send(letters(server), message).ok());
    REQUIRE(server.mails().size() == 1);
    const Letter letter(server.mails().front());
    CHECK(letter.subject() == message.subject);
    REQUIRE(letter.parts.size() == 2);
    CHECK(letter.parts[0] == message.body);
    CHECK(letter.parts[1] == message.html);
    CHECK(letter.types[0] == "text/plain; charset=utf-8");
    CHECK(letter.types[1] == "text/html; charset=utf-8");
    CHECK(letter.headers.at("Content-Type").starts_with("multipart/alternative"));
    CHECK(letter.headers.at("Message-ID") == "<parcel-7@example.com>");
    CHECK(letter.headers.at("From") == "plugin@example.com");
    CHECK(letter.headers.at("To") == "a@example.com, b@example.com");
    CHECK(letter.headers.contains("Date"));
    CHECK(has(server.commands(), "MAIL FROM:<plugin@example.com>"));
    CHECK(has(server.commands(), "RCPT TO:<a@example.com>"));
    CHECK(has(server.commands(), "RCPT TO:<b@example.com>"));
    CHECK(server.commands().back() == "QUIT");
    std::istringstream lines(server.mails().front());
    for (std::string line; std::getline(lines, line);) {
        CHECK(line.size() <= 79);
    }
}

TEST_CASE("a mail without html is one part", "[outbound]") {
    const MailServer server{MailScript()};
    REQUIRE(send(letters(server)).ok());
    const Letter letter(server.mails().at(0));
    CHECK(letter.parts == std::vector<std::string>{"text"});
    CHECK(letter.headers.at("Subject") == "News");
}

TEST_CASE("nothing of a message becomes a header or a command", "[outbound]") {
    const MailServer server{MailScript()};
    for (const char* evil : {"x\r\nBcc: evil@example.com", "x\nBcc: evil@example.com",
                             "x\rBcc: evil@example.com", "x\r\n\r\nBcc: evil@example.com",
                             "x\r\n.\r\nRCPT TO:<evil@example.com>", "=?utf-8?Q?=0D=0ABcc:_e?=",
                             "x\xe2\x80\xa8"
                             "Bcc: evil@example.com"}) {
        CAPTURE(evil);
        OutboundMessage message = news();
        message.subject = evil;
        message.key = evil;
        message.body = evil;
        REQUIRE(send(letters(server), message).ok());
        const Letter letter(server.mails().back());
        CHECK_FALSE(letter.headers.contains("Bcc"));
        CHECK(letter.parts == std::vector<std::string>{evil});
        CHECK(server.mails().back().find("\nBcc") == std::string::npos);
        CHECK(server.mails().back().find("\nRCPT") == std::string::npos);
    }
    CHECK_FALSE(has(server.commands(), "RCPT TO:<evil@example.com>"));
}

TEST_CASE("with TLS nothing but a greeting is said before", "[outbound]") {
    const TestCa ca;
    const testing::File ca_file(ca.pem());
    MailScript script;
    script.identity = ca.issue();
    script.auth = GENERATE(std::string("LOGIN PLAIN"), std::string("LOGIN"));
    script.is_tls_first = GENERATE(false, true);
    const MailServer server(script);
    Channel channel =
        letters(server, script.is_tls_first ? MailSecurity::tls : MailSecurity::starttls);
    channel.ca_file = ca_file.path();
    channel.mail_user = "me";
    channel.mail_password = Secret("pass");
    REQUIRE(send(channel).ok());
    CHECK(server.mails().size() == 1);
    std::vector<std::string> said = server.commands();
    const auto tls = std::find(said.begin(), said.end(), "(tls)");
    REQUIRE(tls != said.end());
    for (auto it = said.begin(); it != tls; ++it) {
        CHECK((it->starts_with("EHLO ") || *it == "STARTTLS"));
    }
    if (script.auth == "LOGIN") {
        CHECK(has(said, base64("me")));
        CHECK(has(said, base64("pass")));
    } else {
        CHECK(has(said, "AUTH PLAIN " + base64(std::string("\0me\0pass", 8))));
    }
}

TEST_CASE("STARTTLS never falls back to clear text", "[outbound]") {
    const TestCa ca;
    const testing::File ca_file(ca.pem());
    MailScript script;
    script.identity = ca.issue();
    Channel changes;
    SECTION("it is not offered") { script.offers_starttls = false; }
    SECTION("it is refused") { script.replies["STARTTLS"] = "502 no"; }
    SECTION("somebody speaks before TLS") {
        script.said_ahead = "\r\n250-AUTH PLAIN\r\n250 injected";
    }
    SECTION("the certificate is of another") {
        prism::testing::CertificateWish wish;
        wish.alternatives = "DNS:other.example";
        script.identity = ca.issue(wish);
    }
    SECTION("the CA is another") { script.identity = TestCa().issue(); }
    const MailServer server(script);
    Channel channel = letters(server, MailSecurity::starttls);
    channel.ca_file = ca_file.path();
    channel.mail_user = "me";
    channel.mail_password = Secret("pass");
    const Status sent = send(channel);
    CHECK_FALSE(sent.ok());
    CHECK(sent.message().find("in 1 attempt:") != std::string::npos);
    CHECK(server.mails().empty());
    for (const std::string& said : server.commands()) {
        CHECK((said.starts_with("EHLO ") || said == "STARTTLS"));
    }
}

TEST_CASE("replies decide whether it is tried again", "[outbound]") {
    struct Row {
        const char* command;
        const char* reply;
        const char* reason;
        const char* told;
    };
    const Row row = GENERATE(
        Row{"(connect)", "421 busy", "ERROR_OUTBOUND_BUSY", "in 4 attempts"},
        Row{"(connect)", "554 no", "ERROR_OUTBOUND_REFUSED", "replied 554 to the connection"},
        Row{"(connect)", "hello", "ERROR_OUTBOUND_UNREACHABLE", "does not speak SMTP"},
        Row{"(connect)", "HTTP/1.1 400 x", "ERROR_OUTBOUND_UNREACHABLE", "does not speak SMTP"},
        Row{"EHLO", "502 no", "ERROR_OUTBOUND_REFUSED", "replied 502 to EHLO"},
        Row{"AUTH", "535 wrong", "ERROR_OUTBOUND_REFUSED", "replied 535 to AUTH PLAIN"},
        Row{"AUTH", "454 later", "ERROR_OUTBOUND_BUSY", "in 4 attempts"},
        Row{"MAIL", "530 log in", "ERROR_OUTBOUND_REFUSED", "replied 530 to MAIL FROM"},
        Row{"RCPT TO:<b", "550 who", "ERROR_OUTBOUND_REFUSED", "address 2 of mail_to"},
        Row{"RCPT", "450 greylisted", "ERROR_OUTBOUND_BUSY", "in 4 attempts"},
        Row{"DATA", "554 no", "ERROR_OUTBOUND_REFUSED", "replied 554 to DATA"},
        Row{"DATA", "250 what", "ERROR_OUTBOUND_UNREACHABLE", "replied 250 to DATA"});
    MailScript script;
    script.replies[row.command] = row.reply;
    const MailServer server(script);
    Channel channel = letters(server);
    channel.mail_user = "me";
    channel.mail_password = Secret("pass");
    const Status sent = send(channel);
    CAPTURE(row.command, row.reply, sent.text());
    CHECK(sent.reason() == row.reason);
    CHECK(sent.message().find(row.told) != std::string::npos);
    CHECK(server.mails().empty());
}

TEST_CASE("a mail that is not taken in the end is not sent", "[outbound]") {
    MailScript script;
    script.replies["(mail)"] = "552 too large";
    const MailServer server(script);
    const Status sent = send(letters(server));
    CHECK(sent.reason() == "ERROR_OUTBOUND_REFUSED");
    CHECK(server.mails().size() == 1);
}

TEST_CASE("a server without a login it could use is told", "[outbound]") {
    MailScript script;
    script.auth = GENERATE(std::string("GSSAPI NTLM"), std::string());
    const MailServer server(script);
    Channel channel = letters(server);
    channel.mail_user = "me";
    channel.mail_password = Secret("pass");
    const Status sent = send(channel);
    CHECK(sent.reason() == "ERROR_OUTBOUND_REFUSED");
    CHECK(sent.message().find("neither AUTH PLAIN nor AUTH LOGIN") != std::string::npos);
}

TEST_CASE("a reply without end is cut", "[outbound]") {
    const std::string bytes = GENERATE(std::string(1 << 20, '2'), [] {
        std::string many;
        for (int i = 0; i < 100000; ++i) {
            many += "220-more\r\n";
        }
        return many;
    }());
    const prism::testing::TcpServer server([&](prism::testing::Wire& wire) {
        wire.send(bytes);
        while (!wire.receive().empty()) {
        }
    });
    Channel channel;
    channel.mail_server = "127.0.0.1";
    channel.mail_port = server.port();
    channel.mail_security = MailSecurity::none;
    channel.mail_from = "plugin@example.com";
    channel.mail_to = "a@example.com";
    const Status sent = send(channel);
    CHECK(sent.reason() == "ERROR_OUTBOUND_UNREACHABLE");
    CHECK(sent.message().find("does not speak SMTP") != std::string::npos);
}

}  // namespace
}  // namespace pf::host::services
