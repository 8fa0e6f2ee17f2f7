#include "host/prism/cookies.hpp"

#include <catch2/catch.hpp>

using pf::host::prism::Cookies;

TEST_CASE("all name=value pairs are kept, attributes are not") {
    Cookies cookies;
    CHECK(cookies.take(
        {"NTNX_IGW_SESSION=abc=; Path=/; Secure; HttpOnly", "JSESSIONID=1; Max-Age=900"}));
    CHECK(cookies.header() == "JSESSIONID=1; NTNX_IGW_SESSION=abc=");
    CHECK_FALSE(cookies.take({"JSESSIONID=1"}));
    CHECK(cookies.take({"JSESSIONID=2"}));
    CHECK(cookies.header() == "JSESSIONID=2; NTNX_IGW_SESSION=abc=");
}

TEST_CASE("a cookie is forgotten when the server says so") {
    Cookies cookies;
    cookies.take({"a=1", "b=2"});
    CHECK(cookies.take({"a=; Path=/", "b=x; max-age=0"}));
    CHECK(cookies.empty());
}

TEST_CASE("what could break the header is ignored") {
    Cookies cookies;
    CHECK_FALSE(
        cookies.take({"", "=1", "novalue", "a b=1", "a=1\x01", "a=" + std::string(9000, 'x')}));
    CHECK(cookies.empty());
}
