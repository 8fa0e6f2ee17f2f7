#include "host/app/remember_secrets.hpp"

#include <utility>

#include "host/observe/redact.hpp"

namespace pf::host::app {
namespace {

using cloudforet::CostRequest;
using cloudforet::CostService;
using cloudforet::InventoryService;

class RememberingInventory final : public InventoryService {
  public:
    explicit RememberingInventory(std::shared_ptr<InventoryService> service)
        : service_(std::move(service)) {}

    std::string metadata() const override { return service_->metadata(); }
    Status verify(const runtime::Request& request, const Stop& stop) override {
        remember_secrets(request);
        return service_->verify(request, stop);
    }
    std::vector<runtime::Task> plan(const runtime::Request& request, const Stop& stop) override {
        remember_secrets(request);
        return service_->plan(request, stop);
    }
    Status collect(const runtime::Request& request, runtime::RowSink& sink, const Stop& stop,
                   runtime::RunReport& report) override {
        remember_secrets(request);
        return service_->collect(request, sink, stop, report);
    }

  private:
    const std::shared_ptr<InventoryService> service_;
};

class RememberingCost final : public CostService {
  public:
    explicit RememberingCost(std::shared_ptr<CostService> service) : service_(std::move(service)) {}

    Result<cloudforet::CostTerms> terms(const CostRequest& request, const Stop& stop) override {
        remember_secrets(request.prism);
        return service_->terms(request, stop);
    }
    Status verify(const CostRequest& request, const Stop& stop) override {
        remember_secrets(request.prism);
        return service_->verify(request, stop);
    }
    Result<cost::CostPlan> plan(const CostRequest& request, const cloudforet::SyncWish& wish,
                                const Stop& stop) override {
        remember_secrets(request.prism);
        return service_->plan(request, wish, stop);
    }
    Status charge(const CostRequest& request, const cost::CostTask& task,
                  std::shared_ptr<cost::ChargeSink> records, const Stop& stop,
                  runtime::RunReport& report) override {
        remember_secrets(request.prism);
        return service_->charge(request, task, std::move(records), stop, report);
    }
    Result<std::vector<cost::SyncedAccount>> linked_accounts(const CostRequest& request,
                                                             const Stop& stop) override {
        remember_secrets(request.prism);
        return service_->linked_accounts(request, stop);
    }

  private:
    const std::shared_ptr<CostService> service_;
};

}  // namespace

void remember_secrets(const runtime::Request& request) {
    for (const runtime::TargetRequest& target : request.targets) {
        const prism::Credential& credential = target.spec.credential;
        observe::register_login(credential.username, credential.password.reveal());
        observe::register_secret(credential.api_key.reveal());
        if (target.spec.proxy) {
            observe::register_user_info(target.spec.proxy->user_info.reveal());
        }
    }
}

std::shared_ptr<InventoryService> remembering(std::shared_ptr<InventoryService> service) {
    return std::make_shared<RememberingInventory>(std::move(service));
}

std::shared_ptr<CostService> remembering(std::shared_ptr<CostService> service) {
    return std::make_shared<RememberingCost>(std::move(service));
}

}  // namespace pf::host::app
