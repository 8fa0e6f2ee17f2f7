// The network module: subnets, VPCs, floating IPs, virtual switches, gateways and security policies
// of a Prism Central become resources.
#include <prismforet/module.hpp>

#include "floating_ip.hpp"
#include "gateway.hpp"
#include "listing.hpp"
#include "security_policy.hpp"
#include "subnet.hpp"
#include "virtual_switch.hpp"
#include "vpc.hpp"

namespace network {
namespace {

class Networking final : public pf::Inventory {
  public:
    void collect(pf::Call& call, std::uint32_t output, pf::Value options,
                 std::string_view cluster) const override {
        const WantedCategories wanted(options);
        switch (static_cast<Output>(output)) {
            case Output::subnet:
                return network::collect<SubnetFacts>(call, output, Endpoint::subnets, cluster,
                                                     wanted);
            case Output::vpc:
                return network::collect<VpcFacts>(call, output, Endpoint::vpcs, cluster, wanted);
            case Output::floating_ip:
                return network::collect<FloatingIpFacts>(call, output, Endpoint::floating_ips,
                                                         cluster, wanted);
            case Output::virtual_switch:
                return network::collect<VirtualSwitchFacts>(
                    call, output, Endpoint::virtual_switches, cluster, wanted);
            case Output::gateway:
                return network::collect<GatewayFacts>(call, output, Endpoint::gateways, cluster,
                                                      wanted);
            case Output::security_policy:
                // A policy carries no categories, so those that are asked for do not concern it.
                return network::collect<PolicyFacts>(call, output, Endpoint::security_policies,
                                                     cluster, WantedCategories(pf::Value()));
        }
        throw pf::Failure(PF_INVALID_ARGUMENT, "the module makes no such output");
    }
};

}  // namespace
}  // namespace network

PF_MODULE(network::Networking)
