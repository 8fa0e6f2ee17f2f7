#include "host/cloudforet/server.hpp"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <mutex>
#include <utility>

#include "host/cloudforet/call_watch.hpp"
#include "host/cloudforet/grpc_log.hpp"
#include "host/cloudforet/health.hpp"
#include "host/cloudforet/listen_error.hpp"
#include "spaceone/api/core/v1/server_info.grpc.pb.h"

namespace pf::host::cloudforet {

namespace {

// Requests hold options and secrets; 16 MiB is far more than any form makes.
constexpr int max_request_bytes = 16 << 20;
constexpr std::chrono::milliseconds cut_grace{5000};

class ServerInfoService final : public spaceone::api::core::v1::ServerInfo::Service {
  public:
    explicit ServerInfoService(std::string version) : version_(std::move(version)) {}
    grpc::Status get_version(grpc::ServerContext*, const google::protobuf::Empty*,
                             spaceone::api::core::v1::VersionInfo* answer) override {
        answer->set_version(version_);
        return grpc::Status::OK;
    }

  private:
    std::string version_;
};

void set_channel_options(grpc::ServerBuilder& builder, std::uint32_t max_threads) {
    // With SO_REUSEPORT a second server on the same port would start and steal half of the calls.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.SetMaxReceiveMessageSize(max_request_bytes);
    builder.SetMaxSendMessageSize(-1);
    // A caller whose machine vanished is noticed within 80 s, and callers may ping every 10 s.
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60000);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20000);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10000);
    grpc::ResourceQuota quota("prismforet");
    quota.SetMaxThreads(static_cast<int>(max_threads));
    builder.SetResourceQuota(quota);
}

}  // namespace

// Members die from the bottom up: the server before what its handlers use.
struct Server::State {
    State(ServerOptions given, std::unique_ptr<Role> served)
        : options(std::move(given)), role(std::move(served)), info(options.version) {}

    ServerOptions options;
    CallWatch watch;
    std::unique_ptr<Role> role;
    Health health;
    ServerInfoService info;
    std::unique_ptr<grpc::Server> server;
    std::string address;
    std::uint16_t port = 0;
    std::once_flag ended;
};

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, std::unique_ptr<Role> role) {
    quiet_grpc();
    // Naming the function also keeps the linker from dropping the library that registers itself.
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    const Result<ListenAddress> address = parse_listen_address(options.address);
    if (!address) {
        return address.status();
    }
    auto state = std::make_unique<State>(std::move(options), std::move(role));

    grpc::ServerBuilder builder;
    set_channel_options(builder, state->options.max_threads);
    int port = 0;
    builder.AddListeningPort(address->text(), grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&state->info);
    builder.RegisterService(&state->health);
    const RoleContext context{&state->watch, state->options.on_call};
    for (grpc::Service* service : state->role->services(context)) {
        builder.RegisterService(service);
    }
    state->server = builder.BuildAndStart();
    if (!state->server || port <= 0) {
        return why_not_listening(*address);
    }
    state->port = static_cast<std::uint16_t>(port);
    state->address = ListenAddress{address->host, std::to_string(port)}.text();
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() { shutdown(std::chrono::milliseconds(0)); }

std::uint16_t Server::port() const noexcept { return state_->port; }

const std::string& Server::address() const noexcept { return state_->address; }

std::size_t Server::active_calls() const { return state_->watch.active(); }

void Server::shutdown(std::chrono::milliseconds grace) {
    std::call_once(state_->ended, [&] {
        state_->health.drain();
        state_->watch.cut_all_at(Clock::now() + grace, {Code::aborted, "ERROR_SERVER_STOPPING",
                                                        "the plugin is stopping"});
        state_->server->Shutdown(std::chrono::system_clock::now() + grace + cut_grace);
    });
}

}  // namespace pf::host::cloudforet
