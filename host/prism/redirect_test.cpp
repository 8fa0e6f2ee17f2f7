#include "host/prism/redirect.hpp"

#include <catch2/catch.hpp>

using namespace pf::host::prism;

TEST_CASE("a redirect to the same place is its path") {
    const auto path = [](std::string_view location) {
        return path_at_same_place(location, "pc1.example", 9440).value_or("(refused)");
    };
    CHECK(path("/api/x?$page=1#part") == "/api/x?$page=1");
    CHECK(path("https://pc1.example:9440/api/x") == "/api/x");
    CHECK(path("HTTPS://PC1.Example:9440/") == "/");
    CHECK(path_at_same_place("https://[2001:db8::1]:9440/x", "2001:db8::1", 9440) == "/x");
    CHECK(path_at_same_place("https://[2001:db8::1]/x", "2001:db8::1", 443) == "/x");
    CHECK(path_at_same_place("https://pc1.example/x", "pc1.example", 443) == "/x");
}

TEST_CASE("any other redirect is refused") {
    for (const char* location : {"",
                                 "x",
                                 "api/x",
                                 "//pc2.example/x",
                                 "/\\pc2.example/x",
                                 "http://pc1.example:9440/x",
                                 "https://pc2.example:9440/x",
                                 "https://pc1.example/x",
                                 "https://pc1.example:443/x",
                                 "https://pc1.example:9440",
                                 "https://pc1.example:9440.evil.example/x",
                                 "https://pc1.example:9440@evil.example/x",
                                 "https://user@pc1.example:9440/x",
                                 "https://pc1.example.evil.example:9440/x",
                                 "https://pc1.example:9440\\@evil/x",
                                 "https://pc1.example:9440?x",
                                 "https://:9440/x",
                                 "https://pc1.example:94400/x",
                                 "https://[pc1.example:9440/x",
                                 "/a b",
                                 "/a\r\nX: y",
                                 "javascript:x",
                                 "https:/pc1.example:9440/x"}) {
        INFO(location);
        CHECK_FALSE(path_at_same_place(location, "pc1.example", 9440).has_value());
    }
}

TEST_CASE("a token that could smuggle a header is not sent") {
    CHECK(is_sendable_token("NTNX_IGW_SESSION=abc; x=1"));
    CHECK_FALSE(is_sendable_token(""));
    CHECK_FALSE(is_sendable_token("a\r\nX: y"));
    CHECK_FALSE(is_sendable_token(std::string(8193, 'a')));
}
