// For tests: a cost service that does what the test says, and a server around it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/cloudforet/client/reflection_call.hpp"
#include "host/cloudforet/roles/cost.hpp"
#include "host/cloudforet/server.hpp"

namespace pf::host::cloudforet::testing {

// Each function may be replaced before the server starts.
struct ScriptedCost final : CostService {
    using Charging = std::function<Status(const CostRequest&, const cost::CostTask&,
                                          cost::ChargeSink&, const Stop&, runtime::RunReport&)>;

    std::function<Result<CostTerms>(const CostRequest&)> on_terms;
    std::function<Status(const CostRequest&, const Stop&)> on_verify;
    std::function<Result<cost::CostPlan>(const CostRequest&, const SyncWish&)> on_plan;
    Charging on_charge;
    std::vector<cost::SyncedAccount> accounts;

    Result<CostTerms> terms(const CostRequest& request, const Stop&) override {
        return on_terms ? on_terms(request) : Result<CostTerms>(CostTerms{"EUR"});
    }
    Status verify(const CostRequest& request, const Stop& stop) override {
        return on_verify ? on_verify(request, stop) : Status();
    }
    Result<cost::CostPlan> plan(const CostRequest& request, const SyncWish& wish,
                                const Stop&) override {
        return on_plan ? on_plan(request, wish) : Result<cost::CostPlan>(cost::CostPlan());
    }
    Status charge(const CostRequest& request, const cost::CostTask& task,
                  std::shared_ptr<cost::ChargeSink> records, const Stop& stop,
                  runtime::RunReport& report) override {
        return on_charge ? on_charge(request, task, *records, stop, report) : Status();
    }
    Result<std::vector<cost::SyncedAccount>> linked_accounts(const CostRequest&,
                                                             const Stop&) override {
        return accounts;
    }
};

// A server on a port of the system's choice, with one client.
struct CostScene {
    explicit CostScene(std::shared_ptr<ScriptedCost> service, CostLimits limits = {},
                       CallObserver on_call = {});
    // Calls with `json`, or with what every method but get_data understands; without a handler the
    // messages are only counted.
    CallEnd call(const std::string& method, const std::string& json = {},
                 const MessageHandler& on_message = {}, const Stop& stop = {}) const;
    // The answer of a unary method as JSON text; the call must succeed.
    std::string answer(const std::string& method, const std::string& json = {}) const;

    std::unique_ptr<Server> server;
    std::unique_ptr<ReflectionClient> client;
};

// A request of get_data for one task of February.
std::string february_request();
// A record of that task.
cost::Charge february_charge(std::string_view resource);

}  // namespace pf::host::cloudforet::testing
