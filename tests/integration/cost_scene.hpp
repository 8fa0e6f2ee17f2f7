// CloudForet's cost analysis beside a site: secrets, jobs, and a clock for both.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "tests/cloudforet_sim/cost/sync.hpp"
#include "tests/integration/cost_site.hpp"

namespace pf::test {

class CostScene {
  public:
    // Two secrets, s1 with pc1 and s2 with pc2; it is the afternoon of `day`.
    explicit CostScene(
        std::unique_ptr<CostSite> site,
        cloudforet_sim::cost::SecretType type = cloudforet_sim::cost::SecretType::service_accounts,
        std::chrono::sys_days day = std::chrono::year(2026) / 3 / 10);

    CostSite& site() { return *site_; }
    cloudforet_sim::cost::CostAnalysis& costs() { return costs_; }
    const CostApi& api() const { return *api_; }
    void set_secrets(std::vector<cloudforet_sim::cost::Secret> secrets);
    void next_day(int count = 1);
    // Another replica answers from now on.
    void start_replica();

    // A sync whose job must exist.
    cloudforet_sim::cost::Sync sync(const cloudforet_sim::cost::SyncOptions& options = {});
    cloudforet_sim::cost::JobState state_of(const cloudforet_sim::cost::Sync& done) const;
    // How many days of a Prism Central are kept. Checks that each has its full cost and no row is
    // there twice.
    long days_of(const std::string& name);

  private:
    void connect();

    cloudforet_sim::cost::Time now_;
    std::unique_ptr<CostSite> site_;
    cloudforet_sim::cost::CostAnalysis costs_;
    std::unique_ptr<ReflectionClient> client_;
    std::unique_ptr<CostApi> api_;
    std::vector<cloudforet_sim::cost::Secret> secrets_;
};

}  // namespace pf::test
