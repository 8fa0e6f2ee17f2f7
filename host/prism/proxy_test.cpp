#include "host/prism/proxy.hpp"

#include <catch2/catch.hpp>

#include "host/prism/address.hpp"

using namespace pf::host;
using namespace pf::host::prism;

namespace {

std::string shown(std::string_view text) {
    const auto proxy = parse_proxy(text);
    return proxy ? proxy->host + "|" + std::to_string(proxy->port) + "|" +
                       std::string(proxy->user_info.reveal())
                 : proxy.status().reason();
}

bool is_used(std::string_view exceptions, std::string_view host, std::uint16_t port = 9440) {
    const ProxyRules rules(*parse_proxy("http://proxy:3128"), exceptions);
    return !rules.choose(host, port).host.empty();
}

}  // namespace

TEST_CASE("a proxy is read as people write it") {
    CHECK(shown("http://proxy.example:3128") == "proxy.example|3128|");
    CHECK(shown("http://proxy.example:3128/") == "proxy.example|3128|");
    CHECK(shown("Proxy.Example:8080") == "proxy.example|8080|");
    CHECK(shown("http://[2001:db8::1]:3128") == "2001:db8::1|3128|");
    CHECK(shown("http://me:p%40ss%3a%zz@proxy:3128") == "proxy|3128|me:p@ss:%zz");
    CHECK(shown("http://me:p@ss@proxy:3128") == "proxy|3128|me:p@ss");
    CHECK(shown("none") == "|0|");
    CHECK(shown("Direct") == "|0|");
}

TEST_CASE("what cannot be used as a proxy is told without showing it") {
    for (const char* text :
         {"", "proxy", "http://proxy", "http://:3128", "https://proxy:3128",
          "socks5://s3cret@proxy:1080", "http://proxy:0", "http://proxy:65536", "http://proxy:port",
          "http://pro xy:3128", "http://me:s3cret@:3128", "2001:db8::1", "http://proxy\r\n:3128"}) {
        INFO(text);
        const auto proxy = parse_proxy(text);
        REQUIRE_FALSE(proxy.ok());
        CHECK(proxy.status().code() == Code::invalid_argument);
        CHECK(proxy.status().reason() == "ERROR_PROXY");
        CHECK(proxy.status().message().find("s3cret") == std::string::npos);
    }
}

TEST_CASE("NO_PROXY names hosts, domains, addresses and networks") {
    CHECK(is_used("", "pc1.example.com"));
    CHECK_FALSE(is_used("*", "pc1.example.com"));
    for (const char* entry :
         {"pc1.example.com", "example.com", ".example.com", "*.example.com",
          "other, PC1.Example.com", "a b pc1.example.com", "example.com:9440"}) {
        INFO(entry);
        CHECK_FALSE(is_used(entry, "pc1.example.com"));
    }
    for (const char* entry : {"ample.com", "pc1", "pc1.example.com:443", "com.", "."}) {
        INFO(entry);
        CHECK(is_used(entry, "pc1.example.com"));
    }
    CHECK_FALSE(is_used("10.0.0.0/8", "10.20.30.40"));
    CHECK(is_used("10.0.0.0/8", "11.0.0.1"));
    CHECK_FALSE(is_used("10.1.2.3", "10.1.2.3"));
    CHECK(is_used("2.3", "10.1.2.3"));
    CHECK_FALSE(is_used("2001:db8::/32", "2001:db8::7"));
    CHECK_FALSE(is_used("[2001:db8::7]:9440", "2001:db8::7"));
    CHECK(is_used("2001:db8::/32", "2001:db9::7"));
}

TEST_CASE("the machine itself is never asked for through a proxy") {
    for (const char* host :
         {"localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "pc.localhost"}) {
        CHECK_FALSE(is_used("", host));
    }
    CHECK(ProxyRules().choose("pc1.example.com", 9440).host.empty());
}

TEST_CASE("addresses and networks") {
    CHECK(is_in_network("192.168.1.200", "192.168.1.128/25"));
    CHECK_FALSE(is_in_network("192.168.1.100", "192.168.1.128/25"));
    CHECK(is_in_network("1.2.3.4", "0.0.0.0/0"));
    for (const char* network : {"", "/", "/8", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/x",
                                "example/8", "::/0", "10.0.0.0/-1"}) {
        INFO(network);
        CHECK_FALSE(is_in_network("10.0.0.1", network));
    }
    CHECK_FALSE(is_in_network("pc1.example.com", "0.0.0.0/0"));
}
