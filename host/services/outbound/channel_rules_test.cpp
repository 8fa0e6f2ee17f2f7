#include "host/services/outbound/channel_rules.hpp"

#include <catch2/catch.hpp>

namespace pf::host::services {
namespace {

Channel hook(const std::string& url) {
    Channel channel;
    channel.name = "ops";
    channel.url = Secret(url);
    return channel;
}

Channel letters() {
    Channel channel;
    channel.mail_server = "mail.example";
    channel.mail_from = "from@example.com";
    channel.mail_to = "a@example.com, b@example.com";
    return channel;
}

void check_fault(const Channel& channel) {
    const auto found = destination_of(channel);
    REQUIRE_FALSE(found.ok());
    CHECK(found.status().code() == Code::invalid_argument);
    CHECK(found.status().reason() == "ERROR_OUTBOUND_CHANNEL");
    CHECK(found.status().text().find("CANARY") == std::string::npos);
}

TEST_CASE("a url is read as it was written", "[outbound]") {
    struct Row {
        const char* url;
        const char* host;
        std::uint16_t port;
        bool is_tls;
        const char* path;
        const char* host_field;
    };
    const Row rows[] = {
        {"https://Hooks.Example/a%2Fb?sp=%2Fx&y=1#part", "hooks.example", 443, true,
         "/a%2Fb?sp=%2Fx&y=1", "hooks.example"},
        {"http://hooks.example:8080", "hooks.example", 8080, false, "/", "hooks.example:8080"},
        {"HTTP://hooks.example.?q", "hooks.example", 80, false, "/?q", "hooks.example"},
        {"https://[FD00::5]:444/x", "fd00::5", 444, true, "/x", "[fd00::5]:444"},
        {"https://[::1]/x", "::1", 443, true, "/x", "[::1]"},
        {"http://10.0.0.5:80/x:y@z", "10.0.0.5", 80, false, "/x:y@z", "10.0.0.5"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.url);
        const auto found = destination_of(hook(row.url));
        REQUIRE(found.ok());
        CHECK(found->host == row.host);
        CHECK(found->port == row.port);
        CHECK(found->is_tls == row.is_tls);
        CHECK(found->path.reveal() == row.path);
        CHECK(found->host_field == row.host_field);
    }
}

TEST_CASE("a url that could be read in two ways is refused, and not repeated", "[outbound]") {
    for (const char* url : {"ftp://h/CANARY",
                            "CANARY",
                            "://CANARY",
                            "https:/h/CANARY",
                            "https://",
                            "https:///CANARY",
                            "https://CANARY:pw@h/",
                            "https://CANARY@h/",
                            "https://h\\@evil/CANARY",
                            "https://h:0/CANARY",
                            "https://h:65536/CANARY",
                            "https://h:/CANARY",
                            "https://h:80x/CANARY",
                            "https://h /CANARY",
                            "https://h/CANARY\r\nX: y",
                            "https://h/CANARY\xc3\xa4",
                            "https://[::1/CANARY",
                            "https://[h]/CANARY",
                            "https://[::1]x/CANARY",
                            "https://[fe80::1%25eth0]/CANARY",
                            "https://::1/CANARY",
                            "https://h%2e/CANARY",
                            "file:///CANARY",
                            "gopher://h/CANARY"}) {
        CAPTURE(url);
        check_fault(hook(url));
    }
    check_fault(hook("https://h/CANARY" + std::string(9000, 'x')));
    check_fault(Channel());
    Channel both = letters();
    both.url = Secret("https://h/CANARY");
    check_fault(both);
}

TEST_CASE("headers are tokens and one line", "[outbound]") {
    const auto with = [](const std::string& name, const std::string& value) {
        Channel channel = hook("https://h/");
        channel.headers[name] = Secret(value);
        return channel;
    };
    CHECK(destination_of(with("Authorization", "Bearer x\t\xc3\xa4")).ok());
    for (const char* name : {"", "a b", "a:b", "a\r\nb", "CANARY\xc3\xa4", "Host", "content-length",
                             "Transfer-Encoding", "CONNECTION"}) {
        CAPTURE(name);
        check_fault(with(name, "CANARY"));
    }
    for (const char* value : {"CANARY\r\nX: y", "CANARY\n", "CANARY\r", "CANARY\x01", "\x7f"}) {
        check_fault(with("X-Key", value));
    }
    check_fault(with("X-Key", std::string("CANARY\0x", 8)));
}

TEST_CASE("mail addresses are plain ones", "[outbound]") {
    const auto found = destination_of(letters());
    REQUIRE(found.ok());
    CHECK(found->port == 587);
    CHECK_FALSE(found->is_tls);
    CHECK(recipients_of(" a@x ,b@y") == std::vector<std::string>{"a@x", "b@y"});
    for (const char* address :
         {"", "CANARY", "@x", "CANARY@", "CANARY@x@y", "CANARY@x\r\nRCPT TO:<e@vil>",
          "CANARY@x>\r\nBcc: e@vil", "CANARY x@y", "<CANARY@x>", "\"CANARY\"@x", "CANARY@x y",
          "CANARY\xc3\xa4@x", "CANARY@[127.0.0.1]", "CANARY@x\n"}) {
        CAPTURE(address);
        Channel channel = letters();
        channel.mail_from = address;
        check_fault(channel);
        channel = letters();
        channel.mail_to = std::string("a@example.com,") + address;
        check_fault(channel);
    }
}

TEST_CASE("a password leaves this machine only over TLS", "[outbound]") {
    Channel channel = letters();
    channel.mail_user = "me";
    channel.mail_password = Secret("CANARY");
    CHECK(destination_of(channel).ok());
    channel.mail_security = MailSecurity::tls;
    REQUIRE(destination_of(channel).ok());
    CHECK(destination_of(channel)->port == 465);
    channel.mail_security = MailSecurity::none;
    check_fault(channel);
    for (const char* host : {"localhost", "127.0.0.1", "127.1.2.3", "::1"}) {
        channel.mail_server = host;
        CHECK(destination_of(channel).ok());
    }
    for (const char* host : {"localhost.example", "127.0.0.1.example", "10.0.0.1", "2130706433"}) {
        channel.mail_server = host;
        check_fault(channel);
    }
    channel.mail_server = "mail.example";
    channel.mail_password = Secret();
    REQUIRE(destination_of(channel).ok());
    CHECK(destination_of(channel)->port == 25);
}

TEST_CASE("a mail server is a host, and a login is whole", "[outbound]") {
    for (const char* host : {"mail.example:25", "smtp://mail.example", "a b", "a\r\nb", "-x"}) {
        CAPTURE(host);
        Channel channel = letters();
        channel.mail_server = host;
        check_fault(channel);
    }
    Channel channel = letters();
    channel.mail_password = Secret("CANARY");
    check_fault(channel);
    channel.mail_user = "me\r\nMAIL FROM:<x@y>";
    check_fault(channel);
    channel.mail_user = "me";
    channel.mail_password = Secret(std::string("CANARY\0x", 8));
    check_fault(channel);
}

}  // namespace
}  // namespace pf::host::services
