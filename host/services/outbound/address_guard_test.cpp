#include "host/services/outbound/address_guard.hpp"

#include <catch2/catch.hpp>

#include "host/services/outbound/attempt.hpp"

namespace pf::host::services {
namespace {

enum class Verdict { passes, home_only, never };

struct Row {
    const char* address;
    Verdict verdict;
};

constexpr Row rows[] = {
    {"93.184.216.34", Verdict::passes},
    {"169.253.255.255", Verdict::passes},
    {"169.255.0.0", Verdict::passes},
    {"172.15.255.255", Verdict::passes},
    {"172.32.0.0", Verdict::passes},
    {"100.63.255.255", Verdict::passes},
    {"100.128.0.0", Verdict::passes},
    {"223.255.255.255", Verdict::passes},
    {"2606:4700::1111", Verdict::passes},
    {"::ffff:93.184.216.34", Verdict::passes},
    {"64:ff9b::5db8:d822", Verdict::passes},
    {"10.0.0.1", Verdict::home_only},
    {"172.16.0.1", Verdict::home_only},
    {"172.31.255.255", Verdict::home_only},
    {"192.168.1.1", Verdict::home_only},
    {"127.0.0.1", Verdict::home_only},
    {"127.255.255.254", Verdict::home_only},
    {"100.64.0.1", Verdict::home_only},
    {"240.0.0.1", Verdict::home_only},
    {"::1", Verdict::home_only},
    {"fc00::1", Verdict::home_only},
    {"fd12:3456::1", Verdict::home_only},
    {"fec0::1", Verdict::home_only},
    {"::ffff:10.0.0.1", Verdict::home_only},
    {"::ffff:127.0.0.1", Verdict::home_only},
    {"::10.0.0.1", Verdict::home_only},
    {"64:ff9b::a00:1", Verdict::home_only},
    {"2002:a00:1::1", Verdict::home_only},
    {"169.254.0.1", Verdict::never},
    {"169.254.169.254", Verdict::never},
    {"fe80::1", Verdict::never},
    {"febf::1", Verdict::never},
    {"0.0.0.0", Verdict::never},
    {"0.1.2.3", Verdict::never},
    {"::", Verdict::never},
    {"224.0.0.1", Verdict::never},
    {"239.255.255.255", Verdict::never},
    {"ff02::1", Verdict::never},
    {"255.255.255.255", Verdict::never},
    {"fd00:ec2::254", Verdict::never},
    {"100.100.100.200", Verdict::never},
    {"192.0.0.192", Verdict::never},
    {"168.63.129.16", Verdict::never},
    {"::ffff:169.254.169.254", Verdict::never},
    {"::ffff:0:a9fe:a9fe", Verdict::never},
    {"::a9fe:a9fe", Verdict::never},
    {"64:ff9b::a9fe:a9fe", Verdict::never},
    {"64:ff9b:1::a9fe:a9fe", Verdict::never},
    {"2002:a9fe:a9fe::1", Verdict::never},
    {"2001:0:a9fe:a9fe::1", Verdict::never},
    {"::ffff:0.0.0.0", Verdict::never},
    {"::ffff:224.0.0.1", Verdict::never},
    {"::ffff:100.100.100.200", Verdict::never},
};

TEST_CASE("each kind of address is judged", "[outbound]") {
    AddressRules strict;
    strict.allows_private = false;
    for (const Row& row : rows) {
        CAPTURE(row.address);
        CHECK(forbids_address(row.address, AddressRules()).empty() ==
              (row.verdict != Verdict::never));
        CHECK(forbids_address(row.address, strict).empty() == (row.verdict == Verdict::passes));
        strict.allowed = {row.address};
        CHECK(forbids_address(row.address, strict).empty());
        strict.allowed = {"198.51.100.1", "2001:db8::1", "a.name", ""};
        CHECK(forbids_address(row.address, strict).empty() == (row.verdict == Verdict::passes));
        strict.allowed.clear();
    }
    CHECK_FALSE(forbids_address("no address", AddressRules()).empty());
}

TEST_CASE("an allowed address is meant in each of its spellings, and no other", "[outbound]") {
    AddressRules rules;
    rules.allowed = {"FD00:0EC2:0:0::254"};
    CHECK(forbids_address("fd00:ec2::254", rules).empty());
    rules.allowed = {"169.254.1.1"};
    CHECK_FALSE(forbids_address("169.254.1.2", rules).empty());
    CHECK_FALSE(forbids_address("::ffff:169.254.1.1", rules).empty());
}

TEST_CASE("metadata services are refused by their names", "[outbound]") {
    for (const char* name : {"metadata.google.internal", "Metadata.Google.Internal.", "metadata",
                             "metadata.goog", "instance-data.ec2.internal"}) {
        CAPTURE(name);
        AddressRules rules;
        CHECK_FALSE(forbids_name(name, rules).empty());
        rules.allowed = {name};
        CHECK(forbids_name(name, rules).empty());
    }
    CHECK(forbids_name("metadata.example", AddressRules()).empty());
}

End end_of(const std::string& host, const AddressRules& rules) {
    try {
        const auto found =
            addresses_of(host, 80, rules, Clock::now() + std::chrono::seconds(30), Stop());
        return found.empty() ? End::faulty : End::sent;
    } catch (const Ended& ended) {
        return ended.attempt().end;
    }
}

TEST_CASE("a host is judged by what it resolves to, however it is written", "[outbound]") {
    AddressRules strict;
    strict.allows_private = false;
    for (const char* host : {"2852039166", "0xa9fea9fe", "0xA9.0xFE.0xA9.0xFE", "025177524776",
                             "0251.0376.0251.0376", "169.254.43518", "169.16689662", "0", "0x0"}) {
        CAPTURE(host);
        CHECK(end_of(host, AddressRules()) == End::forbidden);
        CHECK(end_of(host, strict) == End::forbidden);
    }
    for (const char* host : {"2130706433", "127.1", "0x7f.1", "017700000001", "localhost"}) {
        CAPTURE(host);
        CHECK(end_of(host, AddressRules()) == End::sent);
        CHECK(end_of(host, strict) == End::forbidden);
        AddressRules allowing = strict;
        allowing.allowed = {host};
        CHECK(end_of(host, allowing) == End::sent);
        allowing.allowed = {"127.0.0.1"};
        CHECK(end_of(host, allowing) == End::sent);
    }
}

TEST_CASE("the addresses given are those that were judged", "[outbound]") {
    AddressRules rules;
    rules.allows_private = false;
    rules.allowed = {"127.0.0.1"};
    // It has ::1 as well on most machines, which is not allowed here.
    for (const auto& address :
         addresses_of("localhost", 80, rules, Clock::now() + std::chrono::seconds(30), Stop())) {
        CHECK(address.text() == "127.0.0.1");
    }
}

}  // namespace
}  // namespace pf::host::services
