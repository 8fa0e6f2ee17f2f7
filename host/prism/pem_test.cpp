#include "host/prism/pem.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "host/prism/testing_certificates.hpp"

using namespace pf::host::prism;

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    for (auto at = text.find(what); at != std::string::npos;
         at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

}  // namespace

TEST_CASE("PEM survives what forms do to its line breaks") {
    const testing::TestCa ca;
    const std::string pem = ca.pem();
    CHECK(repair_pem(pem) == pem);
    CHECK(repair_pem(replaced(pem, "\n", "")) == pem);
    CHECK(repair_pem(replaced(pem, "\n", " ")) == pem);
    CHECK(repair_pem(replaced(pem, "\n", "\\n")) == pem);
    CHECK(repair_pem(replaced(pem, "\n", "\\r\\n")) == pem);
    CHECK(repair_pem(replaced(pem, "\n", "\r\n")) == pem);
    CHECK(repair_pem("Bag Attributes\n" + pem + "some text\n" + pem) == pem + pem);
}

TEST_CASE("text without a whole certificate gives nothing") {
    CHECK(repair_pem("").empty());
    CHECK(repair_pem("-----BEGIN CERTIFICATE-----MIIB").empty());
    CHECK(repair_pem("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n").empty());
}

TEST_CASE("a digest is read in the ways tools print it") {
    const std::string hex(64, 'a');
    std::string colons;
    for (int i = 0; i < 32; ++i) {
        colons += i == 0 ? "AA" : ":AA";
    }
    CHECK(parse_sha256(hex) == hex);
    CHECK(parse_sha256(std::string(64, 'A')) == hex);
    CHECK(parse_sha256(colons) == hex);
    CHECK(parse_sha256(" " + colons + "\n") == hex);
    CHECK(parse_sha256("sha256 Fingerprint=" + colons) == hex);
    CHECK(parse_sha256("SHA256:" + hex) == hex);
    CHECK_FALSE(parse_sha256(hex.substr(2)));
    CHECK_FALSE(parse_sha256(std::string(64, 'g')));
    CHECK_FALSE(parse_sha256(""));
}
