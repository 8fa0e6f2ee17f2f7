#include "host/cloudforet/roles/inventory.hpp"

#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/support/method_handler.h>

#include <utility>

#include "host/cloudforet/roles/inventory_calls.hpp"
#include "spaceone/api/inventory/plugin/job.grpc.pb.h"
#include "spaceone/core/v1/plugin.grpc.pb.h"

namespace pf::host::cloudforet {

namespace {

using google::protobuf::Empty;
using google::protobuf::MessageLite;
using grpc::ServerContext;
namespace plugin = spaceone::api::inventory::plugin;

// Registered by hand instead of by the generated base class, because the rows of collect are bytes
// already. Reflection finds the descriptor by the service's name, as for any other service.
class CollectorService final : public grpc::Service {
  public:
    explicit CollectorService(InventoryCalls& calls) : calls_(calls) {
        add_init();
        add_verify();
        add_collect();
    }

  private:
    void add_init() {
        using Handler =
            grpc::internal::RpcMethodHandler<CollectorService, plugin::InitRequest,
                                             plugin::PluginInfo, MessageLite, MessageLite>;
        AddMethod(new grpc::internal::RpcServiceMethod(
            "/spaceone.api.inventory.plugin.Collector/init", grpc::internal::RpcMethod::NORMAL_RPC,
            new Handler(
                [](CollectorService* self, ServerContext* call, const plugin::InitRequest*,
                   plugin::PluginInfo* answer) {
                    return self->calls_.init(*call, "spaceone.api.inventory.plugin.Collector/init",
                                             *answer->mutable_metadata());
                },
                this)));
    }

    void add_verify() {
        using Handler = grpc::internal::RpcMethodHandler<CollectorService, plugin::VerifyRequest,
                                                         Empty, MessageLite, MessageLite>;
        AddMethod(new grpc::internal::RpcServiceMethod(
            "/spaceone.api.inventory.plugin.Collector/verify",
            grpc::internal::RpcMethod::NORMAL_RPC,
            new Handler(
                [](CollectorService* self, ServerContext* call,
                   const plugin::VerifyRequest* request, Empty*) {
                    return self->calls_.verify(*call,
                                               "spaceone.api.inventory.plugin.Collector/verify",
                                               request->options(), request->secret_data());
                },
                this)));
    }

    void add_collect() {
        using Handler =
            grpc::internal::ServerStreamingHandler<CollectorService, plugin::CollectRequest,
                                                   grpc::ByteBuffer>;
        AddMethod(new grpc::internal::RpcServiceMethod(
            "/spaceone.api.inventory.plugin.Collector/collect",
            grpc::internal::RpcMethod::SERVER_STREAMING,
            new Handler(
                [](CollectorService* self, ServerContext* call,
                   const plugin::CollectRequest* request,
                   grpc::ServerWriter<grpc::ByteBuffer>* rows) {
                    return self->calls_.collect(*call, *request, *rows);
                },
                this)));
    }

    InventoryCalls& calls_;
};

class JobService final : public plugin::Job::Service {
  public:
    explicit JobService(InventoryCalls& calls) : calls_(calls) {}
    grpc::Status get_tasks(ServerContext* call, const plugin::GetTaskRequest* request,
                           plugin::TasksInfo* answer) override {
        return calls_.get_tasks(*call, *request, *answer);
    }

  private:
    InventoryCalls& calls_;
};

class PluginService final : public spaceone::core::v1::Plugin::Service {
  public:
    explicit PluginService(InventoryCalls& calls) : calls_(calls) {}
    grpc::Status init(ServerContext* call, const spaceone::core::v1::InitRequest*,
                      spaceone::core::v1::PluginInfo* answer) override {
        return calls_.init(*call, "spaceone.core.v1.Plugin/init", *answer->mutable_metadata());
    }
    grpc::Status verify(ServerContext* call, const spaceone::core::v1::VerifyRequest* request,
                        Empty*) override {
        return calls_.verify(*call, "spaceone.core.v1.Plugin/verify", request->options(),
                             request->secret_data());
    }

  private:
    InventoryCalls& calls_;
};

class InventoryRole final : public Role {
  public:
    InventoryRole(std::shared_ptr<InventoryService> service, InventoryLimits limits)
        : service_(std::move(service)), limits_(limits) {}

    std::string_view name() const override { return "inventory"; }

    std::vector<grpc::Service*> services(const RoleContext& context) override {
        if (!calls_) {
            calls_ = std::make_unique<InventoryCalls>(service_, limits_, context);
            collector_ = std::make_unique<CollectorService>(*calls_);
            job_ = std::make_unique<JobService>(*calls_);
            plugin_ = std::make_unique<PluginService>(*calls_);
        }
        return {collector_.get(), job_.get(), plugin_.get()};
    }

  private:
    std::shared_ptr<InventoryService> service_;
    InventoryLimits limits_;
    std::unique_ptr<InventoryCalls> calls_;
    std::unique_ptr<CollectorService> collector_;
    std::unique_ptr<JobService> job_;
    std::unique_ptr<PluginService> plugin_;
};

}  // namespace

std::unique_ptr<Role> inventory_role(std::shared_ptr<InventoryService> service,
                                     InventoryLimits limits) {
    return std::make_unique<InventoryRole>(std::move(service), limits);
}

}  // namespace pf::host::cloudforet
