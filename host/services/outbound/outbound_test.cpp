#include <algorithm>
#include <catch2/catch.hpp>
#include <mutex>

#include "host/base/base64.hpp"
#include "host/observe/log.hpp"
#include "host/services/outbound/delivery.hpp"
#include "host/services/outbound/testing_mail_server.hpp"
#include "host/services/outbound/testing_receiver.hpp"

namespace pf::host::services {
namespace {

using testing::answer;
using testing::MailScript;
using testing::MailServer;
using testing::Posted;
using testing::Receiver;

// Keeps all log lines while it lives; `on_line` sees each.
class Logged {
  public:
    explicit Logged(std::function<void()> on_line = [] {}) {
        observe::LogSettings settings;
        settings.level = observe::Level::debug;
        settings.writer = [this, on_line](std::string_view line) {
            text_.append(line).append("\n");
            on_line();
        };
        observe::set_log(std::move(settings));
    }
    ~Logged() { observe::set_log({}); }
    Logged(const Logged&) = delete;
    Logged& operator=(const Logged&) = delete;
    const std::string& text() const { return text_; }

  private:
    std::string text_;
};

Patience quick() {
    Patience patience;
    patience.total = std::chrono::seconds(30);
    patience.attempt = std::chrono::seconds(20);
    patience.first_pause = std::chrono::milliseconds(1);
    return patience;
}

Channel hook(const std::string& url) {
    Channel channel;
    channel.name = "ops";
    channel.url = Secret(url);
    channel.headers["X-Key"] = Secret("CANARY-header");
    return channel;
}

Channel letters(std::uint16_t port) {
    Channel channel;
    channel.name = "duty";
    channel.mail_server = "127.0.0.1";
    channel.mail_port = port;
    channel.mail_security = MailSecurity::none;
    channel.mail_user = "CANARY-user";
    channel.mail_password = Secret("CANARY-password");
    channel.mail_from = "CANARY-from@example.com";
    channel.mail_to = "CANARY-to@example.com";
    return channel;
}

OutboundMessage news() {
    OutboundMessage message;
    message.key = "parcel-7";
    message.subject = "CANARY-subject";
    message.body = "{\"x\":\"CANARY-body\"}";
    return message;
}

void check_silent(const std::string& text) {
    CAPTURE(text);
    CHECK(text.find("CANARY") == std::string::npos);
    for (const std::string& secret : {std::string("CANARY-user"), std::string("CANARY-password"),
                                      std::string("\0CANARY-user\0CANARY-password", 28)}) {
        CHECK(text.find(base64(secret).substr(0, 12)) == std::string::npos);
    }
}

// The failure, which must not be silent about the place and silent about all else.
void check_failure(const Channel& channel, const AddressRules& rules = {},
                   const Patience& patience = quick()) {
    const Logged logged;
    const Status sent = deliver(channel, news(), rules, patience, Stop());
    REQUIRE_FALSE(sent.ok());
    CHECK(sent.message().find("127.0.0.1:") != std::string::npos);
    check_silent(sent.text());
    check_silent(logged.text());
}

TEST_CASE("a stop ends an attempt", "[outbound]") {
    StopSource source;
    const Receiver receiver([&](unsigned, const Posted&) {
        source.request(Status(Code::cancelled, "ERROR_CANCELLED", "enough"));
        return std::string();
    });
    const Status sent =
        deliver(hook(receiver.url("/CANARY")), news(), {}, Patience(), source.stop());
    CHECK(sent.code() == Code::cancelled);
    check_silent(sent.text());
    CHECK(receiver.posted().size() == 1);
}

TEST_CASE("a stop ends the talk with a mail server", "[outbound]") {
    StopSource source;
    const prism::testing::TcpServer server([&](prism::testing::Wire& wire) {
        source.request(Status(Code::cancelled, "ERROR_CANCELLED", "enough"));
        while (!wire.receive().empty()) {
        }
    });
    const Status sent = deliver(letters(server.port()), news(), {}, Patience(), source.stop());
    CHECK(sent.code() == Code::cancelled);
}

TEST_CASE("a stop ends a pause", "[outbound]") {
    StopSource source;
    const Receiver receiver(
        [](unsigned, const Posted&) { return answer(503, "Retry-After: 40\r\n"); });
    const Logged logged(
        [&] { source.request(Status(Code::cancelled, "ERROR_CANCELLED", "enough")); });
    const Status sent = deliver(hook(receiver.url("/")), news(), {}, Patience(), source.stop());
    CHECK(sent.code() == Code::cancelled);
    CHECK(logged.text().find("outbound.retry") != std::string::npos);
    CHECK(receiver.posted().size() == 1);
}

TEST_CASE("what was stopped before sends nothing, and a deadline is a stop", "[outbound]") {
    const Receiver receiver([](unsigned, const Posted&) { return std::string(); });
    StopSource source;
    source.request(Status(Code::cancelled, "ERROR_CANCELLED", "enough"));
    CHECK(deliver(hook(receiver.url("/")), news(), {}, Patience(), source.stop()).code() ==
          Code::cancelled);
    CHECK(receiver.posted().empty());

    const StopSource timed(Clock::now() + std::chrono::milliseconds(100));
    CHECK(deliver(hook(receiver.url("/")), news(), {}, Patience(), timed.stop()).code() ==
          Code::deadline_exceeded);
}

TEST_CASE("no failure over HTTP tells a secret", "[outbound]") {
    const int status =
        GENERATE(100, 199, 302, 400, 401, 403, 404, 410, 413, 422, 429, 500, 503, 520, 999);
    const Receiver receiver([status](unsigned, const Posted& posted) {
        // As a careless server does: everything comes back.
        const std::string line = posted.head.substr(0, posted.head.find("\r\n"));
        return "HTTP/1.1 " + std::to_string(status) + " " + line + "\r\nLocation: " + line +
               "\r\nRetry-After: 0\r\nConnection: close\r\n\r\n" + posted.head + posted.body;
    });
    check_failure(hook(receiver.url("/services/CANARY-path?sig=CANARY-sig")));
}

TEST_CASE("no connection that fails tells a secret", "[outbound]") {
    const Receiver silent([](unsigned, const Posted&) { return std::string(); });
    const Receiver garbling([](unsigned, const Posted& posted) { return posted.head; });
    Patience short_one = quick();
    short_one.total = std::chrono::milliseconds(200);
    const std::string path = "/services/CANARY-path?sig=CANARY-sig";
    check_failure(hook(silent.url(path)), {}, short_one);
    check_failure(hook(garbling.url(path)));
    AddressRules strict;
    strict.allows_private = false;
    check_failure(hook(silent.url(path)), strict);
    std::string no_tls = silent.url(path);
    no_tls.insert(4, "s");
    check_failure(hook(no_tls), {}, short_one);
    std::string garbled_tls = garbling.url(path);
    garbled_tls.insert(4, "s");
    check_failure(hook(garbled_tls), {}, short_one);
    std::uint16_t port = 0;
    {
        const Receiver gone([](unsigned, const Posted&) { return std::string(); });
        port = gone.port();
    }
    check_failure(hook("http://127.0.0.1:" + std::to_string(port) + path));
    check_failure(letters(port));
}

TEST_CASE("no mail server that refuses tells a secret", "[outbound]") {
    MailScript script;
    script.repeats_commands = true;
    script.replies[GENERATE(std::string("EHLO"), std::string("AUTH"), std::string("MAIL"),
                            std::string("RCPT"), std::string("DATA"), std::string("(connect)"),
                            std::string("(mail)"))] =
        GENERATE(std::string("550 CANARY"), std::string("450 CANARY"), std::string("CANARY"));
    const MailServer server(script);
    check_failure(letters(server.port()));
}

TEST_CASE("a channel that cannot be used tells no secret and is named", "[outbound]") {
    const Status sent =
        deliver(hook("https://CANARY:CANARY@h/CANARY"), news(), {}, Patience(), Stop());
    CHECK(sent.code() == Code::invalid_argument);
    CHECK(sent.reason() == "ERROR_OUTBOUND_CHANNEL");
    CHECK(sent.message().starts_with("channel ops: "));
    check_silent(sent.text());
}

}  // namespace
}  // namespace pf::host::services
