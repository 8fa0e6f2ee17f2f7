#include "host/app/notification_channel.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace pf::host;
using namespace pf::host::app;
using nlohmann::json;

namespace {

NotifyConfig two_channels() {
    NotifyConfig config;
    FormattedChannel chat;
    chat.format = "slack";
    chat.channel.name = "ops";
    chat.channel.url = Secret("https://hooks.example.com/T1/secret");
    FormattedChannel mail;
    mail.format = "email";
    mail.channel.name = "mail";
    mail.channel.mail_server = "mail.example.com";
    mail.channel.mail_from = "cloud@example.com";
    config.channels = {chat, mail};
    return config;
}

Result<Route> route(const json& options, const json& secret, const json& channel,
                    const NotifyConfig& config = {}) {
    return find_route(config, {options.dump(), Secret(secret.dump()), Secret(channel.dump())});
}

std::string refusal(const json& options, const json& secret, const json& channel,
                    const NotifyConfig& config = {}) {
    const auto found = route(options, secret, channel, config);
    return found ? "" : found.status().reason() + " " + found.status().message();
}

bool mentions(const std::string& text, const char* word) {
    return text.find(word) != std::string::npos;
}

const json nothing = json::object();

}  // namespace

TEST_CASE("an address may come from the channel or from the protocol's secret, not from both") {
    const json options = {{"format", "slack"}};
    const json address = {{"url", "https://hooks.example.com/a"}};
    for (const bool is_channels : {true, false}) {
        const auto found =
            route(options, is_channels ? nothing : address, is_channels ? address : nothing);
        REQUIRE(found.ok());
        CHECK(found->to.format == "slack");
        CHECK(found->to.channel.url.reveal() == "https://hooks.example.com/a");
        CHECK(!found->is_configured);
    }
    CHECK(mentions(refusal(options, address, address), "channel_data.url"));
    CHECK(mentions(refusal(options, nothing, nothing), "url"));
}

TEST_CASE("the protocol's authorization does not go to an address of a channel") {
    const auto found = route({{"format", "webhook"}}, {{"authorization", "Bearer protocol"}},
                             {{"url", "https://elsewhere.example.com"}});
    REQUIRE(found.ok());
    CHECK(found->to.channel.headers.empty());
    const auto own = route({{"format", "webhook"}}, {{"authorization", "Bearer protocol"}},
                           {{"url", "https://elsewhere.example.com"}, {"authorization", "own"}});
    REQUIRE(own.ok());
    CHECK(own->to.channel.headers.at("Authorization").reveal() == "own");
}

TEST_CASE("a channel cannot choose the mail server") {
    const json secret = {
        {"mail_server", "mail.example.com"}, {"username", "u"},     {"password", "p"},
        {"from", "cloud@example.com"},       {"mail_port", "2525"}, {"mail_security", "tls"}};
    const auto found =
        route({{"format", "email"}}, secret, {{"to", "a@example.com, b@example.com"}});
    REQUIRE(found.ok());
    CHECK(found->to.channel.mail_server == "mail.example.com");
    CHECK(found->to.channel.mail_port == 2525);
    CHECK(found->to.channel.mail_security == services::MailSecurity::tls);
    CHECK(found->to.channel.mail_to == "a@example.com, b@example.com");
    CHECK(mentions(refusal({{"format", "email"}}, secret,
                           {{"to", "a@example.com"}, {"mail_server", "evil.example.com"}}),
                   "channel_data.mail_server"));
    CHECK(mentions(refusal({{"format", "email"}}, secret, nothing), "to"));
    CHECK(mentions(refusal({{"format", "email"}}, nothing, {{"to", "a@example.com"}}),
                   "mail_server"));
}

TEST_CASE("a channel of the configuration is found by its name") {
    const NotifyConfig config = two_channels();
    const auto chat = route({{"channel", "ops"}}, nothing, nothing, config);
    REQUIRE(chat.ok());
    CHECK(chat->is_configured);
    CHECK(chat->to.channel.url.reveal() == "https://hooks.example.com/T1/secret");
    const auto mail = route({{"channel", "mail"}}, nothing, {{"to", "a@example.com"}}, config);
    REQUIRE(mail.ok());
    CHECK(mail->to.channel.mail_to == "a@example.com");
    CHECK(mentions(refusal({{"channel", "mail"}}, nothing, nothing, config), "to"));
    CHECK(
        mentions(refusal({{"channel", "opps"}}, nothing, nothing, config), "did you mean 'ops'?"));
}

TEST_CASE("words that nobody knows are refused, and no value is repeated") {
    const std::string options = refusal({{"formatt", "s3cret-value"}}, nothing, nothing);
    CHECK(mentions(options, "did you mean 'format'?"));
    CHECK(!mentions(options, "s3cret-value"));
    CHECK(mentions(refusal({{"format", "slack"}}, nothing, {{"uri", "https://x/s3cret"}}), "uri"));
    CHECK(!mentions(refusal({{"format", "slack"}}, nothing, {{"uri", "https://x/s3cret"}}),
                    "s3cret"));
    CHECK(mentions(refusal({{"format", "slack"}}, nothing, {{"format", "teams"}}),
                   "channel_data.format"));
    CHECK(mentions(refusal(nothing, nothing, {{"url", "https://x"}}), "format"));
}

TEST_CASE("options may forbid private addresses, but not allow what the configuration forbids") {
    const json options = {{"format", "slack"}, {"private_addresses", false}};
    const json address = {{"url", "https://x"}};
    CHECK(!route(options, nothing, address)->rules.allows_private);
    NotifyConfig strict;
    strict.rules.allows_private = false;
    CHECK(!route({{"format", "slack"}, {"private_addresses", true}}, nothing, address, strict)
               ->rules.allows_private);
    CHECK(route({{"format", "slack"}}, nothing, address)->rules.allows_private);
}

TEST_CASE("the form of a channel asks for what its protocol lacks") {
    const NotifyConfig config = two_channels();
    const auto shape = [&](const json& options) {
        const auto metadata = protocol_metadata(config, options.dump());
        REQUIRE(metadata.ok());
        const json all = json::parse(*metadata);
        json required = all.at("data").at("schema").at("required");
        return all.at("data_type").get<std::string>() + " " + required.dump();
    };
    CHECK(shape({{"format", "slack"}}) == R"(SECRET ["url"])");
    CHECK(shape({{"format", "mattermost"}}) == R"(SECRET ["url"])");
    CHECK(shape({{"format", "email"}}) == R"(PLAIN_TEXT ["to"])");
    CHECK(shape(nothing) == R"(SECRET ["format"])");
    CHECK(shape({{"channel", "ops"}}) == "NONE []");
    CHECK(shape({{"channel", "mail"}}) == R"(PLAIN_TEXT ["to"])");
    CHECK(!protocol_metadata(config, R"({"channel":"nobody"})").ok());
}
