#include <catch2/catch.hpp>

#include "json_text.hpp"
#include "test_messages.hpp"
#include "texts.hpp"

using notification::fit;

TEST_CASE("texts are cut between characters") {
    CHECK(fit("abc", 3) == "abc");
    CHECK(fit("abcd", 3) == "ab…");
    CHECK(fit("abcd", 1) == "…");
    CHECK(fit("abcd", 0).empty());
    CHECK(fit("", 0).empty());
    CHECK(fit("가나다", 2) == "가…");
    CHECK(fit("😀", 2) == "😀");
    CHECK(fit("😀", 1) == "…");
    CHECK(fit("a😀b", 3) == "a…");
    CHECK(fit("a😀😀", 4) == "a😀…");
    CHECK(fit("a&b", 7, &notification::escape_html) == "a&amp;b");
    CHECK(fit("a&b", 6, &notification::escape_html) == "a…");
}

TEST_CASE("bytes that are no UTF-8 are harmless") {
    for (const std::string_view text : {"\x80", "\xC3", "\xE2\x80", "\xF0\x9F\x98", "\xFF\xFE",
                                        "\x80\x80\x80\x80\x80\x80", "a\xC2"}) {
        CHECK(notification::length_of(text) >= 1);
        CHECK(fit(text, 100) == text);
        CHECK(fit(text, 0).empty());
    }
}

TEST_CASE("a JSON text") {
    notification::JsonText json;
    json.begin('{').text("a", "\"\\\n\x01<").text_if_any("b", "").yes("c").begin("d", '[');
    json.begin('{').end('}').text("").text("[").begin('[').end(']').end(']').begin("e", '{');
    CHECK(json.end('}').end('}').take() ==
          R"({"a":"\"\\\n\u0001\u003c","c":true,"d":[{},"","[",[]],"e":{}})");
}
