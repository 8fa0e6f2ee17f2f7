// CostCalls: the work behind the cost role's services, one function per method.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>
#include <grpcpp/support/sync_stream.h>

#include <atomic>
#include <memory>

#include "host/cloudforet/roles/cost.hpp"
#include "host/cost/page_queue.hpp"
#include "spaceone/api/cost_analysis/plugin/cost.pb.h"
#include "spaceone/api/cost_analysis/plugin/data_source.pb.h"
#include "spaceone/api/cost_analysis/plugin/job.pb.h"

namespace pf::host::cloudforet {

class CostCalls {
  public:
    CostCalls(std::shared_ptr<CostService> service, CostLimits limits, RoleContext context)
        : service_(std::move(service)), limits_(limits), context_(std::move(context)) {}

    // Tells what the rows of a data source with these options will be.
    grpc::Status init(grpc::ServerContext& call,
                      const spaceone::api::cost_analysis::plugin::InitRequest& request,
                      spaceone::api::cost_analysis::plugin::PluginInfo& answer);
    // Asks every target of the secret, and looks at the cost model.
    grpc::Status verify(grpc::ServerContext& call,
                        const spaceone::api::cost_analysis::plugin::PluginVerifyRequest& request);
    // Plans a sync.
    grpc::Status get_tasks(grpc::ServerContext& call,
                           const spaceone::api::cost_analysis::plugin::GetTasksRequest& request,
                           spaceone::api::cost_analysis::plugin::TasksInfo& answer);
    // Tells the accounts behind the secret.
    grpc::Status get_linked_accounts(
        grpc::ServerContext& call,
        const spaceone::api::cost_analysis::plugin::GetLinkedAccountsRequest& request,
        spaceone::api::cost_analysis::plugin::AccountsInfo& answer);
    // Streams the records of a task.
    grpc::Status get_data(grpc::ServerContext& call,
                          const spaceone::api::cost_analysis::plugin::GetDataRequest& request,
                          grpc::ServerWriter<grpc::ByteBuffer>& pages);

  private:
    Status run_charge(grpc::ServerContext& call,
                      const spaceone::api::cost_analysis::plugin::GetDataRequest& request,
                      grpc::ServerWriter<grpc::ByteBuffer>& pages, runtime::RunReport& report);
    Status charge(const CostRequest& request, const cost::CostTask& task,
                  const std::shared_ptr<cost::PageQueue>& queue, const Stop& stop,
                  runtime::RunReport& report);

    std::shared_ptr<CostService> service_;
    CostLimits limits_;
    RoleContext context_;
    std::atomic<std::uint32_t> charges_{0};
};

}  // namespace pf::host::cloudforet
