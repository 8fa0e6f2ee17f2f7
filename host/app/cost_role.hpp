// CostWorker: the work behind the cost role, over this process's modules and targets.
//
// Keeps nothing between calls, so every replica answers alike.
#pragma once

#include <cstdint>
#include <functional>

#include "host/app/application.hpp"
#include "host/app/costing.hpp"
#include "host/cloudforet/roles/cost.hpp"

namespace pf::host::app {

class CostWorker final : public cloudforet::CostService {
  public:
    // UTC seconds since 1970.
    using Now = std::function<std::int64_t()>;

    // `application` and `config` outlive this object.
    CostWorker(Application& application, const Config& config, Now now);

    Result<cloudforet::CostTerms> terms(const cloudforet::CostRequest& request,
                                        const Stop& stop) override;
    Status verify(const cloudforet::CostRequest& request, const Stop& stop) override;
    Result<cost::CostPlan> plan(const cloudforet::CostRequest& request,
                                const cloudforet::SyncWish& wish, const Stop& stop) override;
    Status charge(const cloudforet::CostRequest& request, const cost::CostTask& task,
                  std::shared_ptr<cost::ChargeSink> records, const Stop& stop,
                  runtime::RunReport& report) override;
    Result<std::vector<cost::SyncedAccount>> linked_accounts(const cloudforet::CostRequest& request,
                                                             const Stop& stop) override;

  private:
    Result<Tariff> tariff(const cloudforet::CostRequest& request, const Stop& stop) const;
    Status find_first_data(const cloudforet::CostRequest& request, const Tariff& found,
                           const Stop& stop, cost::SyncFacts& facts) const;

    Application& application_;
    const Config& config_;
    const Now now_;
};

}  // namespace pf::host::app
