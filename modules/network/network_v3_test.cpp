// By API v3: what differs from v4, side by side.
#include <algorithm>
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>
#include <set>

#include "testdata_pages.hpp"
#include "tests/abi/proxy/proxy.hpp"

namespace {

using network::test::kinds;
using network::test::script_v3;
using network::test::script_v4;
using network::test::testdata;
using pf::testing::FakeHost;
using pf::testing::Record;
using pf::testing::Run;

// What one generation knows and the other does not. Everything else must be equal.
struct Allowed {
    const char* path;  // "*" stands for any index
    const char* reason;
};
const Allowed allowed[] = {
    {"$.data.categories[*].uuid", "v3 names categories by key and value; UUIDs are v4's"},
    {"$.data.subnet.vni", "v3 does not tell an overlay's number"},
    {"$.data.virtual_switch.name", "v3 has no list of virtual switches"},
    {"$.data.vpc.type", "v3 has no types of VPCs"},
    {"$.instance_type", "v3 has no types of VPCs"},
    {"$.data.vpc.snat_ips[*]", "v3 tells the external addresses of each subnet only"},
    {"$.data.vpc.routing_domain_uuid", "v3 does not tell it"},
    {"$.data.policy.scope", "v3 policies have none"},
    {"$.data.rules[*].uuid", "v3 rules have none"},
    {"$.data.secured_groups[*].uuid", "v3 names categories by key and value; UUIDs are v4's"},
};

// "$.a[12].b: expected ..." -> "$.a[*].b"
std::string pattern_of(const std::string& line) {
    std::string pattern;
    for (const char c : line.substr(0, line.find(": "))) {
        const bool is_digit = c >= '0' && c <= '9';
        if (!is_digit || pattern.empty() || pattern.back() != '*') {
            const bool is_index = is_digit && !pattern.empty() && pattern.back() == '[';
            pattern += is_index ? '*' : c;
        }
    }
    return pattern;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

void compare(const Record& expected, const Record& actual, std::set<std::string>& used) {
    CAPTURE(expected.id);
    CHECK(actual.id == expected.id);
    CHECK(actual.output == expected.output);
    CHECK(actual.unknown == expected.unknown);
    for (const std::string& line :
         lines_of(pf::testing::difference(expected.canonical(), actual.canonical()))) {
        const std::string pattern = pattern_of(line);
        const bool is_allowed = std::any_of(std::begin(allowed), std::end(allowed),
                                            [&](const Allowed& a) { return pattern == a.path; });
        CHECKED_IF(is_allowed) { used.insert(pattern); }
        CHECKED_ELSE(is_allowed) { FAIL_CHECK(line); }
    }
}

}  // namespace

TEST_CASE("side by side: what both generations know is equal") {
    FakeHost v4(pf_module_entry_v0());
    script_v4(v4);
    FakeHost v3(pf_module_entry_v0());
    script_v3(v3);
    std::set<std::string> used;
    for (const auto& each : kinds) {
        if (!each.has_v3) continue;
        CAPTURE(each.kind);
        const Run by_v4 = v4.collect(each.kind);
        const Run by_v3 = v3.collect(each.kind);
        CHECK(by_v3.status == PF_OK);
        CHECK(by_v3.problems.empty());
        CHECK(by_v3.lost.empty());
        CHECK(by_v3.notes.empty());
        REQUIRE(by_v4.records.size() > 1);
        REQUIRE(by_v3.records.size() == by_v4.records.size());
        for (const Record& expected : by_v4.records) {
            compare(expected, by_v3.record(expected.id), used);
        }
    }
    // An exception nobody needs any more is taken off the list.
    CHECK(used.size() == std::size(allowed));
}

TEST_CASE("by v3 rows are the golden rows") {
    for (const auto& each : kinds) {
        if (!each.has_v3) continue;
        CAPTURE(each.kind);
        FakeHost host(pf_module_entry_v0());
        script_v3(host);
        const Run run = host.collect(each.kind);
        const std::string golden = testdata + "v3/rows_" + each.kind + ".json";
        CHECK(pf::testing::golden_difference(golden, run.rows()) == "");
    }
}

TEST_CASE("by v3 there is no list of virtual switches nor of all gateways") {
    FakeHost host(pf_module_entry_v0());
    script_v3(host);
    CHECK(host.collect("virtual_switch").status == PF_NOT_FOUND);
    CHECK(host.collect("gateway").status == PF_NOT_FOUND);
}

TEST_CASE("by v3 names come with the entity, look-ups only fill gaps") {
    FakeHost host(pf_module_entry_v0());
    script_v3(host);
    for (const char* lookup : {"clusters", "hosts", "subnets", "vpcs"}) {
        host.fail_lookup(lookup, PF_UNAVAILABLE);
    }
    const Run subnets = host.collect("subnet");
    CHECK(subnets.record("a01d66ed-d538-4d71-8372-415461513e3a").unknown.empty());
    CHECK(subnets.record("aed7cf2d-aac3-4de5-bb74-e6a84bbb35b9").unknown ==
          std::vector<std::string>{"vpc"});
    // The host that carries the traffic has its UUID only.
    CHECK(host.collect("vpc").record("2739e833-a3e9-498a-abd2-190b79757a5e").unknown ==
          std::vector<std::string>{"external_subnets"});
    CHECK(host.collect("floating_ip").record("a91d00c3-c130-4fe2-97a3-8984a648ae68").unknown ==
          std::vector<std::string>{"external_subnet"});
}

TEST_CASE("a namespace of v4 that is missing is looked up by v3, with the same names") {
    FakeHost all(pf_module_entry_v0());
    script_v4(all);
    FakeHost mixed(pf_module_entry_v0());
    script_v4(mixed);
    for (const char* endpoint : {"clusters", "hosts"}) {
        mixed.dialect(endpoint, 3);
        mixed.script().endpoints[mixed.script().index("endpoints", endpoint)].pages = {
            pf::testing::read_file(testdata + "v3/" + endpoint + ".json")};
    }
    for (const auto& each : kinds) {
        CAPTURE(each.kind);
        CHECK(pf::testing::difference(all.collect(each.kind).rows(),
                                      mixed.collect(each.kind).rows()) == "");
    }
}

TEST_CASE("by v3 through the proxy everything is the same") {
    const pf::test::Proxy proxy(pf_module_entry_v0());
    for (const auto& each : kinds) {
        CAPTURE(each.kind);
        FakeHost direct(pf_module_entry_v0());
        script_v3(direct);
        FakeHost behind(proxy.module());
        script_v3(behind);
        CHECK(behind.collect(each.kind).text() == direct.collect(each.kind).text());
    }
}
