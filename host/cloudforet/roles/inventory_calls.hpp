// InventoryCalls: the work behind the inventory role's services, one function per method.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>
#include <grpcpp/support/sync_stream.h>

#include <atomic>
#include <memory>
#include <string_view>

#include "host/cloudforet/roles/inventory.hpp"
#include "spaceone/api/inventory/plugin/collector.pb.h"
#include "spaceone/api/inventory/plugin/job.pb.h"

namespace pf::host::cloudforet {

class InventoryCalls {
  public:
    InventoryCalls(std::shared_ptr<InventoryService> service, InventoryLimits limits,
                   RoleContext context)
        : service_(std::move(service)), limits_(limits), context_(std::move(context)) {}

    // Fills the metadata of PluginInfo; `method` is the name the call came under.
    grpc::Status init(grpc::ServerContext& call, std::string_view method,
                      google::protobuf::Struct& metadata);
    // Asks every target of the secret.
    grpc::Status verify(grpc::ServerContext& call, std::string_view method,
                        const google::protobuf::Struct& options,
                        const google::protobuf::Struct& secret);
    // Plans the tasks of a job.
    grpc::Status get_tasks(grpc::ServerContext& call,
                           const spaceone::api::inventory::plugin::GetTaskRequest& request,
                           spaceone::api::inventory::plugin::TasksInfo& answer);
    // Streams the rows of a run.
    grpc::Status collect(grpc::ServerContext& call,
                         const spaceone::api::inventory::plugin::CollectRequest& request,
                         grpc::ServerWriter<grpc::ByteBuffer>& rows);

  private:
    Status run_collect(grpc::ServerContext& call,
                       const spaceone::api::inventory::plugin::CollectRequest& request,
                       grpc::ServerWriter<grpc::ByteBuffer>& rows, runtime::RunReport& report);

    std::shared_ptr<InventoryService> service_;
    InventoryLimits limits_;
    RoleContext context_;
    std::atomic<std::uint32_t> collects_{0};
};

}  // namespace pf::host::cloudforet
