#include "host/cloudforet/health.hpp"

namespace pf::host::cloudforet {

namespace {
using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;
}  // namespace

// One Watch stream: says SERVING, then NOT_SERVING when the server drains, then ends. At most one
// write is in flight, so a drain during the first write waits for its end.
class Health::Watcher final : public grpc::ServerWriteReactor<HealthCheckResponse> {
  public:
    Watcher(Health& health, bool is_draining) : health_(health), is_draining_(is_draining) {
        const std::lock_guard lock(mutex_);
        say_locked();
    }

    void drain() {
        const std::lock_guard lock(mutex_);
        is_draining_ = true;
        if (!is_writing_) {
            say_locked();
        }
    }

    void OnWriteDone(bool ok) override {
        const std::lock_guard lock(mutex_);
        is_writing_ = false;
        if (!ok || has_said_draining_) {
            finish_locked();
        } else if (is_draining_) {
            say_locked();
        }
    }

    void OnCancel() override {
        const std::lock_guard lock(mutex_);
        if (!is_writing_) {
            finish_locked();
        }
    }

    void OnDone() override { health_.forget(this); }

  private:
    void say_locked() {
        if (is_finished_ || has_said_draining_) {
            return;
        }
        has_said_draining_ = is_draining_;
        is_writing_ = true;
        answer_.set_status(is_draining_ ? HealthCheckResponse::NOT_SERVING
                                        : HealthCheckResponse::SERVING);
        StartWrite(&answer_);
    }

    void finish_locked() {
        if (!is_finished_) {
            is_finished_ = true;
            Finish(has_said_draining_
                       ? grpc::Status(grpc::StatusCode::UNAVAILABLE, "the server is stopping")
                       : grpc::Status(grpc::StatusCode::CANCELLED, "the caller went away"));
        }
    }

    Health& health_;
    std::mutex mutex_;
    HealthCheckResponse answer_;
    bool is_draining_;
    bool is_writing_ = false;
    bool has_said_draining_ = false;
    bool is_finished_ = false;
};

Health::~Health() {
    std::unique_lock lock(mutex_);
    none_left_.wait(lock, [this] { return watchers_.empty(); });
}

void Health::drain() {
    const std::lock_guard lock(mutex_);
    is_draining_ = true;
    for (Watcher* watcher : watchers_) {
        watcher->drain();
    }
}

grpc::ServerUnaryReactor* Health::Check(grpc::CallbackServerContext* call,
                                        const HealthCheckRequest*, HealthCheckResponse* answer) {
    {
        const std::lock_guard lock(mutex_);
        answer->set_status(is_draining_ ? HealthCheckResponse::NOT_SERVING
                                        : HealthCheckResponse::SERVING);
    }
    grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
}

grpc::ServerWriteReactor<HealthCheckResponse>* Health::Watch(grpc::CallbackServerContext*,
                                                             const HealthCheckRequest*) {
    const std::lock_guard lock(mutex_);
    auto* watcher = new Watcher(*this, is_draining_);
    watchers_.insert(watcher);
    return watcher;
}

void Health::forget(Watcher* watcher) {
    {
        const std::lock_guard lock(mutex_);
        watchers_.erase(watcher);
        none_left_.notify_all();
    }
    delete watcher;
}

}  // namespace pf::host::cloudforet
