// What is read of a message, seen through the format that shows it plainly.
#include <catch2/catch.hpp>

#include "test_messages.hpp"

using namespace notification_test;

TEST_CASE("a title is found where there is none") {
    const std::pair<const char*, const char*> cases[] = {
        {R"({})", "Notification from CloudForet"},
        {R"({"title":" "})", "Notification from CloudForet"},
        {R"({"title":"\u0000\n\u0085"})", "Notification from CloudForet"},
        {R"({"title":"A","description":"B","short_message":"C"})", "A"},
        {R"({"description":"\r\nB1\r\nB2","short_message":"C"})", "B1"},
        {R"({"title":null,"short_message":"C"})", "C"},
        {R"({"title":7})", "7"},
        {R"({"title":"a\r\nb"})", "a b"},
        {R"("only a text")", "only a text"},
        {R"(null)", "Notification from CloudForet"},
        {R"([])", "Notification from CloudForet"},
    };
    for (const auto& [message, title] : cases) {
        INFO(message);
        CHECK(posted("webhook", std::string_view(message))["title"].text == title);
    }
}

TEST_CASE("a description that says no more than the title is left out") {
    CHECK(posted("webhook", R"({"title":"A","description":"A"})").find("description").kind ==
          PF_KIND_ABSENT);
    CHECK(posted("webhook", R"({"description":"A\nB"})")["description"].text == "A\nB");
    CHECK(posted("webhook", R"({"title":"A","short_message":"C"})")["description"].text == "C");
}

TEST_CASE("what is missing is left out") {
    CHECK(sent("webhook", "{}").body == R"({"schema":"prismforet/notification/1","level":"error",)"
                                        R"("title":"Notification from CloudForet"})");
}

TEST_CASE("levels") {
    const std::pair<std::int32_t, const char*> cases[] = {{PF_NOTICE_INFO, "info"},
                                                          {PF_NOTICE_SUCCESS, "success"},
                                                          {PF_NOTICE_WARNING, "warning"},
                                                          {PF_NOTICE_ERROR, "error"},
                                                          {0, "info"},
                                                          {-5, "info"}};
    for (const auto& [level, word] : cases) {
        CHECK(posted("webhook", "{}", level)["level"].text == word);
        CHECK_FALSE(posted("slack", "{}", level)["attachments"].at(0)["color"].text.empty());
    }
    CHECK(sent("email", R"({"title":"x"})", PF_NOTICE_WARNING).subject == "[WARNING] x");
}

TEST_CASE("a format that is not known is refused, with those that are") {
    for (const std::string_view format : {"", "Slack", "sms", "\xEC\x95"}) {
        const auto run = host().format(format, PF_NOTICE_INFO, full);
        CHECK(run.status == PF_INVALID_ARGUMENT);
        CHECK(run.sent.empty());
        for (const std::string_view known : formats) {
            CHECK(run.why.find(known) != std::string::npos);
        }
    }
}

TEST_CASE("the time, by both names") {
    CHECK(posted("webhook", R"({"occured_at":"t2"})")["occurred_at"].text == "t2");
    CHECK(posted("webhook", R"({"occured_at":"t2","occurred_at":"t1"})")["occurred_at"].text ==
          "t1");
}

TEST_CASE("tags of all shapes") {
    const auto json = posted("webhook", R"({"tags":[{"key":"a","value":1.5},{"key":"b"},
        {"value":false},{},"loose",null,{"key":["x","y"],"value":{"m":[1,2],"n":null}}]})");
    CHECK(json["tags"].dump() ==
          R"([{"key":"a","value":"1.5"},{"key":"b","value":""},{"key":"","value":"false"},)"
          R"({"key":"","value":"loose"},{"key":"x, y","value":"m: 1, 2, n:"}])");
    CHECK(posted("webhook", R"({"tags":{"a":"b"}})")["tags"].dump() ==
          R"([{"key":"a","value":"b"}])");
    CHECK(posted("webhook", R"({"tags":"all"})")["tags"].at(0)["value"].text == "all");
}

TEST_CASE("only http and https addresses go out") {
    const std::pair<const char*, const char*> cases[] = {
        {"https://a.example/x?y=1&z#q", "https://a.example/x?y=1&z#q"},
        {" HTTP://a.example ", "HTTP://a.example"},
        {"http://한국.example/가", "http://한국.example/가"},
        {"https://a.example/ '|", "https://a.example/%20%27%7C"},
        {"https://", ""},
        {"https:///x", ""},
        {"https:a.example", ""},
        {"javascript:alert(1)", ""},
        {"ftp://a.example", ""},
        {"//a.example", ""},
        {"https://a.example\\nX: y", ""},
    };
    for (const auto& [address, expected] : cases) {
        INFO(address);
        const std::string message = R"({"link":")" + std::string(address) + "\"}";
        CHECK(posted("webhook", message)["link"].text == expected);
    }
    CHECK(posted("webhook", R"({"link":["https://a.example"]})")["link"].text.empty());
}
