// One gRPC call of any kind with messages as bytes, driven by the calling thread.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "tests/acceptance/reflection_client.hpp"

namespace pf::test {

class RawStream {
  public:
    // Starts the call. `path` is /package.Service/method.
    RawStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
              const CallOptions& options);
    // Cancels the call when it was not finished.
    ~RawStream();
    RawStream(const RawStream&) = delete;
    RawStream& operator=(const RawStream&) = delete;

    // Sends the only request; false when the call has ended already.
    bool send(std::string_view bytes);
    // Blocks for the next message; false at the end of the stream.
    bool read(std::string& bytes);
    // Asks both sides to end the call; read then soon answers false.
    void cancel() { context_.TryCancel(); }
    // Blocks for the status. Messages not read are dropped.
    CallStatus finish();

  private:
    bool wait();

    std::string path_;
    grpc::ClientContext context_;
    grpc::CompletionQueue queue_;
    std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
    std::optional<CallStatus> status_;
    std::stop_callback<std::function<void()>> on_stop_;
};

}  // namespace pf::test
