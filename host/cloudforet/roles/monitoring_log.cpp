#include "host/cloudforet/roles/monitoring_log.hpp"

#include <grpcpp/support/sync_stream.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "host/cloudforet/call_identity.hpp"
#include "host/cloudforet/roles/log_request.hpp"
#include "host/cloudforet/roles/monitoring_data_source.hpp"
#include "host/cloudforet/roles/unary_call.hpp"
#include "host/cloudforet/struct_json.hpp"
#include "spaceone/api/monitoring/plugin/log.grpc.pb.h"

namespace pf::host::cloudforet {
namespace {

namespace plugin = spaceone::api::monitoring::plugin;
using nlohmann::json;

// Exactly the names that CloudForet knows of a source of logs.
std::string metadata(const std::vector<LogField>& fields) {
    json columns = json::array();
    for (const LogField& field : fields) {
        json options = json::parse(field.options);
        if (!field.is_sortable) {
            options["sortable"] = false;
        }
        columns.push_back({{"key", field.key},
                           {"name", field.name},
                           {"type", field.type},
                           {"options", std::move(options)}});
    }
    return json{{"required_keys", json::array({monitoring_key})},
                {"supported_providers", json::array({"nutanix"})},
                {"view",
                 {{"table",
                   {{"layout",
                     {{"name", "Log"},
                      {"type", "query-search-table"},
                      {"options", {{"fields", std::move(columns)}}}}}}}}}}
        .dump();
}

// Gathers entries into messages and hands each to the receiver.
class LogPages {
  public:
    LogPages(grpc::ServerWriter<plugin::LogsDataInfo>& writer, CallWatch::Call& call,
             std::uint32_t per_message)
        : writer_(writer), call_(call), per_message_(per_message) {}

    // False when nobody reads any more, or the entry was no object.
    bool add(std::string_view entry) {
        if (is_broken_ || call_.is_cut() || !status_.ok()) {
            return false;
        }
        status_ = json_to_struct(entry, *page_.add_results());
        if (!status_.ok()) {
            return false;
        }
        return static_cast<std::uint32_t>(page_.results_size()) < per_message_ || send();
    }
    // What is left; OK when everything that was added went out.
    Status finish() {
        if (status_.ok() && !is_broken_ && page_.results_size() > 0) {
            static_cast<void>(send());
        }
        if (!status_.ok()) {
            return status_;
        }
        return is_broken_
                   ? Status(Code::aborted, "ERROR_INTERRUPTED", "the receiver of the log went away")
                   : Status();
    }

  private:
    bool send() {
        call_.begin_handover();
        is_broken_ = !writer_.Write(page_);
        call_.end_handover();
        if (!is_broken_) {
            call_.row_taken();
        }
        page_.Clear();
        return !is_broken_;
    }

    grpc::ServerWriter<plugin::LogsDataInfo>& writer_;
    CallWatch::Call& call_;
    const std::uint32_t per_message_;
    plugin::LogsDataInfo page_;
    Status status_;
    bool is_broken_ = false;
};

class LogCalls final : public plugin::Log::Service {
  public:
    LogCalls(std::shared_ptr<LogService> service, LogLimits limits, RoleContext context)
        : service_(std::move(service)), limits_(limits), context_(std::move(context)) {}

    grpc::Status list(grpc::ServerContext* call, const plugin::LogRequest* request,
                      grpc::ServerWriter<plugin::LogsDataInfo>* pages) override {
        const CallTrace::Scope scope(trace_of(*call));
        const Clock::time_point begin = Clock::now();
        const Status status = guarded([&] { return send(*call, *request, *pages); });
        return finish_call(context_, *call, "spaceone.api.monitoring.plugin.Log/list", begin,
                           status);
    }

  private:
    Status send(grpc::ServerContext& call, const plugin::LogRequest& request,
                grpc::ServerWriter<plugin::LogsDataInfo>& pages) const {
        const auto parsed = read_monitoring_request(request.options(), request.secret_data());
        if (!parsed) {
            return parsed.status();
        }
        const auto wish = read_log_wish(request, service_->fields(), limits_);
        if (!wish) {
            return wish.status();
        }
        CallWatch::Call watched(*context_.watch, call, within(limits_.answer));
        LogPages out(pages, watched, limits_.per_message);
        const Status status = service_->list(
            *parsed, *wish, [&](std::string_view entry) { return out.add(entry); }, watched.stop());
        // Its own failure first: what it could not send may be the reason of the service's.
        const Status sent = out.finish();
        return sent.ok() ? status : sent;
    }

    const std::shared_ptr<LogService> service_;
    const LogLimits limits_;
    const RoleContext context_;
};

class MonitoringLogRole final : public Role {
  public:
    MonitoringLogRole(std::shared_ptr<LogService> service, LogLimits limits)
        : service_(std::move(service)), limits_(limits) {}

    std::string_view name() const override { return "monitoring-log"; }

    std::vector<grpc::Service*> services(const RoleContext& context) override {
        if (!log_) {
            data_source_ = std::make_unique<MonitoringDataSource>(
                service_, metadata(service_->fields()), limits_.answer, context);
            log_ = std::make_unique<LogCalls>(service_, limits_, context);
        }
        return {data_source_.get(), log_.get()};
    }

  private:
    const std::shared_ptr<LogService> service_;
    const LogLimits limits_;
    std::unique_ptr<MonitoringDataSource> data_source_;
    std::unique_ptr<LogCalls> log_;
};

}  // namespace

std::unique_ptr<Role> monitoring_log_role(std::shared_ptr<LogService> service, LogLimits limits) {
    return std::make_unique<MonitoringLogRole>(std::move(service), limits);
}

}  // namespace pf::host::cloudforet
