// What no program can see from inside of one installation.

#include "host/doctor/production/checks.hpp"

namespace pf::host::doctor {

std::vector<Finding> things_to_do(const Setup& setup) {
    std::vector<Finding> all;
    all.push_back(to_do("network",
                        "the port at " + setup.grpc_address +
                            " is plain text and takes every caller, as CloudForet needs it",
                        "let only CloudForet reach it: a NetworkPolicy, which the chart has, or a "
                        "firewall"));
    if (!setup.status_address.empty()) {
        all.push_back(to_do("status_readers",
                            "the status port tells names of Prism Centrals and reasons of failures",
                            "let only your monitoring reach " + setup.status_address));
    }
    all.push_back(to_do("replicas",
                        "the option replicas is " + std::to_string(setup.replicas) +
                            "; how many processes ask the same Prism Central is not seen from here",
                        "compare it with replicaCount, and with the jobs that CloudForet runs at "
                        "once"));
    if (setup.is_in_kubernetes) {
        all.push_back(to_do("manifests", "what Kubernetes was told is not seen from inside",
                            "look that requests, limits, probes, PodDisruptionBudget and the "
                            "restricted profile are those of the chart; helm lint for values of "
                            "your own"));
    }
    all.push_back(to_do("image", "where the image comes from is not seen from inside",
                        "pull it by a plain version tag from a registry of your own, and compare "
                        "its digest with the release's checksums"));
    all.push_back(to_do("alerts", "who is told when collections fail is not seen from here",
                        "load deploy/observability/alerts.yaml into Prometheus, or watch the jobs "
                        "in CloudForet"));
    all.push_back(to_do("trial", "whether CloudForet shows all that there is was not tried",
                        "collect once by hand there, compare the counts with prismforet overview, "
                        "and look at the job's failures"));
    all.push_back(to_do("load", "how long a collection of all your targets takes was not tried",
                        "collect all at once, and compare the time with the budget and Prism "
                        "Central's load"));
    all.push_back(to_do("rotation", "when the account's password changes is your rule",
                        "see that who changes it also changes CloudForet's secret, and try it "
                        "once (docs/operate.md)"));
    return all;
}

}  // namespace pf::host::doctor
