// A Stop as gRPC's client understands it: its deadline, and a cancel when it is requested.
#pragma once

#include <grpcpp/client_context.h>

#include <chrono>
#include <stop_token>

#include "host/base/stop.hpp"

namespace pf::host::cloudforet {

class CallContext {
  public:
    explicit CallContext(const Stop& stop) : cancel_(stop.token(), Cancel{&context_}) {
        if (stop.deadline() != Clock::time_point::max()) {
            context_.set_deadline(std::chrono::system_clock::now() +
                                  (stop.deadline() - Clock::now()));
        }
    }
    // gRPC's own context, for one call.
    grpc::ClientContext& get() noexcept { return context_; }

  private:
    struct Cancel {
        grpc::ClientContext* context;
        void operator()() const { context->TryCancel(); }
    };
    grpc::ClientContext context_;
    std::stop_callback<Cancel> cancel_;
};

}  // namespace pf::host::cloudforet
