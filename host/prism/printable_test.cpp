#include "host/prism/printable.hpp"

#include <catch2/catch.hpp>
#include <random>

using pf::host::prism::printable;

TEST_CASE("text from the network is put on one line") {
    CHECK(printable("  a \r\n\t b\x01\x7f c ", 80) == "a b c");
    CHECK(printable("", 80).empty());
    CHECK(printable("\x1b[31mred", 80) == "[31mred");
}

TEST_CASE("what is not UTF-8 or changes direction is shown as a question mark") {
    CHECK(printable("a\xff z", 80) == "a? z");
    CHECK(printable("a\xc0\xaf", 80) == "a??");
    CHECK(printable("a\xe2\x80\xae z", 80) == "a? z");  // right-to-left override
    CHECK(printable("\xed\xa0\x80", 80) == "???");      // a surrogate
    CHECK(printable("\xea\xb0\x80 \xc3\xa9", 80) == "\xea\xb0\x80 \xc3\xa9");
}

TEST_CASE("a cut never splits a character") {
    CHECK(printable("abcdef", 3) == "abc...");
    CHECK(printable("ab\xc3\xa9", 3) == "ab...");
}

TEST_CASE("any bytes give a bounded line") {
    std::mt19937 engine(7);
    std::uniform_int_distribution<int> byte(0, 255);
    for (int round = 0; round < 2000; ++round) {
        std::string text(static_cast<std::size_t>(round % 100), '\0');
        for (char& c : text) {
            c = static_cast<char>(byte(engine));
        }
        const std::string shown = printable(text, 40);
        CHECK(shown.size() <= 43);
        CHECK(printable(shown, 80) == shown);
        for (const char c : shown) {
            CHECK((static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
        }
    }
}
