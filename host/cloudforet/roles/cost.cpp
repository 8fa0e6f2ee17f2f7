#include "host/cloudforet/roles/cost.hpp"

#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/support/method_handler.h>

#include <utility>

#include "host/cloudforet/roles/cost_calls.hpp"
#include "spaceone/api/cost_analysis/plugin/data_source.grpc.pb.h"
#include "spaceone/api/cost_analysis/plugin/job.grpc.pb.h"

namespace pf::host::cloudforet {

namespace {

using google::protobuf::Empty;
using google::protobuf::MessageLite;
using grpc::ServerContext;
namespace plugin = spaceone::api::cost_analysis::plugin;

class DataSourceService final : public plugin::DataSource::Service {
  public:
    explicit DataSourceService(CostCalls& calls) : calls_(calls) {}
    grpc::Status init(ServerContext* call, const plugin::InitRequest* request,
                      plugin::PluginInfo* answer) override {
        return calls_.init(*call, *request, *answer);
    }
    grpc::Status verify(ServerContext* call, const plugin::PluginVerifyRequest* request,
                        Empty*) override {
        return calls_.verify(*call, *request);
    }

  private:
    CostCalls& calls_;
};

class JobService final : public plugin::Job::Service {
  public:
    explicit JobService(CostCalls& calls) : calls_(calls) {}
    grpc::Status get_tasks(ServerContext* call, const plugin::GetTasksRequest* request,
                           plugin::TasksInfo* answer) override {
        return calls_.get_tasks(*call, *request, *answer);
    }

  private:
    CostCalls& calls_;
};

// Registered by hand instead of by the generated base class, because the pages of get_data are
// bytes already. Reflection finds the descriptor by the service's name, as for any other service.
class DataService final : public grpc::Service {
  public:
    explicit DataService(CostCalls& calls) : calls_(calls) {
        add_get_linked_accounts();
        add_get_data();
    }

  private:
    void add_get_linked_accounts() {
        using Handler =
            grpc::internal::RpcMethodHandler<DataService, plugin::GetLinkedAccountsRequest,
                                             plugin::AccountsInfo, MessageLite, MessageLite>;
        AddMethod(new grpc::internal::RpcServiceMethod(
            "/spaceone.api.cost_analysis.plugin.Cost/get_linked_accounts",
            grpc::internal::RpcMethod::NORMAL_RPC,
            new Handler(
                [](DataService* self, ServerContext* call,
                   const plugin::GetLinkedAccountsRequest* request, plugin::AccountsInfo* answer) {
                    return self->calls_.get_linked_accounts(*call, *request, *answer);
                },
                this)));
    }

    void add_get_data() {
        using Handler = grpc::internal::ServerStreamingHandler<DataService, plugin::GetDataRequest,
                                                               grpc::ByteBuffer>;
        AddMethod(new grpc::internal::RpcServiceMethod(
            "/spaceone.api.cost_analysis.plugin.Cost/get_data",
            grpc::internal::RpcMethod::SERVER_STREAMING,
            new Handler(
                [](DataService* self, ServerContext* call, const plugin::GetDataRequest* request,
                   grpc::ServerWriter<grpc::ByteBuffer>* pages) {
                    return self->calls_.get_data(*call, *request, *pages);
                },
                this)));
    }

    CostCalls& calls_;
};

class CostRole final : public Role {
  public:
    CostRole(std::shared_ptr<CostService> service, CostLimits limits)
        : service_(std::move(service)), limits_(limits) {}

    std::string_view name() const override { return "cost"; }

    std::vector<grpc::Service*> services(const RoleContext& context) override {
        if (!calls_) {
            calls_ = std::make_unique<CostCalls>(service_, limits_, context);
            data_source_ = std::make_unique<DataSourceService>(*calls_);
            job_ = std::make_unique<JobService>(*calls_);
            data_ = std::make_unique<DataService>(*calls_);
        }
        return {data_source_.get(), job_.get(), data_.get()};
    }

  private:
    std::shared_ptr<CostService> service_;
    CostLimits limits_;
    std::unique_ptr<CostCalls> calls_;
    std::unique_ptr<DataSourceService> data_source_;
    std::unique_ptr<JobService> job_;
    std::unique_ptr<DataService> data_;
};

}  // namespace

std::unique_ptr<Role> cost_role(std::shared_ptr<CostService> service, CostLimits limits) {
    return std::make_unique<CostRole>(std::move(service), limits);
}

}  // namespace pf::host::cloudforet
