// The cost role: spaceone.api.cost_analysis.plugin DataSource, Job and Cost.
//
//     Server::start(options, cost_role(service));
//
// The role reads requests, writes answers and sends the records; who the targets are, what day it
// is and what a machine costs is the business of a CostService.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "host/base/status.hpp"
#include "host/base/stop.hpp"
#include "host/cloudforet/roles/cost_request.hpp"
#include "host/cloudforet/roles/role.hpp"
#include "host/cost/charge_sink.hpp"
#include "host/cost/cost_task.hpp"
#include "host/cost/sync_plan.hpp"
#include "host/runtime/report.hpp"

namespace pf::host::cloudforet {

// What the data source has to know before anything is synced.
struct CostTerms {
    std::string currency;  // ISO 4217; of every record
};

// The work behind the role. Called from many threads at once; keeps nothing between calls: the
// calls of one sync may reach different replicas.
struct CostService {
    virtual ~CostService() = default;
    // Of the request's cost model; it has no targets here. Fails when the model cannot be used.
    virtual Result<CostTerms> terms(const CostRequest& request, const Stop& stop) = 0;
    // OK when the model and every target of the request can be used.
    virtual Status verify(const CostRequest& request, const Stop& stop) = 0;
    // What a sync sends: cost::plan_sync over the targets as they are now. Fails only for what no
    // later call could mend, such as a model that cannot be used; a target that does not answer is
    // part of the plan.
    virtual Result<cost::CostPlan> plan(const CostRequest& request, const SyncWish& wish,
                                        const Stop& stop) = 0;
    // Hands the records of the task's days to `records`, the same ones in the same order whenever
    // the target has the same data, and fills `report`. OK only when nothing is missing. A target
    // that is not the one that was planned (cost::may_send) is refused before the first record.
    // `records` is used by one thread at a time; one that this left behind may go on, and is told
    // that nobody takes its records.
    virtual Status charge(const CostRequest& request, const cost::CostTask& task,
                          std::shared_ptr<cost::ChargeSink> records, const Stop& stop,
                          runtime::RunReport& report) = 0;
    // The accounts of the request's targets; one that does not answer is a failure.
    virtual Result<std::vector<cost::SyncedAccount>> linked_accounts(const CostRequest& request,
                                                                     const Stop& stop) = 0;
};

// How long the calls of this role may take, and how many get_data there are at once.
struct CostLimits {
    std::chrono::milliseconds answer{std::chrono::seconds(170)};  // the client gives up at 180 s
    std::chrono::milliseconds charge{std::chrono::minutes(100)};  // without waiting for receivers
    std::chrono::milliseconds charge_wall{std::chrono::minutes(120)};  // then CloudForet gives up
    std::uint32_t charges = 128;  // more at once are refused with RESOURCE_EXHAUSTED
};

// Makes the role. `service` is shared with the calls in progress.
std::unique_ptr<Role> cost_role(std::shared_ptr<CostService> service, CostLimits limits = {});

}  // namespace pf::host::cloudforet
