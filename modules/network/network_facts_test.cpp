// The parts of the mapping that have more cases than a golden row shows.
#include <catch2/catch.hpp>
#include <prismforet/testing.hpp>

#include "floating_ip.hpp"
#include "security_policy.hpp"
#include "subnet.hpp"

namespace {

// The facts of an entity in JSON, by one generation's form.
template <class Facts>
class Read {
  public:
    Read(int dialect, std::string_view entity) : document_(entity) {
        network::read(pf::Value(pf::testing::document_reader(), document_.root()), dialect, facts);
    }
    Facts facts;

  private:
    pf::testing::Document document_;
};

std::string association(int dialect, std::string_view entity) {
    return std::string(association_of(Read<network::FloatingIpFacts>(dialect, entity).facts));
}

std::string services_v3(const std::string& rule) {
    const Read<network::PolicyFacts> read(
        3, R"({"status":{"resources":{"app_rule":{"inbound_allow_list":[)" + rule + "]}}}}");
    return read.facts.rules.at(0).services;
}

}  // namespace

TEST_CASE("counts are rounded to one percent of all") {
    using network::rounded;
    CHECK(rounded(0, 181) == 0);
    CHECK(rounded(12, 181) == 12);
    CHECK(rounded(169, 181) == 170);
    CHECK(rounded(181, 181) == 181);
    CHECK(rounded(180, 181) == 180);
    CHECK(rounded(1, 241) == 0);
    CHECK(rounded(2, 241) == 3);
    CHECK(rounded(239, 241) == 240);
    CHECK(rounded(240, 241) == 240);
    CHECK(rounded(241, 241) == 241);
    CHECK(rounded(7, 90) == 7);
    CHECK(rounded(65'000, 65'536) == 64'944);
    CHECK(rounded(-5, 100) == 0);
    CHECK(rounded(5'000, 100) == 100);
    CHECK(rounded(1, 1) == 1);
}

TEST_CASE("pools are counted when all of them can be") {
    using network::addresses_in;
    CHECK(addresses_in({{"10.0.0.1", "10.0.0.1"}}) == 1);
    CHECK(addresses_in({{"10.0.0.255", "10.0.1.0"}}) == 2);
    CHECK(addresses_in({{"10.0.0.1", "10.0.0.9"}, {"10.0.0.20", "10.0.0.29"}}) == 19);
    CHECK(addresses_in({}) == 0);
    CHECK(addresses_in({{"10.0.0.9", "10.0.0.1"}}) == 0);
    CHECK(addresses_in({{"2001:db8::1", "2001:db8::ff"}}) == 0);
    CHECK(addresses_in({{"10.0.0.256", "10.0.1.0"}}) == 0);
    CHECK(addresses_in({{"10.0.0", "10.0.1.0"}}) == 0);
}

TEST_CASE("a floating IP without Prism's word is what its references say") {
    CHECK(association(4, "{}") == "NOT_ASSOCIATED");
    CHECK(association(4, R"({"associationStatus":"ASSOCIATED_TO_MOON"})") == "ASSOCIATED_TO_MOON");
    CHECK(association(4, R"({"vmNicReference":"n","privateIp":"10.0.0.1"})") ==
          "ASSOCIATED_TO_VNIC");
    CHECK(association(4, R"({"association":{"vmNicReference":"n"}})") == "ASSOCIATED_TO_VNIC");
    CHECK(association(4, R"({"association":{"privateIp":{"ipv4":{"value":"10.0.0.1"}}}})") ==
          "ASSOCIATED_TO_PRIVATE_IP");
    CHECK(association(4, R"({"loadBalancerSessionReference":"l"})") ==
          "ASSOCIATED_TO_LOAD_BALANCER_SESSION");
    CHECK(association(3, R"({"status":{"resources":{"vm_nic_reference":{"uuid":"n"}}}})") ==
          "ASSOCIATED_TO_VNIC");
    CHECK(association(3, R"({"status":{"resources":{"private_ip":"10.0.0.1"}}})") ==
          "ASSOCIATED_TO_PRIVATE_IP");
    CHECK(association(3, R"({"status":{"resources":{}}})") == "NOT_ASSOCIATED");
}

TEST_CASE("services of a v3 rule") {
    CHECK(services_v3("{}") == "ALL");
    CHECK(services_v3(R"({"protocol":"TCP"})") == "TCP");
    CHECK(services_v3(R"({"protocol":"TCP","tcp_port_range_list":[
              {"start_port":80,"end_port":80},{"start_port":1,"end_port":9},{"start_port":5}]})") ==
          "TCP 80, TCP 1-9, TCP 5");
    CHECK(services_v3(R"({"protocol":"ICMP","icmp_type_code_list":[{"type":8},{}]})") ==
          "ICMP type 8, ICMP");
    CHECK(services_v3(R"({"service_group_list":[{"uuid":"u"}]})") == "service group u");
}

TEST_CASE("a v3 policy is applied, monitored or saved") {
    const auto state = [](const char* action) {
        return std::string(Read<network::PolicyFacts>(
                               3, std::string(R"({"status":{"resources":{"app_rule":{"action":")") +
                                      action + R"("}}}})")
                               .facts.state);
    };
    CHECK(state("APPLY") == "ENFORCE");
    CHECK(state("MONITOR") == "MONITOR");
    CHECK(state("REHEARSE") == "REHEARSE");
}

TEST_CASE("the first configuration of a family counts, and a prefix without one") {
    const Read<network::SubnetFacts> both(4, R"({"ipPrefix":"10.9.0.0/16","ipConfig":[
        {"ipv4":{"ipSubnet":{"ip":{"value":"10.1.0.0"},"prefixLength":16}}},
        {"ipv4":{"ipSubnet":{"ip":{"value":"10.2.0.0"},"prefixLength":16}}}]})");
    CHECK(both.facts.cidr == "10.1.0.0/16");
    CHECK(both.facts.is_managed);
    const Read<network::SubnetFacts> prefix(4, R"({"ipPrefix":"10.9.0.0/16"})");
    CHECK(prefix.facts.cidr == "10.9.0.0/16");
    CHECK_FALSE(prefix.facts.is_managed);
    CHECK_FALSE(Read<network::SubnetFacts>(3, "{}").facts.is_managed);
}
