#include "host/capture/pseudonyms.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "host/capture/address_pseudonym.hpp"
#include "host/capture/text_shape.hpp"

using namespace pf::host::capture;

namespace {

const KeyedHash hash("a key for tests");
const Pseudonyms names(hash);

std::string address(unsigned number) {
    return "10." + std::to_string(number >> 16 & 255U) + "." + std::to_string(number >> 8 & 255U) +
           "." + std::to_string(number & 255U);
}

}  // namespace

TEST_CASE("shapes are told by the form alone") {
    CHECK(is_uuid("0006197f-3d06-ce49-1fc3-ac1f6b6029c1"));
    CHECK_FALSE(is_uuid("0006197f-3d06-ce49-1fc3-ac1f6b6029cx"));
    CHECK(is_number("-12.5"));
    CHECK(is_number("0"));
    for (const char* no : {"", "-", "1.", ".5", "1.2.3", "1e5", "0x1"}) {
        CHECK_FALSE(is_number(no));
    }
    for (const char* yes : {"2026-11-23T08:15:00Z", "2026-11-23T08:15:00.123456Z",
                            "2026-11-23T08:15:00+09:00", "Mon, 23 Nov 2026 08:15:00 GMT"}) {
        CHECK(is_date(yes));
    }
    for (const char* no : {"2026-11-23", "2026-11-23T08:15:00", "2026-11-23T08:15:00 web-01",
                           "2026-11-23T08:15:00.Z", "Mon, 23 Nov 2026 08:15:00 web"}) {
        CHECK_FALSE(is_date(no));
    }
    CHECK(is_api_version("v4.0.b1"));
    CHECK_FALSE(is_api_version("vm-4"));
    CHECK(is_word("POWER_ON"));
    CHECK_FALSE(is_word("web-01"));
    CHECK(is_mac("50:6b:8d:aa:BB:cc"));
    CHECK_FALSE(is_mac("50:6b-8d:aa:BB:cc"));
    CHECK(is_host_name("pc1.example.com"));
    CHECK_FALSE(is_host_name("10.0.0.1"));
    CHECK_FALSE(is_host_name("pc1"));
}

TEST_CASE("the same text has the same pseudonym, another one another, and no key no way back") {
    CHECK(names.of("web-01") == names.of("web-01"));
    CHECK(names.of("web-01") != names.of("web-02"));
    CHECK(names.of("web-01") != Pseudonyms(KeyedHash("another key")).of("web-01"));
    CHECK(names.of("").empty());
    std::set<std::string> seen;
    for (int i = 0; i < 20000; ++i) {
        CHECK(seen.insert(names.of(std::to_string(i))).second);
    }
}

TEST_CASE("lengths are kept roughly") {
    CHECK(names.of("a").size() == 12);
    CHECK(names.of(std::string(300, 'x')).size() == 300);
    CHECK(names.of("two words and some more").find(' ') != std::string::npos);
    CHECK(names.of("데이터베이스-서버-001-가나다라").size() == 18);
}

TEST_CASE("a UUID stays one, in its case; nobody's UUID stays") {
    const std::string id = "0006197f-3d06-ce49-1fc3-ac1f6b6029c1";
    CHECK(is_uuid(names.of(id)));
    CHECK(names.of(id) != id);
    std::string upper = id;
    for (char& c : upper) {
        c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 0x20) : c;
    }
    std::string mapped = names.of(upper);
    CHECK(mapped.find_first_of("abcdef") == std::string::npos);
    for (char& c : mapped) {
        c = c >= 'A' && c <= 'F' ? static_cast<char>(c + 0x20) : c;
    }
    CHECK(mapped == names.of(id));
    const std::string nobody = "00000000-0000-0000-0000-000000000000";
    CHECK(names.of(nobody) == nobody);
    CHECK(names.of("ZXJnb24=:" + id) == "ZXJnb24=:" + names.of(id));
}

TEST_CASE("addresses stay addresses, different ones different, and networks together") {
    std::set<std::string> seen;
    for (unsigned i = 0; i < 4096; ++i) {
        const std::string mapped = names.of(address(i * 37));
        CHECK(is_ipv4(mapped));
        CHECK(mapped.substr(0, 3) == "10.");
        CHECK(seen.insert(mapped).second);
    }
    // 10.1.2.0/24 is one network before and after, and another than 10.1.3.0/24.
    const auto network = [](const std::string& text) { return text.substr(0, text.rfind('.')); };
    CHECK(network(names.of("10.1.2.3")) == network(names.of("10.1.2.200")));
    CHECK(network(names.of("10.1.2.3")) != network(names.of("10.1.3.3")));
    CHECK(names.of("10.1.2.0/24") == names.of("10.1.2.0") + "/24");
    CHECK(names.of("10.1.2.3 10.1.2.9") == names.of("10.1.2.3") + " " + names.of("10.1.2.9"));
    CHECK(names.of("10.1.2.0/255.255.255.0") == names.of("10.1.2.0") + "/255.255.255.0");
    for (const char* kept : {"0.0.0.0", "127.0.0.1", "255.255.255.0", "255.255.255.255"}) {
        CHECK(names.of(kept) == kept);
    }
    CHECK(names.of("192.168.7.7").substr(0, 8) == "192.168.");
    CHECK(names.of("203.0.113.9") != "203.0.113.9");
}

TEST_CASE("IPv6 and MAC addresses keep their kind") {
    CHECK(names.of("::1") == "::1");
    CHECK(names.of("fe80::1").substr(0, 5) == "fe80:");
    CHECK(is_ipv6(names.of("2001:db8::7")));
    CHECK(names.of("2001:db8::7") == names.of("2001:DB8:0::7"));
    std::set<std::string> seen;
    for (unsigned i = 0; i < 4096; ++i) {
        char text[18];
        std::snprintf(text, sizeof text, "50:6b:8d:%02x:%02x:%02x", i >> 16 & 255U, i >> 8 & 255U,
                      i & 255U);
        const std::string mapped = names.of(text);
        CHECK(is_mac(mapped));
        CHECK(mapped.substr(0, 9) == "50:6b:8d:");
        CHECK(seen.insert(mapped).second);
    }
}

TEST_CASE("host names keep their domain together; mail and URLs keep their form") {
    const std::string one = names.of("ahv-1.corp.example.com");
    const std::string two = names.of("ahv-2.corp.example.com");
    CHECK(one.substr(one.find('.')) == two.substr(two.find('.')));
    CHECK(one != two);
    CHECK(one.substr(one.rfind('.')) == ".invalid");
    const std::string user = names.of("joe@corp.example.com");
    CHECK(user.find('@') == 12);
    CHECK(user.find("joe") == std::string::npos);
    CHECK(names.of_host("pc1.example.com:9440") == names.of("pc1.example.com") + ":9440");
    CHECK(names.of_host("[fd00::5]:9440") == "[" + names.of("fd00::5") + "]:9440");
    const std::string url = names.of("https://files.example.com/images/a.qcow2");
    CHECK(url.substr(0, 8) == "https://");
    CHECK(url.find("qcow2") == std::string::npos);
    CHECK(url.find("example") == std::string::npos);
}
