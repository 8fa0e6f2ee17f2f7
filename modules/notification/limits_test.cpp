// What receivers refuse when it is too long.
#include <catch2/catch.hpp>

#include "test_messages.hpp"
#include "texts.hpp"

using namespace notification_test;
using notification::length_of;
using pf::testing::Json;

namespace {

std::string repeat(std::string_view text, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += text;
    return out;
}

// A message whose every text is `piece`, many times.
Json huge(std::string_view piece) {
    const std::string text = repeat(piece, 50'000);
    Json message = Json::empty(PF_KIND_OBJECT);
    for (const char* key :
         {"title", "description", "short_message", "occurred_at", "domain_name"}) {
        message.add(key, Json::of(std::string_view(text)));
    }
    const std::string url = "https://example.com/" + repeat("&", 1900);
    message.add("link", Json::of(std::string_view(url)));
    message.add("image_url", Json::of(std::string_view(url)));
    Json tags = Json::empty(PF_KIND_ARRAY);
    Json callbacks = Json::empty(PF_KIND_ARRAY);
    for (int i = 0; i < 200; ++i) {
        Json& tag = tags.add("", Json::empty(PF_KIND_OBJECT));
        tag.add("key", Json::of(std::string_view(text)));
        tag.add("value", Json::of(std::string_view(text)));
        Json& callback = callbacks.add("", Json::empty(PF_KIND_OBJECT));
        callback.add("label", Json::of(std::string_view(text)));
        callback.add("url", Json::of(std::string_view(url)));
    }
    message.add("tags", std::move(tags));
    message.add("callbacks", std::move(callbacks));
    return message;
}

bool ends_with_ellipsis(std::string_view text) { return text.ends_with("…"); }

}  // namespace

TEST_CASE("Slack's limits") {
    for (const char* piece : {"x", "&", "<", "가", "😀", "\"", "\\"}) {
        INFO(piece);
        const Json blocks = posted("slack", huge(piece))["attachments"].at(0)["blocks"];
        REQUIRE(blocks.children.size() == 8);
        const std::string& header = blocks.at(0)["text"]["text"].text;
        CHECK(length_of(header) <= 150);
        CHECK(length_of(header) > 140);
        CHECK(ends_with_ellipsis(header));
        const std::string& section = blocks.at(1)["text"]["text"].text;
        CHECK(length_of(section) <= 3000);
        CHECK(length_of(section) > 2990);
        CHECK(ends_with_ellipsis(section));
        for (std::size_t i = 2; i < 5; ++i) {
            CHECK(blocks.at(i)["fields"].children.size() == 10);
            for (const Json& field : blocks.at(i)["fields"].children) {
                CHECK(length_of(field["text"].text) <= 2000);
            }
        }
        CHECK(blocks.at(5)["type"].text == "image");
        CHECK(blocks.at(6)["elements"].children.size() == 10);
        for (const Json& button : blocks.at(6)["elements"].children) {
            CHECK(length_of(button["text"]["text"].text) <= 75);
            CHECK(length_of(button["url"].text) <= 3000);
        }
    }
}

TEST_CASE("a card for Teams fits by a shorter description") {
    for (const char* piece : {"x", "*", "<", "가", "😀", "\\", "\n."}) {
        INFO(piece);
        const std::string text = repeat(piece, 8000);
        Json message = Json::empty(PF_KIND_OBJECT);
        message.add("title", Json::of(std::string_view("title")));
        message.add("description", Json::of(std::string_view(text)));
        message.add("domain_name", Json::of(std::string_view("example")));
        const std::string body = sent("teams", message).body;
        CHECK(body.size() <= 28'000);
        const Json card = Json::parse(body)["attachments"].at(0)["content"];
        REQUIRE(card["body"].children.size() == 3);
        CHECK(card["body"].at(2)["text"].text == "example");
        // As much as fits: one character more would be too much.
        if (body.size() > 9000 && ends_with_ellipsis(card["body"].at(1)["text"].text)) {
            CHECK(body.size() > 27'980);
        }
    }
}

TEST_CASE("a card for Teams whose facts alone are too large has fewer") {
    for (const char* piece : {"x", "*", "<", "가", "\\"}) {
        INFO(piece);
        const std::string body = sent("teams", huge(piece)).body;
        CHECK(body.size() <= 28'000);
        const Json card = Json::parse(body)["attachments"].at(0)["content"]["body"];
        CHECK(card.at(0)["text"].text.starts_with("\\[ERROR\\] "));
    }
}

TEST_CASE("a mail's subject is one line of at most 200") {
    for (const char* piece : {"x", "가", "😀", "a\r\nb"}) {
        const auto mail = sent("email", huge(piece));
        CHECK(length_of(mail.subject) <= 200);
        CHECK(length_of(mail.subject) > 190);
        CHECK(mail.subject.find_first_of("\r\n") == std::string::npos);
    }
}

TEST_CASE("nothing comes near what the host takes") {
    for (const std::string_view format : formats) {
        for (const char* piece : {"'", "<", "&", "가", "😀", "\\"}) {
            const auto made = sent(format, huge(piece));
            CHECK(made.subject.size() + made.body.size() + made.html.size() < 768 * 1024);
        }
    }
}
