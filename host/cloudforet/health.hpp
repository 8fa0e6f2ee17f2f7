// grpc.health.v1.Health for one server: SERVING for every service name, as CloudForet's own servers
// answer, and NOT_SERVING from the moment the server drains.
#pragma once

#include <condition_variable>
#include <mutex>
#include <set>

#include "grpc/health/v1/health.grpc.pb.h"

namespace pf::host::cloudforet {

// Uses gRPC's callback interface, so that a watching probe holds no thread.
class Health final : public grpc::health::v1::Health::CallbackService {
  public:
    Health() = default;
    ~Health() override;

    // From now on NOT_SERVING; watchers are told, and their streams end.
    void drain();

    grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* call,
                                    const grpc::health::v1::HealthCheckRequest* request,
                                    grpc::health::v1::HealthCheckResponse* answer) override;
    grpc::ServerWriteReactor<grpc::health::v1::HealthCheckResponse>* Watch(
        grpc::CallbackServerContext* call,
        const grpc::health::v1::HealthCheckRequest* request) override;

  private:
    class Watcher;
    void forget(Watcher* watcher);

    std::mutex mutex_;
    std::condition_variable none_left_;
    std::set<Watcher*> watchers_;
    bool is_draining_ = false;
};

}  // namespace pf::host::cloudforet
