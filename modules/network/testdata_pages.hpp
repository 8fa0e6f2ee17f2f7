// The pages of testdata/: one small world, by v4 and by v3.
#pragma once

#include <prismforet/testing.hpp>
#include <string>

namespace network::test {

inline const std::string testdata = PF_MODULE_SOURCE_DIRECTORY "/testdata/";

// The kinds of the module and the endpoints they are made of.
struct KindOfList {
    const char* kind;
    const char* endpoint;
    bool has_v3;
};
inline constexpr KindOfList kinds[] = {
    {"subnet", "subnets", true},           {"vpc", "vpcs", true},
    {"floating_ip", "floating_ips", true}, {"virtual_switch", "virtual_switches", false},
    {"gateway", "gateways", false},        {"security_policy", "security_policies", true}};

// Adds what both generations know; `odd` adds the odd entities of v4 as a second page.
inline void script_v4(pf::testing::FakeHost& host, bool odd = false) {
    const auto page = [&](const char* endpoint, const std::string& name) {
        host.page(endpoint, pf::testing::read_file(testdata + name + ".json"));
    };
    for (const char* endpoint :
         {"subnets", "floating_ips", "virtual_switches", "gateways", "security_policies"}) {
        page(endpoint, std::string(endpoint) + "_1");
        if (odd) page(endpoint, std::string(endpoint) + "_2");
    }
    for (const char* endpoint : {"vpcs", "clusters", "hosts", "categories"}) {
        page(endpoint, endpoint);
    }
}

// The same world by v3.
inline void script_v3(pf::testing::FakeHost& host) {
    host.dialect(3);
    const auto page = [&](const char* endpoint, const std::string& name) {
        host.page(endpoint, pf::testing::read_file(testdata + "v3/" + name + ".json"));
    };
    for (const char* endpoint : {"subnets", "floating_ips", "security_policies"}) {
        page(endpoint, std::string(endpoint) + "_1");
    }
    for (const char* endpoint : {"vpcs", "clusters", "hosts"}) page(endpoint, endpoint);
}

}  // namespace network::test
